package dev.weir.entitlement.customer.persistence;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.entitlement.customer.domain.Customer;
import dev.weir.entitlement.sql.persistence.JsonColumn;
import dev.weir.entitlement.sql.persistence.Sql;
import jakarta.inject.Singleton;
import java.sql.SQLException;
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

    /** Customers after a key, by key. */
    public List<Customer> list(@Nullable String after, int limit) {
        return sql.list(
                "SELECT * FROM customer WHERE customer > ? ORDER BY customer LIMIT ?",
                CustomerTable::read,
                after == null ? "" : after,
                limit);
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
                row.flag("archived"),
                row.number("version"),
                row.instant("created_at"),
                row.instant("updated_at"));
    }
}
