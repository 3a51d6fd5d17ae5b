package dev.weir.entitlement.rollout.persistence;

import dev.weir.catalog.contract.CatalogInForce;
import dev.weir.entitlement.rollout.domain.RolloutProgress;
import dev.weir.entitlement.sql.persistence.JsonColumn;
import dev.weir.entitlement.sql.persistence.Sql;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The table of rollouts. */
@Singleton
public class RolloutTable {

    /** A rollout under way: customers up to the position are done. */
    public record Rollout(CatalogInForce catalog, String position) {}

    private final Sql sql;

    RolloutTable(Sql sql) {
        this.sql = sql;
    }

    /** Adds a rollout; one of the same catalog stays as it is. */
    public void request(CatalogInForce catalog, Instant at) {
        sql.update(
                "INSERT INTO rollout (catalog_version, catalog, requested_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                catalog.version(),
                JsonColumn.write(catalog),
                at);
    }

    /** The rollouts that are not done, the oldest catalog first. */
    public List<Long> open() {
        return sql.list(
                "SELECT catalog_version FROM rollout WHERE done_at IS NULL ORDER BY catalog_version",
                row -> row.number("catalog_version"));
    }

    /** A rollout that is not done, locked; empty if it is done or another instance works on it. */
    public Optional<Rollout> lock(long version) {
        return sql.first(
                """
                SELECT catalog, position FROM rollout WHERE catalog_version = ? AND done_at IS NULL
                FOR UPDATE SKIP LOCKED""",
                row -> new Rollout(JsonColumn.read(row.text("catalog"), CatalogInForce.class), row.text("position")),
                version);
    }

    /** The catalogs rolled out that are later than one, done or not. */
    public List<CatalogInForce> later(long version) {
        return sql.list(
                "SELECT catalog FROM rollout WHERE catalog_version > ?",
                row -> JsonColumn.read(row.text("catalog"), CatalogInForce.class),
                version);
    }

    /** Notes how far it came. */
    public void advance(long version, String position, int visited, int repinned) {
        sql.update("""
                UPDATE rollout SET position = ?, visited = visited + ?, repinned = repinned + ?
                WHERE catalog_version = ?""", position, visited, repinned, version);
    }

    /** Notes that it is done. */
    public void done(long version, Instant at) {
        sql.update("UPDATE rollout SET done_at = ? WHERE catalog_version = ?", at, version);
    }

    /** The progress of one. */
    public Optional<RolloutProgress> progress(long version) {
        return sql.first("SELECT * FROM rollout WHERE catalog_version = ?", RolloutTable::progress, version);
    }

    /** The progress of those before a catalog, the latest first; null = of all. */
    public List<RolloutProgress> progress(@Nullable Long before, int limit) {
        return sql.list(
                "SELECT * FROM rollout WHERE catalog_version < ? ORDER BY catalog_version DESC LIMIT ?",
                RolloutTable::progress,
                before == null ? Long.MAX_VALUE : before,
                limit);
    }

    private static RolloutProgress progress(Sql.Row row) throws SQLException {
        return new RolloutProgress(
                row.number("catalog_version"),
                row.instant("requested_at"),
                row.number("visited"),
                row.number("repinned"),
                row.instantOrNull("done_at"));
    }
}
