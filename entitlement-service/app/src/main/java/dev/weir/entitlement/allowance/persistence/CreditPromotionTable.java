package dev.weir.entitlement.allowance.persistence;

import dev.weir.entitlement.allowance.domain.CreditPromotion;
import dev.weir.entitlement.sql.persistence.Sql;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The table of credit promised to customers. */
@Singleton
public class CreditPromotionTable {
    private final Sql sql;

    CreditPromotionTable(Sql sql) {
        this.sql = sql;
    }

    /** Adds one. */
    public void insert(CreditPromotion made) {
        sql.update(
                """
                INSERT INTO credit_promotion (id, customer, unit, scale, amount, priority, expires_after, from_at, reference,
                    reason, created_at, created_by)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
                made.id(),
                made.customer(),
                made.unit(),
                made.scale(),
                made.amount(),
                made.priority(),
                made.expiresAfter(),
                made.from(),
                made.reference(),
                made.reason(),
                made.createdAt(),
                made.createdBy());
    }

    /** One of a customer's. */
    public Optional<CreditPromotion> find(String customer, UUID id) {
        return sql.first(
                "SELECT * FROM credit_promotion WHERE customer = ? AND id = ?",
                CreditPromotionTable::read,
                customer,
                id);
    }

    /** A customer's, after an id, by id. */
    public List<CreditPromotion> list(String customer, @Nullable UUID after, int limit) {
        return sql.list(
                "SELECT * FROM credit_promotion WHERE customer = ? AND id > ? ORDER BY id LIMIT ?",
                CreditPromotionTable::read,
                customer,
                after == null ? new UUID(0, 0) : after,
                limit);
    }

    /** Marks one as ended. */
    public void end(UUID id, Instant at, String by) {
        sql.update("UPDATE credit_promotion SET ended_at = ?, ended_by = ? WHERE id = ?", at, by, id);
    }

    /** Marks all of a customer's as ended. */
    public void endAll(String customer, Instant at, String by) {
        sql.update(
                "UPDATE credit_promotion SET ended_at = ?, ended_by = ? WHERE customer = ? AND ended_at IS NULL",
                at,
                by,
                customer);
    }

    private static CreditPromotion read(Sql.Row row) throws SQLException {
        return new CreditPromotion(
                row.uuid("id"),
                row.text("customer"),
                row.text("unit"),
                row.integer("scale"),
                new BigDecimal(row.text("amount")),
                row.integer("priority"),
                row.textOrNull("expires_after"),
                row.instant("from_at"),
                row.text("reference"),
                row.text("reason"),
                row.instant("created_at"),
                row.text("created_by"),
                row.instantOrNull("ended_at"),
                row.textOrNull("ended_by"));
    }
}
