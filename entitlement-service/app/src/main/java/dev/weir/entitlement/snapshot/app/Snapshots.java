package dev.weir.entitlement.snapshot.app;

import dev.weir.entitlement.catalog.app.CatalogReadModel;
import dev.weir.entitlement.contract.AllowancePart;
import dev.weir.entitlement.contract.CustomerSnapshot;
import dev.weir.entitlement.contract.SubscriptionPart;
import dev.weir.entitlement.snapshot.domain.CustomerHead;
import dev.weir.entitlement.snapshot.domain.Retention;
import dev.weir.entitlement.snapshot.persistence.SnapshotTables;
import dev.weir.platform.kernel.Problem;
import dev.weir.platform.servicekit.web.DatabaseClock;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Makes snapshots out of the rows. A child's snapshot bears its ancestors' subscriptions and allowances too, since it shares
 * them, and its root's time zone, since the periods of what it shares are the root's.
 */
@Singleton
public class Snapshots {
    private final SnapshotTables tables;
    private final CatalogReadModel catalog;
    private final DatabaseClock clock;

    Snapshots(SnapshotTables tables, CatalogReadModel catalog, DatabaseClock clock) {
        this.tables = tables;
        this.catalog = catalog;
        this.clock = clock;
    }

    /** The current snapshot of a customer; read again if a write came in between. */
    public CustomerSnapshot current(String customer) {
        while (true) {
            List<CustomerSnapshot> built = build(List.of(customer), clock.now());
            if (built.isEmpty()) {
                throw Problem.notFound("UNKNOWN_CUSTOMER", "there is no customer " + customer);
            }
            CustomerSnapshot snapshot = built.getFirst();
            if (tables.head(customer)
                    .filter(head -> head.version() == snapshot.version())
                    .isPresent()) {
                return snapshot;
            }
        }
    }

    /** A customer; 404 UNKNOWN_CUSTOMER if there is none. */
    public CustomerHead head(String customer) {
        return tables.head(customer)
                .orElseThrow(() -> Problem.notFound("UNKNOWN_CUSTOMER", "there is no customer " + customer));
    }

    /** The time zone in which a customer's periods are counted: its root's. */
    public ZoneId zone(CustomerHead head) {
        boolean root = head.root().equals(head.customer());
        return ZoneId.of(root ? head.timeZone() : head(head.root()).timeZone());
    }

    /** The snapshots of customers, as this transaction sees them. */
    public List<CustomerSnapshot> build(Collection<String> customers, Instant now) {
        Map<String, CustomerHead> heads = tables.heads(customers);
        Map<String, List<String>> owners = tables.owners(heads.keySet());
        Set<String> everyone = new LinkedHashSet<>();
        owners.values().forEach(everyone::addAll);
        Map<String, List<SubscriptionPart>> subscriptions = tables.subscriptions(everyone);
        Map<String, List<AllowancePart>> allowances = tables.allowances(everyone);
        Map<String, CustomerHead> all = heads.keySet().containsAll(everyone) ? heads : tables.heads(everyone);
        List<CustomerSnapshot> snapshots = new ArrayList<>(heads.size());
        for (CustomerHead head : heads.values()) {
            CustomerHead root = all.getOrDefault(head.root(), head);
            ZoneId zone = ZoneId.of(root.timeZone());
            List<SubscriptionPart> held = new ArrayList<>();
            List<AllowancePart> allowed = new ArrayList<>();
            for (String owner : owners.getOrDefault(head.customer(), List.of())) {
                subscriptions
                        .getOrDefault(owner, List.of())
                        .forEach(part -> Retention.trim(part, catalog, zone, now)
                                .map(kept -> shared(kept, owner, head.customer()))
                                .ifPresent(held::add));
                allowances.getOrDefault(owner, List.of()).stream()
                        .filter(allowance -> Retention.keeps(allowance, zone, now))
                        .forEach(allowed::add);
            }
            held.sort(Comparator.comparing(part -> part.id().toString()));
            allowed.sort(Comparator.comparing(allowance -> allowance.id().toString()));
            snapshots.add(snapshot(head, root, now, held, allowed));
        }
        return snapshots;
    }

    private static SubscriptionPart shared(SubscriptionPart part, String owner, String with) {
        return owner.equals(with)
                ? part
                : new SubscriptionPart(part.id(), part.product(), part.resource(), part.anchor(), part.phases(), owner);
    }

    private static CustomerSnapshot snapshot(
            CustomerHead head,
            CustomerHead root,
            Instant now,
            List<SubscriptionPart> subscriptions,
            List<AllowancePart> allowances) {
        return new CustomerSnapshot(
                head.customer(),
                head.root(),
                head.parent(),
                head.version(),
                head.name(),
                root.timeZone(),
                head.country(),
                head.currency(),
                head.archived(),
                head.createdAt(),
                now,
                subscriptions,
                allowances);
    }
}
