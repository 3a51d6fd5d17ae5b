package dev.weir.entitlement.subscription.app;

import dev.weir.catalog.contract.CatalogInForce;
import dev.weir.catalog.contract.PlanVersion;
import dev.weir.entitlement.catalog.app.CatalogReadModel;
import dev.weir.entitlement.contract.CustomerSnapshot;
import dev.weir.entitlement.contract.Span;
import dev.weir.entitlement.subscription.domain.MoveOutcome;
import dev.weir.entitlement.subscription.domain.Phase;
import dev.weir.entitlement.subscription.domain.PlanMove;
import dev.weir.entitlement.subscription.domain.PlanPin;
import dev.weir.entitlement.subscription.domain.Preview;
import dev.weir.entitlement.subscription.domain.Subscription;
import dev.weir.entitlement.subscription.domain.SubscriptionStatus;
import dev.weir.entitlement.subscription.domain.Timeline;
import dev.weir.entitlement.subscription.domain.When;
import dev.weir.platform.kernel.Problem;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/** Works out what moving subscriptions to another plan version does to each of them. */
@Singleton
public class PlanMoves {
    private final SubscriptionService service;
    private final SubscriptionChanges changes;
    private final Offers offers;
    private final CatalogReadModel catalog;

    PlanMoves(SubscriptionService service, SubscriptionChanges changes, Offers offers, CatalogReadModel catalog) {
        this.service = service;
        this.changes = changes;
        this.offers = offers;
        this.catalog = catalog;
    }

    /** The version to move to, null = the one in force; waits for what is on its way. 422 UNKNOWN_PLAN. */
    public PlanVersion target(String plan, @Nullable Integer version) {
        return offers.await(plan, version, java.util.List.of()).plan() instanceof PlanVersion found
                ? found
                : neverEmpty();
    }

    private static PlanVersion neverEmpty() {
        throw new IllegalStateException("a plan that is named is offered or refused");
    }

    /** The pin of a version that is chosen now. */
    public PlanPin pin(PlanVersion version) {
        return PlanPin.of(
                version, catalog.inForce().map(CatalogInForce::version).orElse(0L));
    }

    /** What the move does to a subscription of the customer whose snapshot is given. */
    public MoveOutcome outcome(
            Subscription subscription, CustomerSnapshot snapshot, PlanMove move, ZoneId zone, Instant now) {
        SubscriptionStatus status = subscription.timeline().status(now);
        if (status == SubscriptionStatus.CANCELED || status == SubscriptionStatus.ENDED) {
            return new MoveOutcome.Stays("SUBSCRIPTION_ENDED", "the subscription has ended");
        }
        try {
            Instant at = changes.instant(subscription, notBefore(move.when(), now), zone, now);
            Timeline after = moved(subscription, move, at);
            if (after.equals(subscription.timeline())) {
                return new MoveOutcome.Stays("NOTHING_TO_MOVE", "no phase from then on is of such a version");
            }
            Span period = service.period(subscription, zone, at);
            if (move.allowDrop()
                    || period == null
                    || !period.from().isBefore(at)
                    || !drops(subscription, snapshot, after, at)) {
                return new MoveOutcome.Moves(after, at, false);
            }
            Instant end = period.to();
            if (end == null || subscription.timeline().at(end).isEmpty()) {
                return new MoveOutcome.Stays("SUBSCRIPTION_ENDED", "a limit would drop, and it ends with its period");
            }
            Timeline later = moved(subscription, move, end);
            return later.equals(subscription.timeline())
                    ? new MoveOutcome.Stays("NOTHING_TO_MOVE", "a limit would drop, and it changes by its period's end")
                    : new MoveOutcome.Moves(later, end, true);
        } catch (Problem refused) {
            return new MoveOutcome.Refused(refused.code(), refused.detail());
        }
    }

    /** An instant that has passed while the work waited is now. */
    private static When notBefore(When when, Instant now) {
        return when instanceof When.At at && at.instant().isBefore(now) ? new When.Now() : when;
    }

    private Timeline moved(Subscription subscription, PlanMove move, Instant at) {
        boolean touched = subscription.timeline().phases().stream()
                .filter(phase -> phase.to() == null || phase.to().isAfter(at))
                .anyMatch(move::touches);
        return touched
                ? subscription.timeline().mappedFrom(at, move.usage(), phase -> moved(phase, move))
                : subscription.timeline();
    }

    private Phase moved(Phase phase, PlanMove move) {
        if (!move.touches(phase)) {
            return phase;
        }
        offers.check(catalog.plan(move.target().hash()), phase.addons());
        return phase.pinnedTo(move.target(), offers.trial(phase, move.target()), phase.addons());
    }

    private boolean drops(Subscription subscription, CustomerSnapshot snapshot, Timeline after, Instant at) {
        return Preview.of(snapshot, subscription, after, catalog, at).lost().stream()
                .anyMatch(item -> item.kind() == Preview.Item.Kind.FEATURE
                        && item.before() != null
                        && item.before().isCounted());
    }
}
