package dev.weir.entitlement.customer.persistence;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.entitlement.customer.domain.Customer;
import dev.weir.entitlement.customer.domain.CustomerQuery;
import dev.weir.entitlement.sql.persistence.JsonColumn;
import dev.weir.entitlement.sql.persistence.Sql;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The table of customers. */
@Singleton
public class CustomerTable {
    private static final TypeReference<Map<String, JsonNode>> METADATA = new TypeReference<>() {};
    private static final long TREE_LOCK = 0x77656972_74726565L;

    private final Sql sql;

    CustomerTable(Sql sql) {
        this.sql = sql;
    }

    /** One customer. */
    public Optional<Customer> find(String customer) {
        return sql.first("SELECT * FROM customer WHERE customer = ?", CustomerTable::read, customer);
    }

    /** One customer, locked until the transaction ends. */
    public Optional<Customer> lock(String customer) {
        return sql.first("SELECT * FROM customer WHERE customer = ? FOR NO KEY UPDATE", CustomerTable::read, customer);
    }

    /** Customers after a key for whom everything holds that the query says, by key. */
    public List<Customer> list(CustomerQuery query, @Nullable String after, int limit) {
        StringBuilder where = new StringBuilder("SELECT * FROM customer WHERE customer > ?");
        List<@Nullable Object> parameters = new ArrayList<>();
        parameters.add(after == null ? "" : after);
        if (query.parent() != null) {
            where.append(" AND parent = ?");
            parameters.add(query.parent());
        }
        if (query.archived() != null) {
            where.append(query.archived() ? " AND archived" : " AND NOT archived");
        }
        if (query.search() != null) {
            where.append(" AND (position(lower(?) IN lower(customer)) > 0 OR position(lower(?) IN lower(name)) > 0)");
            parameters.add(query.search());
            parameters.add(query.search());
        }
        query.metadata().forEach((key, values) -> {
            where.append(" AND (false");
            for (JsonNode value : values) {
                where.append(" OR metadata @> ?::jsonb");
                parameters.add(JsonColumn.write(Map.of(key, value)));
            }
            where.append(")");
        });
        parameters.add(limit);
        return sql.list(where + " ORDER BY customer LIMIT ?", CustomerTable::read, parameters.toArray());
    }

    /** Whether a customer has children that are not archived. */
    public boolean hasLivingChildren(String customer) {
        return sql.first(
                        "SELECT 1 AS one FROM customer WHERE parent = ? AND NOT archived LIMIT 1",
                        row -> row.number("one"),
                        customer)
                .isPresent();
    }

    /** Marks a customer as archived. */
    public void archive(String customer, Instant at, String by) {
        sql.update(
                "UPDATE customer SET archived = true, archived_at = ?, archived_by = ?, updated_at = ? WHERE customer = ?",
                at,
                by,
                at,
                customer);
    }

    /** Marks a customer as not archived. */
    public void unarchive(String customer, Instant at) {
        sql.update("""
                UPDATE customer SET archived = false, archived_at = NULL, archived_by = NULL, updated_at = ?
                WHERE customer = ?""", at, customer);
    }

    /** Whether periods that the customer's zone decides were running after an instant: its own, or of those below it. */
    public boolean countsPeriods(String customer, Instant since) {
        return sql.first("""
                        WITH RECURSIVE tree (customer) AS (
                            SELECT ?::text
                            UNION
                            SELECT child.customer FROM tree JOIN customer child ON child.parent = tree.customer)
                        SELECT 1 AS one FROM tree
                        WHERE EXISTS (SELECT 1 FROM subscription s JOIN subscription_phase p ON p.subscription = s.id
                                      WHERE s.customer = tree.customer AND p.superseded_by IS NULL
                                        AND (p.to_at IS NULL OR p.to_at > ?))
                        LIMIT 1""", row -> row.number("one"), customer, since).isPresent();
    }

    /** Adds a customer; false if another has just added it. */
    public boolean insert(Customer customer) {
        return sql.update(
                        """
                        INSERT INTO customer (customer, parent, root, name, time_zone, country, currency, metadata, version,
                                              created_at, updated_at)
                        VALUES (?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?, ?, ?) ON CONFLICT DO NOTHING""",
                        customer.customer(),
                        customer.parent(),
                        customer.root(),
                        customer.name(),
                        customer.timeZone(),
                        customer.country(),
                        customer.currency(),
                        JsonColumn.write(customer.metadata()),
                        customer.version(),
                        customer.createdAt(),
                        customer.updatedAt())
                == 1;
    }

    /** Replaces what a caller decides of a customer. */
    public void update(Customer customer) {
        sql.update(
                """
                UPDATE customer SET parent = ?, root = ?, name = ?, time_zone = ?, country = ?, currency = ?,
                                    metadata = ?::jsonb, updated_at = ?
                WHERE customer = ?""",
                customer.parent(),
                customer.root(),
                customer.name(),
                customer.timeZone(),
                customer.country(),
                customer.currency(),
                JsonColumn.write(customer.metadata()),
                customer.updatedAt(),
                customer.customer());
    }

    /** Lets only one transaction at a time move customers in the tree, so that no two of them close a circle. */
    public void lockTree() {
        sql.first("SELECT pg_advisory_xact_lock(?) IS NULL AS done", row -> row.flag("done"), TREE_LOCK);
    }

    /** Whether one customer is an ancestor of another. */
    public boolean isAncestor(String ancestor, String of) {
        return sql.first("""
                        WITH RECURSIVE chain (customer, parent) AS (
                            SELECT customer, parent FROM customer WHERE customer = ?
                            UNION
                            SELECT above.customer, above.parent FROM chain JOIN customer above ON above.customer = chain.parent)
                        SELECT customer FROM chain WHERE customer = ? AND customer <> ?""", row -> row.text("customer"), of, ancestor, of).isPresent();
    }

    /** Gives everyone below a customer its root. */
    public void moveBelow(String customer, String root) {
        sql.update("""
                WITH RECURSIVE below (customer) AS (
                    SELECT customer FROM customer WHERE parent = ?
                    UNION
                    SELECT child.customer FROM below JOIN customer child ON child.parent = below.customer)
                UPDATE customer SET root = ? WHERE customer IN (SELECT customer FROM below)""", customer, root);
    }

    private static Customer read(Sql.Row row) throws SQLException {
        return new Customer(
                row.text("customer"),
                row.textOrNull("name"),
                row.text("time_zone"),
                row.textOrNull("country"),
                row.textOrNull("currency"),
                row.textOrNull("parent"),
                row.text("root"),
                JsonColumn.read(row.text("metadata"), METADATA),
                row.instantOrNull("archived_at"),
                row.number("version"),
                row.instant("created_at"),
                row.instant("updated_at"));
    }
}
