package dev.weir.entitlement.cohort.persistence;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.entitlement.cohort.domain.Cohort;
import dev.weir.entitlement.cohort.domain.CohortFilter;
import dev.weir.entitlement.sql.persistence.JsonColumn;
import dev.weir.entitlement.sql.persistence.Sql;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The tables of cohorts. Who belongs to one is a view, so a filter holds for whoever fits it at the moment. */
@Singleton
public class CohortTable {
    private static final TypeReference<Map<String, JsonNode>> METADATA = new TypeReference<>() {};

    private final Sql sql;

    CohortTable(Sql sql) {
        this.sql = sql;
    }

    /** One cohort. */
    public Optional<Cohort> find(String key) {
        return sql.first("SELECT * FROM cohort WHERE key = ?", CohortTable::read, key);
    }

    /** One cohort, locked until the transaction ends. */
    public Optional<Cohort> lock(String key) {
        return sql.first("SELECT * FROM cohort WHERE key = ? FOR UPDATE", CohortTable::read, key);
    }

    /** Cohorts after a key, by key. */
    public List<Cohort> list(@Nullable String after, int limit) {
        return sql.list(
                "SELECT * FROM cohort WHERE key > ? ORDER BY key LIMIT ?",
                CohortTable::read,
                after == null ? "" : after,
                limit);
    }

    /** Adds a cohort, or replaces what is said of it; its listed members stay. */
    public void put(Cohort cohort) {
        CohortFilter filter = cohort.filter();
        Map<String, JsonNode> metadata = filter == null ? null : filter.metadata();
        sql.update(
                """
                INSERT INTO cohort (key, name, listed, plan, product, country, metadata, created_at, updated_at, updated_by)
                VALUES (?, ?, ?, ?, ?, ?, ?::jsonb, ?, ?, ?)
                ON CONFLICT (key) DO UPDATE SET name = excluded.name, listed = excluded.listed, plan = excluded.plan,
                    product = excluded.product, country = excluded.country, metadata = excluded.metadata,
                    updated_at = excluded.updated_at, updated_by = excluded.updated_by""",
                cohort.key(),
                cohort.name(),
                filter == null,
                filter == null ? null : filter.plan(),
                filter == null ? null : filter.product(),
                filter == null ? null : filter.country(),
                metadata == null ? null : JsonColumn.write(metadata),
                cohort.createdAt(),
                cohort.updatedAt(),
                cohort.updatedBy());
    }

    /** Makes these customers the listed members; answers whether that changed anything. */
    public boolean list(String cohort, Collection<String> customers) {
        int gone = sql.update("DELETE FROM cohort_member WHERE cohort = ? AND customer <> ALL (?)", cohort, customers);
        int come = sql.update(
                "INSERT INTO cohort_member (cohort, customer) SELECT ?, unnest(?::text[]) ON CONFLICT DO NOTHING",
                cohort,
                customers);
        return gone + come > 0;
    }

    /** Those of these customers that do not exist. */
    public List<String> unknown(Collection<String> customers) {
        return sql.list("""
                SELECT asked.customer FROM unnest(?::text[]) AS asked (customer)
                WHERE NOT EXISTS (SELECT 1 FROM customer WHERE customer.customer = asked.customer)
                ORDER BY asked.customer""", row -> row.text("customer"), customers);
    }

    /** Who belongs to a cohort now, after a customer, by customer. */
    public List<String> members(String cohort, @Nullable String after, int limit) {
        return sql.list(
                "SELECT customer FROM cohort_membership WHERE cohort = ? AND customer > ? ORDER BY customer LIMIT ?",
                row -> row.text("customer"),
                cohort,
                after == null ? "" : after,
                limit);
    }

    /** How many belong to a cohort now. */
    public long count(String cohort) {
        return sql.first("SELECT count(*) AS n FROM cohort_membership WHERE cohort = ?", row -> row.number("n"), cohort)
                .orElse(0L);
    }

    /** Whether promotions run for a cohort. */
    public boolean hasPromotions(String cohort) {
        return sql.first(
                        "SELECT 1 AS one FROM cohort_promotion WHERE cohort = ? AND ended_at IS NULL LIMIT 1",
                        row -> row.number("one"),
                        cohort)
                .isPresent();
    }

    /** Whether a customer is archived. */
    public boolean isArchived(String customer) {
        return sql.first("SELECT archived FROM customer WHERE customer = ?", row -> row.flag("archived"), customer)
                .orElse(false);
    }

    /** Removes a cohort. */
    public void delete(String key) {
        sql.update("DELETE FROM cohort WHERE key = ?", key);
    }

    private static Cohort read(Sql.Row row) throws SQLException {
        String metadata = row.textOrNull("metadata");
        CohortFilter filter = row.flag("listed")
                ? null
                : new CohortFilter(
                        row.textOrNull("plan"),
                        row.textOrNull("product"),
                        row.textOrNull("country"),
                        metadata == null ? null : JsonColumn.read(metadata, METADATA));
        return new Cohort(
                row.text("key"),
                row.textOrNull("name"),
                filter,
                row.instant("created_at"),
                row.instant("updated_at"),
                row.text("updated_by"));
    }
}
