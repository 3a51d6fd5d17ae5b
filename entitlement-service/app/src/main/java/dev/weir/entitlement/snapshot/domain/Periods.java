package dev.weir.entitlement.snapshot.domain;

import dev.weir.catalog.contract.CreditGrant;
import dev.weir.catalog.contract.Entitlement;
import dev.weir.catalog.contract.PlanVersion;
import dev.weir.entitlement.contract.AddonPart;
import dev.weir.entitlement.contract.Bodies;
import dev.weir.entitlement.contract.SubscriptionPhase;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/** How often what a phase gives begins anew. */
final class Periods {
    private Periods() {}

    /** Every length of a period of a limit or a credit grant in a phase. */
    static Set<String> of(SubscriptionPhase phase, Bodies bodies) {
        Set<String> periods = new HashSet<>();
        add(periods, bodies.plan(phase.planHash()));
        if (phase.trialPlanHash() != null) {
            add(periods, bodies.plan(phase.trialPlanHash()));
        }
        for (AddonPart addon : phase.addons()) {
            var body = bodies.addon(addon.addonHash());
            Stream.concat(
                            body.entitlements().values().stream().map(Entitlement::every),
                            body.credits().stream().map(CreditGrant::every))
                    .filter(Objects::nonNull)
                    .forEach(periods::add);
        }
        return periods;
    }

    private static void add(Set<String> periods, PlanVersion plan) {
        Stream.concat(
                        plan.layers().stream()
                                .flatMap(layer -> layer.entitlements().values().stream())
                                .map(Entitlement::every),
                        plan.credits().stream().map(CreditGrant::every))
                .filter(Objects::nonNull)
                .forEach(periods::add);
    }
}
