package dev.weir.entitlement.subscription.app;

import dev.weir.catalog.contract.Coupon;
import dev.weir.catalog.contract.PlanVersion;
import dev.weir.catalog.contract.UsageOnChange;
import dev.weir.entitlement.catalog.app.CatalogReadModel;
import dev.weir.entitlement.contract.CustomerSnapshot;
import dev.weir.entitlement.contract.RedeemedCoupon;
import dev.weir.entitlement.contract.Span;
import dev.weir.entitlement.snapshot.app.CustomerWrites;
import dev.weir.entitlement.snapshot.app.CustomerWrites.Change;
import dev.weir.entitlement.snapshot.app.CustomerWrites.Locked;
import dev.weir.entitlement.snapshot.app.Snapshots;
import dev.weir.entitlement.snapshot.app.Written;
import dev.weir.entitlement.subscription.domain.HeldAddon;
import dev.weir.entitlement.subscription.domain.Phase;
import dev.weir.entitlement.subscription.domain.PhaseKind;
import dev.weir.entitlement.subscription.domain.Preview;
import dev.weir.entitlement.subscription.domain.Subscription;
import dev.weir.entitlement.subscription.domain.SubscriptionStatus;
import dev.weir.entitlement.subscription.domain.Timeline;
import dev.weir.entitlement.subscription.domain.When;
import dev.weir.entitlement.subscription.persistence.SubscriptionTables;
import dev.weir.platform.kernel.Problem;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Changes subscriptions: each change adds to the timeline, and what it replaces stays on record. */
@Singleton
public class SubscriptionChanges {

    /** Where a timeline goes and when. */
    record Step(Timeline after, Instant at) {}

    interface Move {
        Step of(Subscription subscription, Locked locked);
    }

    private final SubscriptionTables tables;
    private final SubscriptionService service;
    private final CustomerWrites writes;
    private final Snapshots snapshots;
    private final Offers offers;
    private final CatalogReadModel catalog;
    private final Coupons coupons;

    SubscriptionChanges(
            SubscriptionTables tables,
            SubscriptionService service,
            CustomerWrites writes,
            Snapshots snapshots,
            Offers offers,
            CatalogReadModel catalog,
            Coupons coupons) {
        this.tables = tables;
        this.service = service;
        this.writes = writes;
        this.snapshots = snapshots;
        this.offers = offers;
        this.catalog = catalog;
        this.coupons = coupons;
    }

    /** Changes plan, version or add-ons. */
    public Written<SubscriptionView> change(ChangeSubscription wish) {
        Offers.Offer offer = await(wish);
        Coupon coupon = coupons.await(wish.coupon());
        return move(wish.customer(), wish.subscription(), "CHANGED", wish.author(), (subscription, locked) -> {
            Instant at = instant(subscription, wish.when(), locked.zone(), locked.now());
            Timeline after = changed(subscription, wish, offer, at, locked.now());
            RedeemedCoupon redeemed = coupon == null
                    ? null
                    : coupons.redeem(coupon, planAt(after, at), wish.customer(), subscription.id(), at);
            return new Step(withCoupon(after, wish, redeemed, at), at);
        });
    }

    /** What the change would do, without doing it. */
    public Preview preview(ChangeSubscription wish) {
        Offers.Offer offer = await(wish);
        ZoneId zone = snapshots.zone(snapshots.head(wish.customer()));
        Instant now = writes.now();
        Subscription subscription = service.find(wish.customer(), wish.subscription());
        Instant at = instant(subscription, wish.when(), zone, now);
        Coupon coupon = coupons.await(wish.coupon());
        RedeemedCoupon redeemed = coupon == null ? null : new RedeemedCoupon(coupon, at);
        Timeline after = withCoupon(changed(subscription, wish, offer, at, now), wish, redeemed, at);
        CustomerSnapshot snapshot = snapshots.current(wish.customer());
        return Preview.of(snapshot, subscription, after, catalog, at);
    }

    private PlanVersion planAt(Timeline timeline, Instant at) {
        return catalog.plan(
                timeline.at(at).orElseThrow(SubscriptionChanges::ended).plan().hash());
    }

    private static Timeline withCoupon(
            Timeline timeline, ChangeSubscription wish, @Nullable RedeemedCoupon redeemed, Instant at) {
        return redeemed == null && !wish.removeCoupon()
                ? timeline
                : timeline.mappedFrom(
                        at,
                        UsageOnChange.KEEP,
                        phase -> Objects.equals(phase.coupon(), redeemed) ? phase : phase.with(redeemed));
    }

    /** Ends the subscription; one that ends earlier stays as it is. */
    public Written<SubscriptionView> cancel(String customer, UUID id, When when, String author) {
        return move(customer, id, "CANCELED", author, (subscription, locked) -> {
            requireLiving(subscription, locked.now());
            Instant at = instant(subscription, when, locked.zone(), locked.now());
            return new Step(subscription.timeline().canceledAt(at), at);
        });
    }

    /** Suspends what the subscription gives, from now on. */
    public Written<SubscriptionView> pause(String customer, UUID id, String author) {
        return move(customer, id, "PAUSED", author, (subscription, locked) -> {
            SubscriptionStatus status = subscription.timeline().status(locked.now());
            if (status == SubscriptionStatus.PAUSED) {
                return new Step(subscription.timeline(), locked.now());
            }
            if (status != SubscriptionStatus.ACTIVE) {
                throw Problem.conflict("SUBSCRIPTION_NOT_ACTIVE", "the subscription is " + status + ", not ACTIVE");
            }
            return new Step(as(subscription, PhaseKind.PAUSED, locked.now()), locked.now());
        });
    }

    /** Gives again, from now on, what was paused. */
    public Written<SubscriptionView> resume(String customer, UUID id, String author) {
        return move(customer, id, "RESUMED", author, (subscription, locked) -> {
            SubscriptionStatus status = subscription.timeline().status(locked.now());
            if (status == SubscriptionStatus.ACTIVE) {
                return new Step(subscription.timeline(), locked.now());
            }
            if (status != SubscriptionStatus.PAUSED) {
                throw Problem.conflict("SUBSCRIPTION_NOT_PAUSED", "the subscription is " + status + ", not PAUSED");
            }
            return new Step(as(subscription, PhaseKind.ACTIVE, locked.now()), locked.now());
        });
    }

    Written<SubscriptionView> move(String customer, UUID id, String kind, String author, Move move) {
        return writes.write(customer, locked -> {
            Subscription subscription = service.find(customer, id);
            Step step = move.of(subscription, locked);
            if (step.after().equals(subscription.timeline())) {
                return Change.none(service.view(subscription, locked.zone(), locked.now()));
            }
            tables.replace(
                    subscription, step.after(), new SubscriptionTables.Entry(kind, step.at(), locked.now(), author));
            return Change.made(service.view(subscription.with(step.after()), locked.zone(), locked.now()));
        });
    }

    private Offers.Offer await(ChangeSubscription wish) {
        String plan = wish.plan();
        if (plan == null && wish.version() != null) {
            plan = service.find(wish.customer(), wish.subscription())
                    .timeline()
                    .telling(writes.now())
                    .map(phase -> phase.plan().plan())
                    .orElse(null);
        }
        return offers.await(plan, wish.version(), wish.addons() == null ? List.of() : wish.addons());
    }

    private Timeline changed(
            Subscription subscription, ChangeSubscription wish, Offers.Offer offer, Instant at, Instant now) {
        requireLiving(subscription, now);
        Timeline timeline = subscription.timeline();
        Phase here = timeline.at(at).orElseThrow(SubscriptionChanges::ended);
        if (here.kind() == PhaseKind.PAUSED) {
            throw Problem.conflict("SUBSCRIPTION_PAUSED", "a paused subscription must be resumed before it is changed");
        }
        PlanVersion plan = offer.plan() == null ? catalog.plan(here.plan().hash()) : offer.plan();
        if (!plan.product().equals(subscription.product())) {
            throw Problem.unprocessable("PRODUCT_MISMATCH", plan.plan() + " is a plan of another product")
                    .error("plan", "PRODUCT_MISMATCH", "belongs to " + plan.product());
        }
        List<HeldAddon> addons = here.addons();
        if (wish.addons() == null) {
            offers.check(plan, addons);
        } else {
            addons = offers.addons(plan, wish.addons(), offer, here.addons());
        }
        boolean samePlan = plan.hash().equals(here.plan().hash());
        if (!samePlan) {
            return timeline.changedAt(at, offer.pin(plan), addons, wish.usage());
        }
        boolean sameAddons = addons.equals(here.addons());
        if (sameAddons && wish.usage() == UsageOnChange.KEEP) {
            return timeline;
        }
        List<HeldAddon> held = addons;
        return timeline.mappedFrom(at, wish.usage(), phase -> {
            if (sameAddons || phase.addons().equals(held)) {
                return phase;
            }
            offers.check(catalog.plan(phase.plan().hash()), held);
            return phase.with(held);
        });
    }

    private static Timeline as(Subscription subscription, PhaseKind kind, Instant now) {
        return subscription.timeline().mappedFrom(now, UsageOnChange.KEEP, phase -> phase.as(kind));
    }

    /** When the change takes effect; of a subscription that has not begun, at its start. */
    Instant instant(Subscription subscription, When when, ZoneId zone, Instant now) {
        boolean scheduled = subscription.timeline().status(now) == SubscriptionStatus.SCHEDULED;
        return switch (when) {
            case When.Now none ->
                scheduled ? subscription.timeline().phases().getFirst().from() : now;
            case When.PeriodEnd none -> {
                Span period = service.period(subscription, zone, now);
                if (period == null || period.to() == null) {
                    throw ended();
                }
                yield period.to();
            }
            case When.At at -> {
                if (at.instant().isBefore(now)) {
                    throw Problem.badRequest("INVALID_VALUE", "when must not lie in the past")
                            .error("when", "INVALID_VALUE", "must not lie in the past");
                }
                yield at.instant();
            }
        };
    }

    static void requireLiving(Subscription subscription, Instant now) {
        switch (subscription.timeline().status(now)) {
            case CANCELED, ENDED -> throw ended();
            case SCHEDULED, TRIALING, ACTIVE, PAUSED -> {}
        }
    }

    private static Problem ended() {
        return Problem.conflict("SUBSCRIPTION_ENDED", "the subscription has ended by then");
    }
}
