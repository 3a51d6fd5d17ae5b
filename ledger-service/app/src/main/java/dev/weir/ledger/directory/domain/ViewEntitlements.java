package dev.weir.ledger.directory.domain;

import dev.weir.catalog.contract.CreditLimit;
import dev.weir.catalog.contract.UsageOnChange;
import dev.weir.entitlement.contract.CreditEntitlement;
import dev.weir.entitlement.contract.CreditPart;
import dev.weir.entitlement.contract.Resolution;
import dev.weir.entitlement.contract.ResolvedFeature;
import dev.weir.entitlement.contract.Span;
import dev.weir.entitlement.contract.SubscriptionPart;
import dev.weir.entitlement.contract.SubscriptionPhase;
import dev.weir.ledger.wallet.domain.BudgetTerms;
import dev.weir.ledger.wallet.domain.Entitlements;
import dev.weir.ledger.wallet.domain.SeatLink;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Entitlements by the snapshots at hand. A child that draws on its root's wallets has what its own sources give it and,
 * where they name nothing, what its root has; the root's wallets are made by the root's own entitlements alone.
 */
public final class ViewEntitlements implements Entitlements {
    private final Map<String, CustomerView> views;

    /** The views by customer; customers that are not there are unknown. */
    public ViewEntitlements(Map<String, CustomerView> views) {
        this.views = Map.copyOf(views);
    }

    @Override
    public boolean knows(String customer) {
        return views.containsKey(customer);
    }

    @Override
    public boolean subscribed(String customer, Instant at) {
        return chain(customer).anyMatch(view -> Resolution.subscribed(view.snapshot(), at));
    }

    @Override
    public Optional<ResolvedFeature> feature(String customer, String feature, @Nullable String resource, Instant at) {
        return chain(customer)
                .map(view -> view.feature(feature, resource, at))
                .flatMap(Optional::stream)
                .findFirst();
    }

    @Override
    public List<CreditEntitlement> credits(String root, Instant from, Instant to) {
        CustomerView view = views.get(root);
        return view == null ? List.of() : Resolution.credits(view.snapshot(), view.bodies(), from, to);
    }

    @Override
    public Set<SeatLink> seatLinks(String root) {
        CustomerView view = views.get(root);
        return view == null ? Set.of() : view.seatLinks();
    }

    @Override
    public boolean grantsOnPayment(String root) {
        CustomerView view = views.get(root);
        return view != null && view.grantsOnPayment();
    }

    @Override
    public Optional<BudgetTerms> budget(String customer, UUID subscription, Instant at) {
        return chain(customer)
                .filter(CustomerView::budgeted)
                .flatMap(view -> view.snapshot().subscriptions().stream()
                        .filter(part -> part.id().equals(subscription))
                        .flatMap(part -> BudgetResolution.of(view, part, at).stream()))
                .findFirst();
    }

    @Override
    public List<BudgetTerms> budgets(String customer, Instant at) {
        Map<UUID, BudgetTerms> found = new LinkedHashMap<>();
        chain(customer)
                .filter(CustomerView::budgeted)
                .flatMap(view -> view.snapshot().subscriptions().stream()
                        .flatMap(part -> BudgetResolution.of(view, part, at).stream()))
                .forEach(terms -> found.putIfAbsent(terms.id(), terms));
        return List.copyOf(found.values());
    }

    @Override
    public Optional<CreditLimit> creditLimit(String root, String unit, Instant at) {
        CustomerView view = views.get(root);
        return view == null ? Optional.empty() : Resolution.creditLimit(view.snapshot(), view.bodies(), unit, at);
    }

    @Override
    public Optional<Instant> nextPhase(String root, Instant after) {
        CustomerView view = views.get(root);
        if (view == null) {
            return Optional.empty();
        }
        Stream<Instant> phases = view.snapshot().subscriptions().stream()
                .flatMap(subscription -> subscription.phases().stream())
                .flatMap(phase -> Stream.concat(Stream.of(phase.from()), Stream.ofNullable(phase.to())));
        Stream<Instant> allowances = view.snapshot().allowances().stream()
                .flatMap(allowance -> Stream.concat(Stream.of(allowance.from()), Stream.ofNullable(allowance.to())));
        Stream<Instant> credits = view.snapshot().credits().stream().map(CreditPart::from);
        return Stream.concat(Stream.concat(phases, allowances), credits)
                .filter(instant -> instant.isAfter(after))
                .min(Comparator.naturalOrder());
    }

    @Override
    public Span window(String customer, String feature, @Nullable String resource, Instant at) {
        CustomerView own = views.get(customer);
        if (own == null) {
            Instant hour =
                    at.atZone(ZoneOffset.UTC).truncatedTo(ChronoUnit.HOURS).toInstant();
            return new Span(hour, hour.plus(1, ChronoUnit.HOURS));
        }
        return chain(customer)
                .filter(view -> view.feature(feature, resource, at).isPresent())
                .findFirst()
                .orElse(own)
                .window(feature, resource, at);
    }

    @Override
    public Optional<Instant> resetWithin(String root, ResolvedFeature feature, Instant from, Instant at) {
        CustomerView view = views.get(root);
        if (view == null || feature.subscription() == null) {
            return Optional.empty();
        }
        return view.snapshot().subscriptions().stream()
                .filter(subscription -> subscription.id().equals(feature.subscription()))
                .map(SubscriptionPart::phases)
                .flatMap(List::stream)
                .filter(phase -> phase.usage() == UsageOnChange.RESET)
                .map(SubscriptionPhase::from)
                .filter(start -> start.isAfter(from) && !start.isAfter(at))
                .max(Comparator.naturalOrder());
    }

    private Stream<CustomerView> chain(String customer) {
        CustomerView own = views.get(customer);
        if (own == null) {
            return Stream.empty();
        }
        String root = own.snapshot().root();
        CustomerView owner = root.equals(customer) ? null : views.get(root);
        return Stream.concat(Stream.of(own), Stream.ofNullable(owner));
    }
}
