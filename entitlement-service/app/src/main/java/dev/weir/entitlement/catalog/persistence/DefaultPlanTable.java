package dev.weir.entitlement.catalog.persistence;

import dev.weir.catalog.contract.VersionReference;
import dev.weir.entitlement.catalog.domain.DefaultPlan;
import dev.weir.entitlement.sql.persistence.Sql;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The tables of default plans: their history, and how far the latest change has come. */
@Singleton
public class DefaultPlanTable {

    /** A change on its way to the customers: those up to the position have it. */
    public record Rollout(long catalogVersion, Instant requestedAt, String position) {}

    private final Sql sql;

    DefaultPlanTable(Sql sql) {
        this.sql = sql;
    }

    /** The whole history, by product and time. */
    public List<DefaultPlan> history() {
        return sql.list(
                "SELECT product, from_at, plan_hash FROM default_plan ORDER BY product, from_at",
                row -> new DefaultPlan(row.text("product"), row.instant("from_at"), row.textOrNull("plan_hash")));
    }

    /** What serves from an instant on; a null plan = nothing does. */
    public void add(
            String product,
            Instant from,
            long catalogVersion,
            @Nullable String plan,
            @Nullable VersionReference reference) {
        sql.update(
                """
                INSERT INTO default_plan (product, from_at, catalog_version, plan, plan_version, plan_hash)
                VALUES (?, ?, ?, ?, ?, ?)""",
                product,
                from,
                catalogVersion,
                reference == null ? null : plan,
                reference == null ? null : reference.version(),
                reference == null ? null : reference.hash());
    }

    /** Asks for the customers that are served by default to be published anew. */
    public void requestRollout(long catalogVersion, Instant at) {
        sql.update(
                "INSERT INTO default_plan_rollout (catalog_version, requested_at) VALUES (?, ?) ON CONFLICT DO NOTHING",
                catalogVersion,
                at);
    }

    /** The latest change that is not done, locked; empty if there is none or another instance works on it. */
    public Optional<Rollout> lockLatest() {
        return sql.first(
                """
                SELECT catalog_version, requested_at, position FROM default_plan_rollout WHERE done_at IS NULL
                ORDER BY catalog_version DESC LIMIT 1 FOR UPDATE SKIP LOCKED""",
                row -> new Rollout(row.number("catalog_version"), row.instant("requested_at"), row.text("position")));
    }

    /** Notes how far it came. */
    public void advance(long catalogVersion, String position, int visited, int published) {
        sql.update("""
                UPDATE default_plan_rollout SET position = ?, visited = visited + ?, published = published + ?
                WHERE catalog_version = ?""", position, visited, published, catalogVersion);
    }

    /** Notes that this change is done, and with it every earlier one: snapshots bear the whole history. */
    public void done(long catalogVersion, Instant at) {
        sql.update(
                "UPDATE default_plan_rollout SET done_at = ? WHERE catalog_version <= ? AND done_at IS NULL",
                at,
                catalogVersion);
    }
}
