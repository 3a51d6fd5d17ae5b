package dev.weir.entitlement.snapshot.persistence;

import dev.weir.entitlement.sql.persistence.Sql;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** When whose snapshot is to be made anew. A row belongs to whoever has locked the customer. */
@Singleton
public class DueTable {
    private final Sql sql;

    DueTable(Sql sql) {
        this.sql = sql;
    }

    /** Notes the next boundary of customers that the caller has locked; empty = none is to come. */
    public void schedule(Map<String, Optional<Instant>> next) {
        List<String> customers = new ArrayList<>();
        List<String> instants = new ArrayList<>();
        List<String> never = new ArrayList<>();
        next.forEach((customer, due) -> due.ifPresentOrElse(
                instant -> {
                    customers.add(customer);
                    instants.add(instant.toString());
                },
                () -> never.add(customer)));
        if (!customers.isEmpty()) {
            sql.update("""
                    INSERT INTO snapshot_due AS old (customer, due_at)
                    SELECT customer, due_at::timestamptz FROM unnest(?::text[], ?::text[]) AS given (customer, due_at)
                    ON CONFLICT (customer) DO UPDATE SET due_at = excluded.due_at
                    WHERE old.due_at <> excluded.due_at""", customers, instants);
        }
        if (!never.isEmpty()) {
            sql.update("DELETE FROM snapshot_due WHERE customer = ANY (?)", never);
        }
    }

    /** The earliest boundary of all; empty if none is to come. */
    public Optional<Instant> first() {
        return sql.first("SELECT due_at FROM snapshot_due ORDER BY due_at LIMIT 1", row -> row.instant("due_at"));
    }

    /** Some whose boundary has passed, the longest ago first. */
    public List<String> passed(Instant now, int limit) {
        return sql.list(
                "SELECT customer FROM snapshot_due WHERE due_at <= ? ORDER BY due_at LIMIT ?",
                row -> row.text("customer"),
                now,
                limit);
    }

    /** Locks those of these customers whose boundary has passed and whom nobody else has locked. */
    public List<String> lockPassed(Collection<String> customers, Instant now) {
        return sql.list("""
                SELECT customer FROM customer
                WHERE customer = ANY (?)
                  AND EXISTS (SELECT FROM snapshot_due due WHERE due.customer = customer.customer AND due.due_at <= ?)
                ORDER BY customer FOR NO KEY UPDATE SKIP LOCKED""", row -> row.text("customer"), customers, now);
    }
}
