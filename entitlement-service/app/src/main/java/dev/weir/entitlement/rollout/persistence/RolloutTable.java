package dev.weir.entitlement.rollout.persistence;

import dev.weir.catalog.contract.CatalogInForce;
import dev.weir.entitlement.sql.persistence.JsonColumn;
import dev.weir.entitlement.sql.persistence.Sql;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Optional;

/** The table of rollouts. */
@Singleton
public class RolloutTable {

    /** A rollout under way: customers up to the position are done. */
    public record Rollout(CatalogInForce catalog, String position) {}

    private final Sql sql;

    RolloutTable(Sql sql) {
        this.sql = sql;
    }

    /** The oldest rollout that is not done, locked; empty if there is none or another instance works on it. */
    public Optional<Rollout> lockNext() {
        return sql.first(
                """
                SELECT catalog, position FROM rollout WHERE done_at IS NULL
                ORDER BY catalog_version LIMIT 1 FOR UPDATE SKIP LOCKED""",
                row -> new Rollout(JsonColumn.read(row.text("catalog"), CatalogInForce.class), row.text("position")));
    }

    /** Notes how far it came. */
    public void advance(long version, String position, int repinned) {
        sql.update(
                "UPDATE rollout SET position = ?, repinned = repinned + ? WHERE catalog_version = ?",
                position,
                repinned,
                version);
    }

    /** Notes that it is done. */
    public void done(long version, Instant at) {
        sql.update("UPDATE rollout SET done_at = ? WHERE catalog_version = ?", at, version);
    }
}
