package dev.weir.gateway.engine;

import dev.weir.catalog.contract.FeatureDefinition;
import dev.weir.catalog.contract.FeatureType;
import dev.weir.catalog.contract.Then;
import dev.weir.entitlement.contract.ExplainedSource;
import dev.weir.entitlement.contract.Recurrence;
import dev.weir.entitlement.contract.Resolution;
import dev.weir.entitlement.contract.ResolvedFeature;
import dev.weir.entitlement.contract.SubscriptionPart;
import dev.weir.platform.kernel.Problem;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a customer has, told from the same view and by the same rules as a check decides. */
public final class Entitlements {
    private static final String BILLING_MONTH = "P1M";

    private Entitlements() {}

    /**
     * Every feature that a source names.
     *
     * @param asOf null = now; else the view must be the customer's whole timeline
     */
    public static CustomerEntitlements all(
            CustomerView view, @Nullable String resource, @Nullable Instant asOf, Instant now, boolean stale) {
        Instant at = asOf == null ? view.notBefore(now) : asOf;
        Map<String, ResolvedFeature> resolved =
                new TreeMap<>(Resolution.all(view.snapshot(), view.bodies(), resource, at));
        List<EntitlementState> items = new ArrayList<>();
        resolved.values().forEach(feature -> items.add(state(view, feature, at, asOf == null, false, stale)));
        List<WalletView> wallets = asOf == null
                ? new Answer(view, "", at).allCreditWallets().allow().wallets()
                : List.of();
        return new CustomerEntitlements(
                view.snapshot().customer(),
                view.subscribed(at),
                items,
                null,
                wallets,
                view.snapshot().version(),
                at,
                stale);
    }

    /**
     * One feature; not granted if the catalog has it and no source gives it.
     *
     * @param asOf null = now; else the view must be the customer's whole timeline
     * @param explain whether to list the sources
     * @throws Problem 404 UNKNOWN_FEATURE
     */
    public static EntitlementState one(
            CustomerView view,
            String feature,
            @Nullable String resource,
            @Nullable Instant asOf,
            boolean explain,
            Instant now,
            boolean stale) {
        Instant at = asOf == null ? view.notBefore(now) : asOf;
        Optional<ResolvedFeature> resolved = Resolution.feature(view.snapshot(), view.bodies(), feature, resource, at);
        if (resolved.isPresent()) {
            return state(view, resolved.get(), at, asOf == null, explain, stale);
        }
        FeatureDefinition definition = view.catalogFeature(feature);
        if (definition == null) {
            throw Problem.notFound("UNKNOWN_FEATURE", "there is no feature " + feature);
        }
        return new EntitlementState(
                feature,
                definition.type(),
                false,
                false,
                null,
                null,
                null,
                null,
                List.of(),
                null,
                view.snapshot().version(),
                at,
                stale,
                explain ? List.of() : null);
    }

    /**
     * Since when the usage of an unlimited feature counts, which no wallet knows: the start of its period; where it never
     * resets, that of the month of its subscription. Empty where a wallet counts, or nothing.
     */
    public static Optional<Instant> countedSince(
            CustomerView view, String feature, @Nullable String resource, Instant now) {
        Instant at = view.notBefore(now);
        return Resolution.feature(view.snapshot(), view.bodies(), feature, resource, at)
                .filter(ResolvedFeature::unlimited)
                .map(resolved -> period(view, resolved).at(at).from());
    }

    private static Recurrence period(CustomerView view, ResolvedFeature resolved) {
        Recurrence own = resolved.recurrence();
        if (own != null) {
            return own;
        }
        Instant anchor = view.snapshot().subscriptions().stream()
                .filter(subscription -> subscription.id().equals(resolved.subscription()))
                .map(SubscriptionPart::anchor)
                .findFirst()
                .orElse(view.snapshot().createdAt());
        return new Recurrence(anchor, BILLING_MONTH, ZoneId.of(view.snapshot().timeZone()));
    }

    private static EntitlementState state(
            CustomerView view, ResolvedFeature resolved, Instant at, boolean present, boolean explain, boolean stale) {
        Decision told = tell(view, resolved, at);
        List<ExplainedSource> sources = explain ? resolved.sources() : null;
        return new EntitlementState(
                resolved.feature(),
                resolved.definition().type(),
                resolved.granted(),
                resolved.revoked(),
                resolved.granted() ? resolved.value() : null,
                told.limit(),
                present ? told.usage() : null,
                told.resetAt(),
                present ? told.wallets() : List.of(),
                resolved.plan(),
                view.snapshot().version(),
                at,
                stale,
                sources);
    }

    private static Decision tell(CustomerView view, ResolvedFeature resolved, Instant at) {
        Allowance allowance = Allowance.of(resolved, at);
        Answer answer = new Answer(view, resolved.feature(), at).of(allowance);
        FeatureType type = resolved.definition().type();
        if (!resolved.granted()) {
            return answer.allow();
        }
        if (type == FeatureType.METERED) {
            if (allowance.unlimited()) {
                answer.unlimited();
            } else {
                answer.limited(
                        LimitRoom.of(allowance, view.wallets().find(resolved.feature(), allowance.resource()), at));
            }
            Then then = allowance.then();
            if (then != null) {
                answer.wallet(CreditRoom.of(view, then.unit(), allowance, at));
            }
        }
        String unit = resolved.definition().creditUnit();
        if (type == FeatureType.CREDIT && unit != null) {
            CreditRoom room = CreditRoom.of(view, unit, allowance, at);
            answer.credit(room).wallet(room);
        }
        return answer.allow();
    }
}
