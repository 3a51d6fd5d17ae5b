package dev.weir.entitlement.customer.app;

import dev.weir.entitlement.customer.domain.Customer;
import dev.weir.entitlement.customer.domain.CustomerQuery;
import dev.weir.entitlement.customer.domain.PutCustomer;
import dev.weir.entitlement.customer.persistence.CustomerTable;
import dev.weir.entitlement.snapshot.app.CustomerWrites;
import dev.weir.entitlement.snapshot.app.Written;
import dev.weir.platform.kernel.Problem;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Creates, replaces and shows customers. */
@Singleton
public class CustomerService {
    // How far back a snapshot tells which period an instant lies in.
    private static final Duration PERIODS_SHOWN = Duration.ofDays(35);

    private final CustomerTable table;
    private final CustomerWrites writes;

    CustomerService(CustomerTable table, CustomerWrites writes) {
        this.table = table;
        this.writes = writes;
    }

    /** Creates the customer, or replaces what is said of it. */
    @Transactional
    public Written<Customer> put(PutCustomer wish) {
        wish.check();
        Optional<Customer> seen = table.find(wish.customer());
        boolean moves =
                !Objects.equals(wish.parent(), seen.map(Customer::parent).orElse(null));
        if (moves) {
            table.lockTree();
        }
        String root = root(wish);
        if (seen.isEmpty()) {
            Instant now = writes.now();
            Customer created = wanted(wish, root, now, now);
            if (table.insert(created)) {
                writes.publish(List.of(wish.customer()));
                return answer(wish.customer());
            }
        }
        return replace(wish, root);
    }

    private Written<Customer> replace(PutCustomer wish, String root) {
        Customer known = table.lock(wish.customer()).orElseThrow();
        if (known.archived()) {
            throw CustomerWrites.archived(wish.customer());
        }
        Customer wanted = wanted(wish, root, known.createdAt(), writes.now());
        if (wanted.sameAs(known)) {
            return new Written<>(known, known.version());
        }
        refuseToMovePeriods(known, wanted);
        table.update(wanted);
        if (!root.equals(known.root())) {
            table.moveBelow(wish.customer(), root);
        }
        writes.publish(List.of(wish.customer()));
        return answer(wish.customer());
    }

    /**
     * Periods that are over or running must not move, and those of one customer must tile: so the zone that they are counted in
     * changes only when none is.
     */
    private void refuseToMovePeriods(Customer known, Customer wanted) {
        boolean rooted = known.root().equals(known.customer());
        boolean zoneChanges = rooted && !known.timeZone().equals(wanted.timeZone());
        if (zoneChanges && table.countsPeriods(known.customer(), writes.now().minus(PERIODS_SHOWN))) {
            throw Problem.conflict(
                            "TIME_ZONE_IN_USE",
                            "periods of its subscriptions are counted in " + known.timeZone()
                                    + "; a time zone can change only while there are none")
                    .error("timeZone", "TIME_ZONE_IN_USE", "is what its periods are counted in, and must stay");
        }
    }

    private Written<Customer> answer(String customer) {
        Customer written = get(customer);
        return new Written<>(written, written.version());
    }

    private String root(PutCustomer wish) {
        String parent = wish.parent();
        if (parent == null) {
            return wish.customer();
        }
        Customer found = table.find(parent)
                .orElseThrow(() -> Problem.unprocessable("UNKNOWN_CUSTOMER", "there is no customer " + parent)
                        .error("parent", "UNKNOWN_CUSTOMER", "is no customer"));
        if (found.archived()) {
            throw Problem.unprocessable("PARENT_ARCHIVED", parent + " is archived")
                    .error("parent", "PARENT_ARCHIVED", "is archived");
        }
        if (table.isAncestor(wish.customer(), parent)) {
            throw Problem.unprocessable("PARENT_CYCLE", parent + " is below " + wish.customer())
                    .error("parent", "PARENT_CYCLE", "is below the customer itself");
        }
        return found.root();
    }

    private static Customer wanted(PutCustomer wish, String root, Instant createdAt, Instant updatedAt) {
        return new Customer(
                wish.customer(),
                wish.name(),
                wish.zone(),
                wish.country(),
                wish.currency(),
                wish.parent(),
                root,
                wish.metadata(),
                null,
                0,
                createdAt,
                updatedAt);
    }

    /** One customer, if there is one. */
    public Optional<Customer> find(String customer) {
        return table.find(customer);
    }

    /** One customer; 404 UNKNOWN_CUSTOMER if there is none. */
    public Customer get(String customer) {
        return table.find(customer)
                .orElseThrow(() -> Problem.notFound("UNKNOWN_CUSTOMER", "there is no customer " + customer));
    }

    /** Customers for whom everything holds that the query says, by key. */
    public List<Customer> list(CustomerQuery query, @Nullable String after, int limit) {
        return table.list(query, after, limit);
    }
}
