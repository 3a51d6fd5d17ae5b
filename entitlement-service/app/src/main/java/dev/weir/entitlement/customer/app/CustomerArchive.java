package dev.weir.entitlement.customer.app;

import dev.weir.entitlement.allowance.persistence.AllowanceTable;
import dev.weir.entitlement.allowance.persistence.CreditPromotionTable;
import dev.weir.entitlement.customer.domain.Customer;
import dev.weir.entitlement.customer.persistence.CustomerTable;
import dev.weir.entitlement.snapshot.app.CustomerWrites;
import dev.weir.entitlement.snapshot.app.CustomerWrites.Change;
import dev.weir.entitlement.snapshot.app.Written;
import dev.weir.entitlement.subscription.app.RunningSubscriptions;
import dev.weir.entitlement.subscription.domain.Subscription;
import dev.weir.platform.kernel.Problem;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.util.List;

/**
 * Puts customers into the archive and takes them out. An archived customer has nothing any more and is refused every change;
 * what it had can still be read.
 */
@Singleton
public class CustomerArchive {
    private final CustomerTable table;
    private final CustomerWrites writes;
    private final RunningSubscriptions running;
    private final AllowanceTable allowances;
    private final CreditPromotionTable credits;

    CustomerArchive(
            CustomerTable table,
            CustomerWrites writes,
            RunningSubscriptions running,
            AllowanceTable allowances,
            CreditPromotionTable credits) {
        this.table = table;
        this.writes = writes;
        this.running = running;
        this.allowances = allowances;
        this.credits = credits;
    }

    /**
     * Archives a customer: its promotions and overrides end. 409 CUSTOMER_HAS_CHILDREN; 409 SUBSCRIPTIONS_RUNNING unless they
     * shall be canceled.
     */
    @Transactional
    public Written<Customer> archive(String customer, boolean cancelSubscriptions, String author) {
        Written<Customer> done = writes.writeAnyhow(customer, locked -> {
            if (locked.customer().archived()) {
                return Change.none(find(customer));
            }
            if (table.hasLivingChildren(customer)) {
                throw Problem.conflict(
                        "CUSTOMER_HAS_CHILDREN", "customers below it share what it has; archive or move them first");
            }
            List<Subscription> living = running.of(customer, locked.now());
            if (!living.isEmpty() && !cancelSubscriptions) {
                throw Problem.conflict(
                                "SUBSCRIPTIONS_RUNNING",
                                "the customer has " + living.size()
                                        + " subscription(s) that have not ended; cancelSubscriptions: true ends them")
                        .with(
                                "subscriptions",
                                living.stream().map(Subscription::id).toList());
            }
            running.cancelAll(customer, locked.now(), author);
            allowances.endAll(customer, locked.now(), author);
            credits.endAll(customer, locked.now(), author);
            table.archive(customer, locked.now(), author);
            return Change.made(find(customer));
        });
        return new Written<>(find(customer), done.snapshotVersion());
    }

    /** Takes a customer out of the archive; what ended stays ended. */
    @Transactional
    public Written<Customer> unarchive(String customer) {
        Written<Customer> done = writes.writeAnyhow(customer, locked -> {
            if (!locked.customer().archived()) {
                return Change.none(find(customer));
            }
            table.unarchive(customer, locked.now());
            return Change.made(find(customer));
        });
        return new Written<>(find(customer), done.snapshotVersion());
    }

    private Customer find(String customer) {
        return table.find(customer).orElseThrow();
    }
}
