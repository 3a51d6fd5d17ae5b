package dev.weir.entitlement.allowance.persistence;

import dev.weir.entitlement.allowance.domain.CohortPromotion;
import dev.weir.entitlement.allowance.domain.CohortReach;
import dev.weir.entitlement.allowance.domain.PromotionBody;
import dev.weir.entitlement.sql.persistence.JsonColumn;
import dev.weir.entitlement.sql.persistence.Sql;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The tables of cohorts' promotions and of who has got them. */
@Singleton
public class CohortPromotionTable {

    /** A member who is to get a promotion. */
    public record Joining(UUID promotion, String customer) {}

    /** A member who is to lose the promotion that it got. */
    public record Leaving(UUID promotion, String customer, UUID made) {}

    private final Sql sql;

    CohortPromotionTable(Sql sql) {
        this.sql = sql;
    }

    /** Adds one. */
    public void insert(CohortPromotion made) {
        sql.update(
                """
                INSERT INTO cohort_promotion (id, cohort, body, to_at, reason, created_at, created_by)
                VALUES (?, ?, ?::jsonb, ?, ?, ?, ?)""",
                made.id(),
                made.cohort(),
                JsonColumn.write(made.body()),
                made.to(),
                made.reason(),
                made.createdAt(),
                made.createdBy());
    }

    /** One of a cohort's. */
    public Optional<CohortPromotion> find(String cohort, UUID id) {
        return sql.first(
                "SELECT * FROM cohort_promotion WHERE cohort = ? AND id = ?", CohortPromotionTable::read, cohort, id);
    }

    /** One by id. */
    public Optional<CohortPromotion> find(UUID id) {
        return sql.first("SELECT * FROM cohort_promotion WHERE id = ?", CohortPromotionTable::read, id);
    }

    /** A cohort's, after an id, by id. */
    public List<CohortPromotion> list(String cohort, @Nullable UUID after, int limit) {
        return sql.list(
                "SELECT * FROM cohort_promotion WHERE cohort = ? AND id > ? ORDER BY id LIMIT ?",
                CohortPromotionTable::read,
                cohort,
                after == null ? new UUID(0, 0) : after,
                limit);
    }

    /** Marks one as ended. */
    public void end(UUID id, Instant at, String by) {
        sql.update("UPDATE cohort_promotion SET ended_at = ?, ended_by = ? WHERE id = ?", at, by, id);
    }

    /** How far one reaches. */
    public CohortReach reach(UUID id) {
        return sql.first(
                        """
                        SELECT count(*) FILTER (WHERE made IS NOT NULL AND ended_at IS NULL) AS holding,
                               count(*) FILTER (WHERE made IS NOT NULL AND ended_at IS NOT NULL) AS ended,
                               count(*) FILTER (WHERE made IS NULL) AS refused
                        FROM cohort_promotion_member WHERE promotion = ?""",
                        row -> new CohortReach(row.number("holding"), row.number("ended"), row.number("refused")),
                        id)
                .orElse(new CohortReach(0, 0, 0));
    }

    /** Members of running promotions who have not had them. */
    public List<Joining> joining(Instant now, int limit) {
        return sql.list("""
                SELECT p.id, m.customer FROM cohort_promotion p JOIN cohort_membership m ON m.cohort = p.cohort
                WHERE p.ended_at IS NULL AND (p.to_at IS NULL OR p.to_at > ?) AND NOT EXISTS (
                    SELECT 1 FROM cohort_promotion_member x WHERE x.promotion = p.id AND x.customer = m.customer)
                ORDER BY p.id, m.customer LIMIT ?""", row -> new Joining(row.uuid("id"), row.text("customer")), now, limit);
    }

    /** Those who have a promotion that has ended, or that is for a cohort that they have left. */
    public List<Leaving> leaving(int limit) {
        return sql.list("""
                SELECT x.promotion, x.customer, x.made
                FROM cohort_promotion_member x JOIN cohort_promotion p ON p.id = x.promotion
                WHERE x.ended_at IS NULL AND x.made IS NOT NULL AND (p.ended_at IS NOT NULL OR NOT EXISTS (
                    SELECT 1 FROM cohort_membership m WHERE m.cohort = p.cohort AND m.customer = x.customer))
                ORDER BY x.promotion, x.customer LIMIT ?""", row -> new Leaving(row.uuid("promotion"), row.text("customer"), row.uuid("made")), limit);
    }

    /** Claims a member for this transaction; false if it has had the promotion, or another is at it. */
    public boolean claim(Joining joining, Instant at) {
        return sql.update("""
                        INSERT INTO cohort_promotion_member (promotion, customer, made_at) VALUES (?, ?, ?)
                        ON CONFLICT DO NOTHING""", joining.promotion(), joining.customer(), at) == 1;
    }

    /** Notes what a member got, or why it got nothing. */
    public void made(Joining joining, @Nullable UUID made, @Nullable String code) {
        sql.update(
                "UPDATE cohort_promotion_member SET made = ?, code = ? WHERE promotion = ? AND customer = ?",
                made,
                code,
                joining.promotion(),
                joining.customer());
    }

    /** Notes that a member has lost it; false if that is known. */
    public boolean left(Leaving leaving, Instant at) {
        return sql.update("""
                        UPDATE cohort_promotion_member SET ended_at = ?
                        WHERE promotion = ? AND customer = ? AND ended_at IS NULL""", at, leaving.promotion(), leaving.customer()) == 1;
    }

    private static CohortPromotion read(Sql.Row row) throws SQLException {
        return new CohortPromotion(
                row.uuid("id"),
                row.text("cohort"),
                JsonColumn.read(row.text("body"), PromotionBody.class),
                row.instantOrNull("to_at"),
                row.text("reason"),
                row.instant("created_at"),
                row.text("created_by"),
                row.instantOrNull("ended_at"),
                row.textOrNull("ended_by"));
    }
}
