package dev.weir.entitlement.price.persistence;

import dev.weir.catalog.contract.Price;
import dev.weir.entitlement.price.domain.PriceOverride;
import dev.weir.entitlement.sql.persistence.JsonColumn;
import dev.weir.entitlement.sql.persistence.Sql;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The table of prices agreed with single customers. */
@Singleton
public class PriceOverrideTable {
    private final Sql sql;

    PriceOverrideTable(Sql sql) {
        this.sql = sql;
    }

    /** Adds one. */
    public void insert(PriceOverride made) {
        sql.update(
                """
                INSERT INTO price_override (id, customer, plan, addon, charge, price, from_at, to_at, reason, created_at,
                    created_by)
                VALUES (?, ?, ?, ?, ?, ?::jsonb, ?, ?, ?, ?, ?)""",
                made.id(),
                made.customer(),
                made.plan(),
                made.addon(),
                made.charge(),
                JsonColumn.write(made.price()),
                made.from(),
                made.to(),
                made.reason(),
                made.createdAt(),
                made.createdBy());
    }

    /** One of a customer's. */
    public Optional<PriceOverride> find(String customer, UUID id) {
        return sql.first(
                "SELECT * FROM price_override WHERE customer = ? AND id = ?", PriceOverrideTable::read, customer, id);
    }

    /** A customer's, after an id, by id. */
    public List<PriceOverride> list(String customer, @Nullable UUID after, int limit) {
        return sql.list(
                "SELECT * FROM price_override WHERE customer = ? AND id > ? ORDER BY id LIMIT ?",
                PriceOverrideTable::read,
                customer,
                after == null ? new UUID(0, 0) : after,
                limit);
    }

    /** Marks one as ended. */
    public void end(UUID id, Instant at, String by) {
        sql.update("UPDATE price_override SET ended_at = ?, ended_by = ? WHERE id = ?", at, by, id);
    }

    private static PriceOverride read(Sql.Row row) throws SQLException {
        return new PriceOverride(
                row.uuid("id"),
                row.text("customer"),
                row.textOrNull("plan"),
                row.textOrNull("addon"),
                row.text("charge"),
                JsonColumn.read(row.text("price"), Price.class),
                row.instant("from_at"),
                row.instantOrNull("to_at"),
                row.text("reason"),
                row.instant("created_at"),
                row.text("created_by"),
                row.instantOrNull("ended_at"),
                row.textOrNull("ended_by"));
    }
}
