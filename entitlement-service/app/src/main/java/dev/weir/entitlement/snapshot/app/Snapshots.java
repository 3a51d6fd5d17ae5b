package dev.weir.entitlement.snapshot.app;

import dev.weir.entitlement.catalog.app.CatalogReadModel;
import dev.weir.entitlement.catalog.app.DefaultPlans;
import dev.weir.entitlement.catalog.domain.DefaultPlan;
import dev.weir.entitlement.contract.AllowancePart;
import dev.weir.entitlement.contract.CreditPart;
import dev.weir.entitlement.contract.CustomerSnapshot;
import dev.weir.entitlement.contract.PriceOverridePart;
import dev.weir.entitlement.contract.Span;
import dev.weir.entitlement.contract.SubscriptionPart;
import dev.weir.entitlement.snapshot.domain.CustomerEra;
import dev.weir.entitlement.snapshot.domain.CustomerHead;
import dev.weir.entitlement.snapshot.domain.Retention;
import dev.weir.entitlement.snapshot.domain.StandingPlans;
import dev.weir.entitlement.snapshot.persistence.AgreementTables;
import dev.weir.entitlement.snapshot.persistence.CustomerHistory;
import dev.weir.entitlement.snapshot.persistence.SnapshotTables;
import dev.weir.platform.kernel.Problem;
import dev.weir.platform.servicekit.web.DatabaseClock;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes snapshots out of the rows. A child's snapshot bears its ancestors' subscriptions and allowances too, since it shares
 * them, and its root's time zone, since the periods of what it shares are the root's.
 */
@Singleton
public class Snapshots {
    /** Promised credit is in a snapshot that long, and a price after it ended: longer than any period that bills it. */
    private static final Duration AGREED = Duration.ofDays(400);

    private final SnapshotTables tables;
    private final CustomerHistory history;
    private final AgreementTables agreements;
    private final CatalogReadModel catalog;
    private final DefaultPlans defaultPlans;
    private final DatabaseClock clock;

    Snapshots(
            SnapshotTables tables,
            CustomerHistory history,
            AgreementTables agreements,
            CatalogReadModel catalog,
            DefaultPlans defaultPlans,
            DatabaseClock clock) {
        this.tables = tables;
        this.history = history;
        this.agreements = agreements;
        this.catalog = catalog;
        this.defaultPlans = defaultPlans;
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

    /**
     * All that decided, or will decide, what a customer has at an instant, by what is known now: what was back-dated counts, and
     * what was taken back does not. Whose allowance it shared and the time zone are those of that time; nothing is left out.
     */
    public CustomerSnapshot at(String customer, Instant instant) {
        CustomerHead head = head(customer);
        List<CustomerEra> line = line(customer, instant);
        CustomerEra self = line.getFirst();
        CustomerEra root = line.getLast();
        List<String> owners = line.stream().map(CustomerEra::customer).toList();
        Map<String, List<SubscriptionPart>> subscriptions = subscriptions(owners, Set.of(root.customer()));
        Map<String, List<AllowancePart>> allowances = tables.allowances(owners);
        List<SubscriptionPart> held = new ArrayList<>();
        List<AllowancePart> allowed = new ArrayList<>();
        for (String owner : owners) {
            subscriptions.getOrDefault(owner, List.of()).forEach(part -> held.add(shared(part, owner, customer)));
            allowed.addAll(allowances.getOrDefault(owner, List.of()));
        }
        CustomerHead then = head.as(self);
        return snapshot(then, root.timeZone(), instant, held, allowed, agreed(List.of(customer), Instant.EPOCH));
    }

    /** The customer and its ancestors as they were, the root last. */
    private List<CustomerEra> line(String customer, Instant instant) {
        List<CustomerEra> line = new ArrayList<>();
        @Nullable String next = customer;
        while (next != null) {
            String named = next;
            CustomerEra era = history.at(named, instant)
                    .orElseThrow(() -> new IllegalStateException("the customer " + named + " has no history"));
            line.add(era);
            next = era.parent();
        }
        return line;
    }

    /** The subscriptions of customers, and what default plans give the roots among them. */
    private Map<String, List<SubscriptionPart>> subscriptions(Collection<String> owners, Collection<String> roots) {
        Map<String, List<SubscriptionPart>> subscriptions = tables.subscriptions(owners);
        List<DefaultPlan> plans = defaultPlans.history();
        if (!plans.isEmpty()) {
            Map<String, List<Span>> archived = history.archived(roots);
            for (CustomerHead root : tables.heads(roots).values()) {
                List<SubscriptionPart> own = subscriptions.computeIfAbsent(root.customer(), key -> new ArrayList<>());
                own.addAll(StandingPlans.of(
                        root.customer(),
                        root.createdAt(),
                        plans,
                        List.copyOf(own),
                        archived.getOrDefault(root.customer(), List.of())));
            }
        }
        return subscriptions;
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
        Set<String> roots = new LinkedHashSet<>();
        heads.values().forEach(head -> roots.add(head.root()));
        Map<String, List<SubscriptionPart>> subscriptions = subscriptions(everyone, roots);
        Map<String, List<AllowancePart>> allowances = tables.allowances(everyone);
        Map<String, CustomerHead> all = heads.keySet().containsAll(everyone) ? heads : tables.heads(everyone);
        Agreed agreed = agreed(heads.keySet(), now.minus(AGREED));
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
            snapshots.add(snapshot(head, root.timeZone(), now, held, allowed, agreed));
        }
        return snapshots;
    }

    private static SubscriptionPart shared(SubscriptionPart part, String owner, String with) {
        return owner.equals(with) ? part : part.sharedBy(owner);
    }

    private static CustomerSnapshot snapshot(
            CustomerHead head,
            String timeZone,
            Instant now,
            List<SubscriptionPart> subscriptions,
            List<AllowancePart> allowances,
            Agreed agreed) {
        subscriptions.sort(Comparator.comparing(part -> part.id().toString()));
        allowances.sort(Comparator.comparing(allowance -> allowance.id().toString()));
        return new CustomerSnapshot(
                head.customer(),
                head.root(),
                head.parent(),
                head.version(),
                head.name(),
                timeZone,
                head.country(),
                head.currency(),
                head.archived(),
                head.createdAt(),
                now,
                subscriptions,
                allowances,
                agreed.credits().getOrDefault(head.customer(), List.of()),
                agreed.prices().getOrDefault(head.customer(), List.of()));
    }

    /** What was agreed with customers since an instant, by customer. */
    private record Agreed(Map<String, List<CreditPart>> credits, Map<String, List<PriceOverridePart>> prices) {}

    private Agreed agreed(Collection<String> customers, Instant since) {
        return new Agreed(agreements.credits(customers, since), agreements.prices(customers, since));
    }
}
