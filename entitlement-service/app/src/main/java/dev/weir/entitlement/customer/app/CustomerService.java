package dev.weir.entitlement.customer.app;

import dev.weir.entitlement.customer.domain.Customer;
import dev.weir.entitlement.customer.domain.PutCustomer;
import dev.weir.entitlement.customer.persistence.CustomerTable;
import dev.weir.entitlement.snapshot.app.CustomerWrites;
import dev.weir.entitlement.snapshot.app.Written;
import dev.weir.platform.kernel.Problem;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Creates, replaces and shows customers. */
@Singleton
public class CustomerService {
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
        Customer wanted = wanted(wish, root, known.createdAt(), writes.now());
        if (wanted.sameAs(known)) {
            return new Written<>(known, known.version());
        }
        table.update(wanted);
        if (!root.equals(known.root())) {
            table.moveBelow(wish.customer(), root);
        }
        writes.publish(List.of(wish.customer()));
        return answer(wish.customer());
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
                false,
                0,
                createdAt,
                updatedAt);
    }

    /** One customer; 404 UNKNOWN_CUSTOMER if there is none. */
    public Customer get(String customer) {
        return table.find(customer)
                .orElseThrow(() -> Problem.notFound("UNKNOWN_CUSTOMER", "there is no customer " + customer));
    }

    /** Customers by key. */
    public List<Customer> list(@Nullable String after, int limit) {
        return table.list(after, limit);
    }
}
