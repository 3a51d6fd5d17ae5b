package dev.weir.entitlement.subscription.app;

import dev.weir.catalog.contract.AddonVersion;
import dev.weir.catalog.contract.CatalogInForce;
import dev.weir.catalog.contract.Effect;
import dev.weir.catalog.contract.Entitlement;
import dev.weir.catalog.contract.PlanLayer;
import dev.weir.catalog.contract.PlanVersion;
import dev.weir.catalog.contract.Trial;
import dev.weir.entitlement.catalog.app.CatalogReadModel;
import dev.weir.entitlement.contract.Recurrence;
import dev.weir.entitlement.input.domain.Faults;
import dev.weir.entitlement.subscription.domain.HeldAddon;
import dev.weir.entitlement.subscription.domain.Phase;
import dev.weir.entitlement.subscription.domain.PlanPin;
import dev.weir.platform.kernel.Problem;
import dev.weir.platform.servicekit.events.KeyWait;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds what a wish names in the catalog, waiting for what is on its way, and checks what fits together. */
@Singleton
class Offers {

    /** The plan and add-ons that a wish names. */
    record Offer(@Nullable PlanVersion plan, Map<String, AddonVersion> addons, long catalog) {
        /** The pin of a plan that is chosen now. */
        PlanPin pin(PlanVersion chosen) {
            return PlanPin.of(chosen, catalog);
        }
    }

    private final CatalogReadModel catalog;
    private final KeyWait keyWait;

    Offers(CatalogReadModel catalog, KeyWait keyWait) {
        this.catalog = catalog;
        this.keyWait = keyWait;
    }

    /** What is named; 422 UNKNOWN_PLAN or UNKNOWN_ADDON if it does not arrive in time. Called before any lock is taken. */
    Offer await(@Nullable String plan, @Nullable Integer version, List<AddonWish> addons) {
        PlanVersion body = plan == null ? null : awaitPlan(plan, version);
        Map<String, AddonVersion> bodies = new HashMap<>();
        for (AddonWish wish : addons) {
            bodies.put(
                    wish.addon(),
                    keyWait.forValue(() -> catalog.findAddon(wish.addon()))
                            .orElseThrow(() -> Problem.unprocessable(
                                            "UNKNOWN_ADDON", "the catalog in force has no add-on " + wish.addon())
                                    .error("addons", "UNKNOWN_ADDON", "has no add-on " + wish.addon())));
        }
        return new Offer(
                body, bodies, catalog.inForce().map(CatalogInForce::version).orElse(0L));
    }

    private PlanVersion awaitPlan(String plan, @Nullable Integer version) {
        return keyWait.forValue(() -> catalog.findPlan(plan, version).filter(this::trialIsHere))
                .orElseThrow(() -> unknownPlan(version == null ? plan : plan + " version " + version));
    }

    private boolean trialIsHere(PlanVersion body) {
        Trial trial = body.trial();
        return trial == null
                || trial.planHash() == null
                || catalog.findPlanBody(trial.planHash()).isPresent();
    }

    private static Problem unknownPlan(String plan) {
        return Problem.unprocessable("UNKNOWN_PLAN", "the catalog has no plan " + plan)
                .error("plan", "UNKNOWN_PLAN", "is no plan of the catalog");
    }

    /** The plan in force that a trial goes down to. */
    PlanVersion inForce(String plan) {
        return catalog.findPlan(plan, null).orElseThrow(() -> unknownPlan(plan));
    }

    /** A running trial goes on with what the new version lets try; if it offers no trial any more, as it began. */
    @Nullable
    PlanPin trial(Phase phase, PlanPin plan) {
        PlanPin tried = phase.trial();
        if (tried == null || plan.equals(phase.plan())) {
            return tried;
        }
        Trial offered = catalog.plan(plan.hash()).trial();
        if (offered == null) {
            return tried;
        }
        return offered.planHash() == null ? plan : PlanPin.of(catalog.plan(offered.planHash()), plan.catalog());
    }

    /**
     * The add-ons of a wish, which must fit the plan. One that is held already keeps its version.
     */
    List<HeldAddon> addons(PlanVersion plan, List<AddonWish> wishes, Offer offer, List<HeldAddon> held) {
        List<HeldAddon> found = new ArrayList<>();
        for (AddonWish wish : wishes) {
            Optional<HeldAddon> known = held.stream()
                    .filter(addon -> addon.addon().equals(wish.addon()))
                    .findFirst();
            AddonVersion body = known.isPresent()
                    ? catalog.addon(known.get().hash())
                    : offer.addons().get(wish.addon());
            if (body == null) {
                throw new IllegalStateException("the offer lacks the add-on " + wish.addon());
            }
            Long chosen = known.map(HeldAddon::catalog).orElse(known.isPresent() ? null : offer.catalog());
            found.add(new HeldAddon(body.addon(), body.version(), body.hash(), wish.quantity(), chosen));
        }
        check(plan, found);
        return found;
    }

    /** Refuses add-ons that do not fit the plan. */
    void check(PlanVersion plan, List<HeldAddon> addons) {
        Faults faults = new Faults();
        for (int i = 0; i < addons.size(); i++) {
            HeldAddon held = addons.get(i);
            String place = "addons[" + i + "]";
            AddonVersion body = catalog.addon(held.hash());
            boolean listed =
                    body.compatibleWith().isEmpty() || body.compatibleWith().contains(plan.plan());
            if (!body.product().equals(plan.product()) || !listed) {
                faults.add(place, "ADDON_INCOMPATIBLE", held.addon() + " does not go with " + plan.plan());
            }
            mismatch(plan, body)
                    .ifPresent(feature -> faults.add(
                            place,
                            "INCREMENT_PERIOD_MISMATCH",
                            held.addon() + " raises " + feature + ", which resets differently in " + plan.plan()));
            quantity(place, body, held.quantity(), faults);
            for (String other : body.requires()) {
                if (addons.stream().noneMatch(present -> present.addon().equals(other))) {
                    faults.add(place, "ADDON_REQUIRED", held.addon() + " needs the add-on " + other + " beside it");
                }
            }
        }
        faults.refuse(422);
    }

    private static void quantity(String place, AddonVersion body, int quantity, Faults faults) {
        Integer most = body.maxQuantity();
        if (most != null && quantity > most) {
            faults.add(place + ".quantity", "ADDON_QUANTITY_EXCEEDED", "must be at most " + most);
        }
        Integer least = body.minQuantity();
        if (least != null && quantity < least) {
            faults.add(place + ".quantity", "ADDON_QUANTITY_TOO_LOW", "must be at least " + least);
        }
    }

    /** A feature whose increment by the add-on resets differently from every limit that the plan has of it. */
    private static Optional<String> mismatch(PlanVersion plan, AddonVersion addon) {
        return addon.entitlements().values().stream()
                .filter(raise -> raise.effect() == Effect.INCREMENT && raise.limit() != null)
                .filter(raise -> {
                    List<@Nullable String> limits = new ArrayList<>();
                    for (PlanLayer layer : plan.layers()) {
                        Entitlement base = layer.entitlements().get(raise.feature());
                        if (base != null && base.limit() != null) {
                            limits.add(base.every());
                        }
                    }
                    return !limits.isEmpty()
                            && limits.stream().noneMatch(every -> Recurrence.alike(every, raise.every()));
                })
                .map(Entitlement::feature)
                .sorted()
                .findFirst();
    }
}
