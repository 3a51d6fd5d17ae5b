package dev.weir.entitlement.allowance.persistence;

import dev.weir.catalog.contract.Entitlement;
import dev.weir.catalog.contract.FeatureDefinition;
import dev.weir.entitlement.allowance.domain.Allowance;
import dev.weir.entitlement.contract.AllowancePart;
import dev.weir.entitlement.sql.persistence.JsonColumn;
import dev.weir.entitlement.sql.persistence.Sql;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The table of promotions and overrides. */
@Singleton
public class AllowanceTable {
    private final Sql sql;

    AllowanceTable(Sql sql) {
        this.sql = sql;
    }

    /** One of a customer's. */
    public Optional<Allowance> find(String customer, AllowancePart.Kind kind, UUID id) {
        return sql.first(
                "SELECT * FROM allowance WHERE id = ? AND customer = ? AND kind = ?",
                AllowanceTable::read,
                id,
                customer,
                kind);
    }

    /** A customer's, after an id, by id. */
    public List<Allowance> list(String customer, AllowancePart.Kind kind, @Nullable UUID after, int limit) {
        return sql.list(
                "SELECT * FROM allowance WHERE customer = ? AND kind = ? AND id > ? ORDER BY id LIMIT ?",
                AllowanceTable::read,
                customer,
                kind,
                after == null ? new UUID(0, 0) : after,
                limit);
    }

    /** Adds one. */
    public void insert(Allowance allowance) {
        Entitlement entitlement = allowance.entitlement();
        sql.update(
                """
                INSERT INTO allowance (id, customer, kind, feature, definition, entitlement, revoke, from_at, to_at, reason,
                                       created_at, created_by)
                VALUES (?, ?, ?, ?, ?::jsonb, ?::jsonb, ?, ?, ?, ?, ?, ?)""",
                allowance.id(),
                allowance.customer(),
                allowance.kind(),
                allowance.feature(),
                JsonColumn.write(allowance.definition()),
                entitlement == null ? null : JsonColumn.write(entitlement),
                allowance.revoke(),
                allowance.from(),
                allowance.to(),
                allowance.reason(),
                allowance.createdAt(),
                allowance.createdBy());
    }

    /** Marks one as ended. */
    public void end(Allowance ended) {
        sql.update(
                "UPDATE allowance SET ended_at = ?, ended_by = ? WHERE id = ?",
                ended.endedAt(),
                ended.endedBy(),
                ended.id());
    }

    /** Marks all that a customer has as ended. */
    public void endAll(String customer, Instant at, String by) {
        sql.update("""
                UPDATE allowance SET ended_at = ?, ended_by = ?
                WHERE customer = ? AND ended_at IS NULL AND (to_at IS NULL OR to_at > ?)""", at, by, customer, at);
    }

    private static Allowance read(Sql.Row row) throws SQLException {
        String entitlement = row.textOrNull("entitlement");
        return new Allowance(
                row.uuid("id"),
                row.text("customer"),
                AllowancePart.Kind.valueOf(row.text("kind")),
                row.text("feature"),
                JsonColumn.read(row.text("definition"), FeatureDefinition.class),
                entitlement == null ? null : JsonColumn.read(entitlement, Entitlement.class),
                row.flag("revoke"),
                row.instant("from_at"),
                row.instantOrNull("to_at"),
                row.text("reason"),
                row.instant("created_at"),
                row.text("created_by"),
                row.instantOrNull("ended_at"),
                row.textOrNull("ended_by"));
    }
}
