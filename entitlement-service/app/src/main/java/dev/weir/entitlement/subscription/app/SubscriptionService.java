package dev.weir.entitlement.subscription.app;

import dev.weir.catalog.contract.Coupon;
import dev.weir.catalog.contract.PlanVersion;
import dev.weir.catalog.contract.Trial;
import dev.weir.entitlement.catalog.app.CatalogReadModel;
import dev.weir.entitlement.contract.Recurrence;
import dev.weir.entitlement.contract.RedeemedCoupon;
import dev.weir.entitlement.contract.Span;
import dev.weir.entitlement.resource.persistence.PlaceTable;
import dev.weir.entitlement.snapshot.app.CustomerWrites;
import dev.weir.entitlement.snapshot.app.CustomerWrites.Change;
import dev.weir.entitlement.snapshot.app.CustomerWrites.Locked;
import dev.weir.entitlement.snapshot.app.Snapshots;
import dev.weir.entitlement.snapshot.app.Written;
import dev.weir.entitlement.subscription.domain.BillingPeriod;
import dev.weir.entitlement.subscription.domain.EndReason;
import dev.weir.entitlement.subscription.domain.HeldAddon;
import dev.weir.entitlement.subscription.domain.Phase;
import dev.weir.entitlement.subscription.domain.PlanPin;
import dev.weir.entitlement.subscription.domain.Subscription;
import dev.weir.entitlement.subscription.domain.Timeline;
import dev.weir.entitlement.subscription.persistence.SubscriptionTables;
import dev.weir.platform.kernel.Ids;
import dev.weir.platform.kernel.Problem;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes and shows subscriptions. */
@Singleton
public class SubscriptionService {
    private final SubscriptionTables tables;
    private final CustomerWrites writes;
    private final Snapshots snapshots;
    private final Offers offers;
    private final CatalogReadModel catalog;
    private final Coupons coupons;
    private final PlaceTable places;

    SubscriptionService(
            SubscriptionTables tables,
            CustomerWrites writes,
            Snapshots snapshots,
            Offers offers,
            CatalogReadModel catalog,
            Coupons coupons,
            PlaceTable places) {
        this.tables = tables;
        this.writes = writes;
        this.snapshots = snapshots;
        this.offers = offers;
        this.catalog = catalog;
        this.coupons = coupons;
        this.places = places;
    }

    /**
     * Makes a subscription. 409 SUBSCRIPTION_EXISTS if the customer has one of the product (and resource) at any time of it;
     * 409 TRIAL_USED, 422 NO_TRIAL.
     */
    public Written<SubscriptionView> create(CreateSubscription wish) {
        Offers.Offer offer = offers.await(wish.plan(), wish.version(), wish.addons());
        PlanVersion plan = Objects.requireNonNull(offer.plan());
        Coupon coupon = coupons.await(wish.coupon());
        return writes.write(wish.customer(), locked -> {
            Subscription made = redeemed(make(wish, plan, offer, locked), coupon, plan, locked.now());
            requireFree(made);
            if (wish.trial() && !tables.useTrial(made.customer(), made.product(), made.id())) {
                throw Problem.conflict("TRIAL_USED", "the customer has had its trial of " + made.product());
            }
            Instant from = made.timeline().phases().getFirst().from();
            if (made.resource() != null) {
                places.know(made.customer(), made.resource(), locked.now());
            }
            tables.insert(made, new SubscriptionTables.Entry("CREATED", from, locked.now(), wish.author()));
            return Change.made(view(made, locked.zone(), locked.now()));
        });
    }

    private Subscription redeemed(Subscription made, @Nullable Coupon coupon, PlanVersion plan, Instant now) {
        if (coupon == null) {
            return made;
        }
        RedeemedCoupon redeemed = coupons.redeem(coupon, plan, made.customer(), made.id(), now);
        return made.with(new Timeline(made.timeline().phases().stream()
                .map(phase -> phase.with(redeemed))
                .toList()));
    }

    private Subscription make(CreateSubscription wish, PlanVersion plan, Offers.Offer offer, Locked locked) {
        List<HeldAddon> addons = offers.addons(plan, wish.addons(), offer, List.of());
        Instant start = wish.start() == null ? locked.now() : wish.start();
        Timeline timeline = wish.trial()
                ? trial(plan, offer, addons, start, locked.zone())
                : new Timeline(List.of(Phase.active(start, null, offer.pin(plan), null, addons)));
        if (wish.end() != null) {
            timeline = bounded(timeline, wish.end());
        }
        Phase first = timeline.phases().getFirst();
        // What is paid begins after the trial, and so do its periods.
        Instant paidFrom = first.trial() == null ? start : Objects.requireNonNull(first.to());
        return new Subscription(
                Ids.next(),
                wish.customer(),
                plan.product(),
                wish.resource(),
                wish.anchor().instant(paidFrom, locked.zone()),
                offer.pin(plan),
                locked.now(),
                timeline);
    }

    private static Timeline bounded(Timeline timeline, Instant end) {
        Phase last = timeline.phases().getLast();
        if (!last.from().isBefore(end)) {
            throw Problem.badRequest("INVALID_VALUE", "end must lie after start, and after the trial")
                    .error("end", "INVALID_VALUE", "must lie after start, and after the trial");
        }
        boolean endsBefore = last.to() != null && !last.to().isAfter(end);
        return endsBefore ? timeline : timeline.endingAt(end);
    }

    private Timeline trial(PlanVersion plan, Offers.Offer offer, List<HeldAddon> addons, Instant start, ZoneId zone) {
        Trial trial = plan.trial();
        if (trial == null) {
            throw Problem.unprocessable("NO_TRIAL", "the plan " + plan.plan() + " offers no trial")
                    .error("trial", "NO_TRIAL", "is not offered by " + plan.plan());
        }
        PlanPin own = offer.pin(plan);
        PlanPin tried = trial.planHash() == null ? own : offer.pin(catalog.plan(trial.planHash()));
        Instant end = new Recurrence(start, trial.duration(), zone).number(0).to();
        Phase trying = Phase.active(start, end, own, tried, addons);
        return switch (trial.atEnd()) {
            case CONVERT -> new Timeline(List.of(trying, Phase.active(end, null, own, null, addons)));
            case DOWNGRADE -> {
                PlanPin down = offer.pin(offers.inForce(Objects.requireNonNull(trial.downgradeTo(), "downgradeTo")));
                yield new Timeline(List.of(trying, Phase.active(end, null, down, null, List.of())));
            }
            case CANCEL -> new Timeline(List.of(trying.until(end, EndReason.TRIAL_OVER)));
        };
    }

    /** Refuses a subscription that would stand beside another of its product and resource. */
    void requireFree(Subscription made) {
        if (made.timeline().phases().isEmpty()) {
            return;
        }
        Instant from = made.timeline().phases().getFirst().from();
        for (Subscription other : tables.all(List.of(made.customer()))) {
            if (!other.id().equals(made.id())
                    && other.product().equals(made.product())
                    && Objects.equals(other.resource(), made.resource())
                    && other.timeline().overlaps(from, made.timeline().end())) {
                throw Problem.conflict(
                                "SUBSCRIPTION_EXISTS",
                                "the customer has the subscription " + other.id() + " of " + made.product()
                                        + " already")
                        .with("subscription", other.id());
            }
        }
    }

    /** One subscription of a customer; 404 if there is none. */
    public SubscriptionView get(String customer, UUID id) {
        ZoneId zone = snapshots.zone(snapshots.head(customer));
        return view(find(customer, id), zone, writes.now());
    }

    /** A customer's subscriptions by id; those of one resource, if it is given. */
    public List<SubscriptionView> list(String customer, @Nullable String resource, @Nullable UUID after, int limit) {
        ZoneId zone = snapshots.zone(snapshots.head(customer));
        Instant now = writes.now();
        return tables.list(customer, resource, after, limit).stream()
                .map(subscription -> view(subscription, zone, now))
                .toList();
    }

    Subscription find(String customer, UUID id) {
        return tables.find(customer, id)
                .orElseThrow(() -> Problem.notFound(
                        "UNKNOWN_SUBSCRIPTION", "the customer " + customer + " has no subscription " + id));
    }

    SubscriptionView view(Subscription subscription, ZoneId zone, Instant now) {
        return new SubscriptionView(
                subscription, subscription.timeline().status(now), period(subscription, zone, now), now);
    }

    @Nullable
    Span period(Subscription subscription, ZoneId zone, Instant now) {
        return subscription
                .timeline()
                .telling(now)
                .flatMap(phase ->
                        BillingPeriod.at(subscription, catalog.plan(phase.plan().hash()), zone, now))
                .orElse(null);
    }
}
