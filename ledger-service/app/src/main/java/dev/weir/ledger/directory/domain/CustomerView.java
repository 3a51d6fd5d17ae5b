package dev.weir.ledger.directory.domain;

import dev.weir.catalog.contract.GrantOn;
import dev.weir.catalog.contract.PerSeat;
import dev.weir.entitlement.contract.Bodies;
import dev.weir.entitlement.contract.CreditEntitlement;
import dev.weir.entitlement.contract.CustomerSnapshot;
import dev.weir.entitlement.contract.Resolution;
import dev.weir.entitlement.contract.ResolvedFeature;
import dev.weir.entitlement.contract.Span;
import dev.weir.ledger.wallet.domain.SeatLink;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * One version of a customer's snapshot with the bodies it names, and what was resolved from it: an answer holds for its whole
 * segment, so most questions are answered from memory. Safe to share between threads.
 */
public final class CustomerView {
    // More than any customer has features at a time; a flood of made-up keys must not fill memory.
    private static final int REMEMBERED = 256;

    private final CustomerSnapshot snapshot;
    private final Bodies bodies;
    private final Map<Question, ResolvedFeature> remembered = new ConcurrentHashMap<>();

    private volatile @Nullable Set<SeatLink> seatLinks;
    private volatile @Nullable Boolean grantsOnPayment;
    private volatile @Nullable Boolean budgeted;

    private record Question(String feature, @Nullable String resource) {}

    public CustomerView(CustomerSnapshot snapshot, Bodies bodies) {
        this.snapshot = snapshot;
        this.bodies = bodies;
    }

    public CustomerSnapshot snapshot() {
        return snapshot;
    }

    public Bodies bodies() {
        return bodies;
    }

    /** The entitlement to a feature; empty when no source names it. */
    public Optional<ResolvedFeature> feature(String feature, @Nullable String resource, Instant at) {
        Question question = new Question(feature, resource);
        ResolvedFeature known = remembered.get(question);
        if (known != null && holds(known, at)) {
            return Optional.of(known);
        }
        Optional<ResolvedFeature> resolved = Resolution.feature(snapshot, bodies, feature, resource, at);
        if (resolved.isPresent() && remembered.size() < REMEMBERED) {
            remembered.put(question, resolved.get());
        }
        return resolved;
    }

    /** Every credit grant of the snapshot's whole timeline. */
    private List<CreditEntitlement> grants() {
        return Resolution.credits(snapshot, bodies, Instant.MIN, Instant.MAX);
    }

    /** Which credit is scaled by which level, over the snapshot's whole timeline. */
    public Set<SeatLink> seatLinks() {
        Set<SeatLink> known = seatLinks;
        if (known == null) {
            Set<SeatLink> links = new HashSet<>();
            for (CreditEntitlement credit : grants()) {
                PerSeat perSeat = credit.grant().perSeat();
                if (perSeat != null) {
                    links.add(new SeatLink(credit.grant().unit(), credit.unitScale(), perSeat.feature()));
                }
            }
            known = Set.copyOf(links);
            seatLinks = known;
        }
        return known;
    }

    /** Whether any credit opens when an invoice is paid. */
    public boolean grantsOnPayment() {
        Boolean known = grantsOnPayment;
        if (known == null) {
            known = grants().stream().anyMatch(credit -> credit.grant().grantOn() == GrantOn.INVOICE_PAID);
            grantsOnPayment = known;
        }
        return known;
    }

    /** Whether any plan version of the snapshot sets a budget. */
    public boolean budgeted() {
        Boolean known = budgeted;
        if (known == null) {
            known = snapshot.subscriptions().stream()
                    .flatMap(subscription -> subscription.phases().stream())
                    .anyMatch(phase -> bodies.plan(phase.planHash()).budget() != null);
            budgeted = known;
        }
        return known;
    }

    /** The window of usage at an instant. */
    public Span window(String feature, @Nullable String resource, Instant at) {
        return Resolution.window(snapshot, bodies, feature, resource, at);
    }

    private static boolean holds(ResolvedFeature known, Instant at) {
        Instant to = known.segmentTo();
        return !at.isBefore(known.segmentFrom()) && (to == null || at.isBefore(to));
    }
}
