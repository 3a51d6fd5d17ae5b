package dev.weir.catalog.document.domain;

import dev.weir.catalog.contract.Effect;
import dev.weir.catalog.contract.Entitlement;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An INCREMENT recurs as what it raises: 5,000 more a month cannot be added to a limit a day. */
final class IncrementRule implements CatalogRule {

    @Override
    public void check(CatalogDraft draft, Faults faults) {
        for (AddonDraft addon : draft.addons().values()) {
            for (Entitlement given : addon.entitlements().values()) {
                if (given.effect() == Effect.INCREMENT && given.limit() != null) {
                    check(draft, faults, addon, given);
                }
            }
        }
    }

    private static void check(CatalogDraft draft, Faults faults, AddonDraft addon, Entitlement given) {
        for (PlanDraft plan : draft.plansOf(addon)) {
            raised(draft, plan, given.feature())
                    .filter(base -> !interval(base.every()).equals(interval(given.every())))
                    .ifPresent(base -> faults.add(
                            addon.place() + ".entitlements." + given.feature() + ".every",
                            "INCREMENT_PERIOD_MISMATCH",
                            "plan " + plan.key() + " gives it " + words(base.every()) + ", this is "
                                    + words(given.every())));
        }
    }

    /** What the plan gives of the feature by itself: the largest by time; empty if nothing or without limit. */
    private static Optional<Entitlement> raised(CatalogDraft draft, PlanDraft plan, String feature) {
        List<Entitlement> given = draft.line(plan).stream()
                .flatMap(each -> Optional.ofNullable(draft.entitlementsOf(each).get(feature)).stream())
                .toList();
        if (given.stream().anyMatch(each -> each.limit() == null)) {
            return Optional.empty();
        }
        return given.stream().max(Comparator.comparing(IncrementRule::perSecond));
    }

    private static BigDecimal perSecond(Entitlement given) {
        BigDecimal limit = given.limit() == null ? BigDecimal.ZERO : given.limit();
        return interval(given.every())
                .map(every -> limit.divide(BigDecimal.valueOf(every.averageSeconds()), MathContext.DECIMAL64))
                .orElse(BigDecimal.ZERO);
    }

    private static Optional<IsoInterval> interval(@Nullable String every) {
        return Optional.ofNullable(every).flatMap(IsoInterval::parse);
    }

    private static String words(@Nullable String every) {
        return every == null ? "once" : "every " + every;
    }
}
