package dev.weir.entitlement.snapshot.app;

import dev.weir.entitlement.contract.CustomerSnapshot;
import dev.weir.entitlement.snapshot.domain.CustomerHead;
import dev.weir.entitlement.snapshot.persistence.SnapshotTables;
import dev.weir.platform.kernel.Problem;
import dev.weir.platform.kernel.Shard;
import dev.weir.platform.servicekit.events.Outbox;
import dev.weir.platform.servicekit.web.DatabaseClock;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The one way to change a customer: its row is locked, the change is made, and the next version of its snapshot and of those
 * below it goes out in the same transaction.
 */
@Singleton
public class CustomerWrites {

    /** What a change may use; the zone is the root's, in which the customer's periods are counted. */
    public record Locked(CustomerHead customer, ZoneId zone, Instant now) {}

    /** A change's result, and whether it changed anything. */
    public record Change<T>(T value, boolean changed) {
        /** Something was changed. */
        public static <T> Change<T> made(T value) {
            return new Change<>(value, true);
        }

        /** All is as it was. */
        public static <T> Change<T> none(T value) {
            return new Change<>(value, false);
        }
    }

    /** A change of a locked customer. */
    @FunctionalInterface
    public interface Work<T> {
        /** Makes the change. */
        Change<T> on(Locked locked);
    }

    private final SnapshotTables tables;
    private final Snapshots snapshots;
    private final Boundaries boundaries;
    private final Outbox outbox;
    private final DatabaseClock clock;

    CustomerWrites(
            SnapshotTables tables, Snapshots snapshots, Boundaries boundaries, Outbox outbox, DatabaseClock clock) {
        this.tables = tables;
        this.snapshots = snapshots;
        this.boundaries = boundaries;
        this.outbox = outbox;
        this.clock = clock;
    }

    /** Changes an existing customer; 404 UNKNOWN_CUSTOMER if there is none, 409 CUSTOMER_ARCHIVED if it is archived. */
    @Transactional
    public <T> Written<T> write(String customer, Work<T> work) {
        return writeAnyhow(customer, locked -> {
            if (locked.customer().archived()) {
                throw archived(customer);
            }
            return work.on(locked);
        });
    }

    /** The refusal of a change of an archived customer. */
    public static Problem archived(String customer) {
        return Problem.conflict(
                "CUSTOMER_ARCHIVED", "the customer " + customer + " is archived; take it out of the archive first");
    }

    /** Changes an existing customer, archived or not; 404 UNKNOWN_CUSTOMER if there is none. */
    @Transactional
    public <T> Written<T> writeAnyhow(String customer, Work<T> work) {
        CustomerHead head = tables.lockWithBelow(List.of(customer)).stream()
                .filter(locked -> locked.customer().equals(customer))
                .findFirst()
                .orElseThrow(() -> Problem.notFound("UNKNOWN_CUSTOMER", "there is no customer " + customer));
        Change<T> change = work.on(new Locked(head, snapshots.zone(head), now()));
        if (change.changed()) {
            publish(List.of(customer));
        }
        return new Written<>(change.value(), head.version() + (change.changed() ? 1 : 0));
    }

    /** Counts up and publishes customers that this transaction has locked or made, and everyone below them. */
    public void publish(Collection<String> changed) {
        Set<String> all = new TreeSet<>(changed);
        List<String> below = tables.descendants(changed);
        if (!below.isEmpty()) {
            tables.lock(below);
            all.addAll(below);
        }
        publishOnly(all);
    }

    /** Counts up and publishes customers that this transaction has locked or made, and nobody below them. */
    void publishOnly(Collection<String> customers) {
        tables.countUp(customers);
        Instant now = now();
        List<CustomerSnapshot> built = snapshots.build(customers, now);
        boundaries.schedule(built, now);
        for (CustomerSnapshot snapshot : built) {
            outbox.state(
                    "entitlement.customer-snapshot",
                    snapshot.customer(),
                    snapshot.version(),
                    Shard.of(snapshot.root()),
                    snapshot);
        }
    }

    /** The database's clock to the millisecond, as it is stored and shown. */
    public Instant now() {
        return clock.now().truncatedTo(ChronoUnit.MILLIS);
    }
}
