package dev.weir.entitlement.snapshot.persistence;

import dev.weir.entitlement.contract.Span;
import dev.weir.entitlement.snapshot.domain.CustomerEra;
import dev.weir.entitlement.sql.persistence.Sql;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What customers were at any time. The database writes it, whoever changes a customer. */
@Singleton
public class CustomerHistory {

    private record Archived(
            String customer, Instant from, @Nullable Instant to) {}

    private final Sql sql;

    CustomerHistory(Sql sql) {
        this.sql = sql;
    }

    /** What a customer was at an instant; before it was made: as what it was made. Empty if there is none. */
    public Optional<CustomerEra> at(String customer, Instant instant) {
        return sql.first("""
                SELECT * FROM customer_history WHERE customer = ?
                ORDER BY from_at <= ? DESC, CASE WHEN from_at <= ? THEN from_at END DESC, from_at LIMIT 1""", CustomerHistory::era, customer, instant, instant);
    }

    /** When these customers were archived. */
    public Map<String, List<Span>> archived(Collection<String> customers) {
        Map<String, List<Span>> spans = new HashMap<>();
        sql.list(
                        """
                        SELECT customer, from_at, (SELECT min(later.from_at) FROM customer_history later
                                                   WHERE later.customer = era.customer AND later.from_at > era.from_at) AS to_at
                        FROM customer_history era WHERE customer = ANY (?) AND archived ORDER BY from_at""",
                        row -> new Archived(row.text("customer"), row.instant("from_at"), row.instantOrNull("to_at")),
                        customers)
                .forEach(row -> spans.computeIfAbsent(row.customer(), key -> new ArrayList<>())
                        .add(new Span(row.from(), row.to())));
        return spans;
    }

    private static CustomerEra era(Sql.Row row) throws SQLException {
        return new CustomerEra(
                row.text("customer"),
                row.textOrNull("parent"),
                row.text("root"),
                row.text("time_zone"),
                row.flag("archived"));
    }
}
