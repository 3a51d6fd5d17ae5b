package dev.weir.entitlement.migration.persistence;

import dev.weir.catalog.contract.UsageOnChange;
import dev.weir.entitlement.migration.domain.Migration;
import dev.weir.entitlement.migration.domain.Progress;
import dev.weir.entitlement.migration.domain.Scope;
import dev.weir.entitlement.sql.persistence.JsonColumn;
import dev.weir.entitlement.sql.persistence.Sql;
import dev.weir.entitlement.subscription.domain.PlanPin;
import dev.weir.entitlement.subscription.domain.When;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The table of migrations. */
@Singleton
public class MigrationTable {
    private static final String SELECT = """
            SELECT migration.*, undo.id AS undone_by
            FROM migration LEFT JOIN migration undo ON undo.undoes = migration.id
            """;

    private record Counted(UUID migration, Progress progress) {}

    private final Sql sql;

    MigrationTable(Sql sql) {
        this.sql = sql;
    }

    /** Adds a migration. */
    public void insert(Migration migration) {
        sql.update(
                """
                INSERT INTO migration (id, scope, plan, target_plan, target_version, target_hash, catalog, effective,
                    allow_drop, usage, reason, created_at, created_by, undoes)
                VALUES (?, ?::jsonb, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
                migration.id(),
                JsonColumn.write(migration.scope()),
                migration.plan(),
                migration.target().plan(),
                migration.target().version(),
                migration.target().hash(),
                migration.target().catalog(),
                migration.when().text(),
                migration.allowDrop(),
                migration.usage(),
                migration.reason(),
                migration.createdAt(),
                migration.createdBy(),
                migration.undoes());
    }

    /** One migration. */
    public Optional<Migration> find(UUID id) {
        return sql.first(SELECT + "WHERE migration.id = ?", MigrationTable::read, id);
    }

    /** One migration, locked until the transaction ends. */
    public Optional<Migration> lock(UUID id) {
        return sql.first(SELECT + "WHERE migration.id = ? FOR UPDATE OF migration", MigrationTable::read, id);
    }

    /** Migrations before one, the latest first. */
    public List<Migration> list(@Nullable UUID before, int limit) {
        return sql.list(
                SELECT + "WHERE migration.id < ? ORDER BY migration.id DESC LIMIT ?",
                MigrationTable::read,
                before == null ? new UUID(-1, -1) : before,
                limit);
    }

    /** Those with work to do, the oldest first. */
    public List<Migration> open() {
        return sql.list(SELECT + "WHERE migration.open ORDER BY migration.id", MigrationTable::read);
    }

    /** Notes that there is work to do again. */
    public void reopen(UUID id) {
        sql.update("UPDATE migration SET open = true WHERE id = ?", id);
    }

    /** Notes that there is no work left, if so. */
    public void closeIfDone(UUID id) {
        sql.update("""
                UPDATE migration SET open = false
                WHERE id = ? AND NOT EXISTS (
                    SELECT 1 FROM migration_item WHERE migration = migration.id AND state IN ('PENDING', 'CANCELING'))""", id);
    }

    /** Notes who canceled it and when. */
    public void cancel(UUID id, Instant at, String by) {
        sql.update("UPDATE migration SET canceled_at = ?, canceled_by = ?, open = true WHERE id = ?", at, by, id);
    }

    /** How far migrations are at an instant. */
    public Map<UUID, Progress> progress(Collection<UUID> ids, Instant now) {
        Map<UUID, Progress> progress = new HashMap<>();
        if (ids.isEmpty()) {
            return progress;
        }
        sql.list(
                        """
                        SELECT migration, count(*) AS total,
                               count(*) FILTER (WHERE state IN ('PENDING', 'CANCELING')) AS pending,
                               count(*) FILTER (WHERE state = 'MOVED' AND c.revoked_at IS NULL AND i.effective_at <= ?)
                                   AS moved,
                               count(*) FILTER (WHERE state = 'MOVED' AND c.revoked_at IS NULL AND i.effective_at > ?)
                                   AS scheduled,
                               count(*) FILTER (WHERE state = 'SKIPPED') AS skipped,
                               count(*) FILTER (WHERE state = 'FAILED') AS failed,
                               count(*) FILTER (WHERE state = 'CANCELED' OR state = 'MOVED' AND c.revoked_at IS NOT NULL)
                                   AS canceled
                        FROM migration_item i LEFT JOIN subscription_change c ON c.id = i.change
                        WHERE migration = ANY (?) GROUP BY migration""",
                        row -> new Counted(
                                row.uuid("migration"),
                                new Progress(
                                        row.number("total"),
                                        row.number("pending"),
                                        row.number("moved"),
                                        row.number("scheduled"),
                                        row.number("skipped"),
                                        row.number("failed"),
                                        row.number("canceled"))),
                        now,
                        now,
                        ids)
                .forEach(counted -> progress.put(counted.migration(), counted.progress()));
        return progress;
    }

    private static Migration read(Sql.Row row) throws SQLException {
        return new Migration(
                row.uuid("id"),
                JsonColumn.read(row.text("scope"), Scope.class),
                row.text("plan"),
                new PlanPin(
                        row.text("target_plan"),
                        row.integer("target_version"),
                        row.text("target_hash"),
                        row.number("catalog")),
                When.read(row.text("effective")).orElseThrow(),
                row.flag("allow_drop"),
                UsageOnChange.valueOf(row.text("usage")),
                row.text("reason"),
                row.instant("created_at"),
                row.text("created_by"),
                row.uuidOrNull("undoes"),
                row.uuidOrNull("undone_by"),
                row.instantOrNull("canceled_at"),
                row.textOrNull("canceled_by"));
    }
}
