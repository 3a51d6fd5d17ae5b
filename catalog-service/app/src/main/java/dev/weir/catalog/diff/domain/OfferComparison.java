package dev.weir.catalog.diff.domain;

import dev.weir.catalog.contract.AddonVersion;
import dev.weir.catalog.contract.Budget;
import dev.weir.catalog.contract.CreditLimit;
import dev.weir.catalog.contract.OnLimit;
import dev.weir.catalog.contract.PlanVersion;
import dev.weir.catalog.contract.Trial;
import dev.weir.catalog.offer.domain.OfferedFeature;
import dev.weir.catalog.offer.domain.Pace;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Says what becomes more or less generous from one version of a plan or add-on to another. */
public final class OfferComparison {

    private OfferComparison() {}

    /** What is different for a subscription of a plan. */
    public static List<Effect> of(PlanVersion before, PlanVersion after) {
        Effects effects = new Effects();
        effects.different("product", "the product", before.product(), after.product());
        FeatureComparison.compare(OfferedFeature.of(before), OfferedFeature.of(after), effects);
        GrantComparison.compare("", before.credits(), after.credits(), effects);
        creditLimits(before.creditLimits(), after.creditLimits(), effects);
        ChargeComparison.compare(before.charges(), after.charges(), effects);
        trial(before.trial(), after.trial(), effects);
        budget(before.budget(), after.budget(), effects);
        effects.different("visibility", "the plan is", before.shownTo(), after.shownTo());
        return effects.list();
    }

    /** What is different for those who have an add-on or can have it. */
    public static List<Effect> of(AddonVersion before, AddonVersion after) {
        Effects effects = new Effects();
        effects.different("product", "the product", before.product(), after.product());
        FeatureComparison.compare(OfferedFeature.of(before), OfferedFeature.of(after), effects);
        GrantComparison.compare("", before.credits(), after.credits(), effects);
        ChargeComparison.compare(before.charges(), after.charges(), effects);
        compatibility(before.compatibleWith(), after.compatibleWith(), effects);
        demands(before.requires(), after.requires(), effects);
        effects.amount(
                "maxQuantity", "at most", number(before.maxQuantity()), number(after.maxQuantity()), Words::bound);
        int fewer = least(before) - least(after);
        if (fewer != 0) {
            effects.add(
                    "minQuantity",
                    Generosity.of(fewer),
                    Effects.becomes("at least", String.valueOf(least(before)), String.valueOf(least(after))));
        }
        return effects.list();
    }

    /** All effects in one word. */
    public static Generosity summary(List<Effect> effects) {
        return effects.stream().map(Effect::generosity).reduce(Generosity.NEUTRAL, Generosity::and);
    }

    private static void creditLimits(Map<String, CreditLimit> before, Map<String, CreditLimit> after, Effects effects) {
        TreeSet<String> units = new TreeSet<>(before.keySet());
        units.addAll(after.keySet());
        for (String unit : units) {
            CreditLimit old = before.get(unit);
            CreditLimit now = after.get(unit);
            String place = "creditLimits." + unit;
            effects.amount(place + ".overdraft", "overdraft of " + unit, overdraft(old), overdraft(now), Words::of);
            if (old != null && now != null) {
                effects.different(
                        place + ".settle", "overdraft of " + unit + " is settled by", old.settle(), now.settle());
            }
        }
    }

    private static BigDecimal overdraft(@Nullable CreditLimit limit) {
        return limit == null ? BigDecimal.ZERO : limit.overdraft();
    }

    private static void trial(@Nullable Trial before, @Nullable Trial after, Effects effects) {
        if (before == null || after == null) {
            effects.gainedOrLost("trial", before != null, after != null, "the trial");
            return;
        }
        int longer = Pace.seconds(after.duration()).compareTo(Pace.seconds(before.duration()));
        if (longer != 0) {
            effects.add(
                    "trial.for",
                    Generosity.of(longer),
                    Effects.becomes("the trial lasts", before.duration(), after.duration()));
        }
        effects.different("trial.of", "the trial is of", before.plan(), after.plan());
        effects.different("trial.atEnd", "the trial ends with", before.atEnd(), after.atEnd());
        effects.different("trial.downgradeTo", "the trial leads to", before.downgradeTo(), after.downgradeTo());
        if (before.endsWithCredits() != after.endsWithCredits()) {
            effects.add(
                    "trial.untilCreditsUsed",
                    after.endsWithCredits() ? Generosity.LESS : Generosity.MORE,
                    after.endsWithCredits()
                            ? "the trial now also ends when its credits are used up"
                            : "the trial no longer ends when its credits are used up");
        }
        GrantComparison.compare("trial.", before.credits(), after.credits(), effects);
    }

    /** A budget is a cap on what a period may cost: without one, more can be used. */
    private static void budget(@Nullable Budget before, @Nullable Budget after, Effects effects) {
        if (before == null || after == null) {
            if (before != null || after != null) {
                effects.add(
                        "budget",
                        after == null ? Generosity.MORE : Generosity.LESS,
                        Effects.becomes("the budget", words(before), words(after)));
            }
            return;
        }
        boolean sameCurrency = before.currency().equals(after.currency());
        int more = after.amount().compareTo(before.amount());
        if (!sameCurrency || more != 0) {
            effects.add(
                    "budget.amount",
                    sameCurrency ? Generosity.of(more) : Generosity.NEUTRAL,
                    Effects.becomes("the budget", words(before), words(after)));
        }
        if (before.onLimit() != after.onLimit()) {
            effects.add(
                    "budget.onLimit",
                    after.onLimit() == OnLimit.SOFT ? Generosity.MORE : Generosity.LESS,
                    Effects.becomes("the budget is", Words.of(before.onLimit()), Words.of(after.onLimit())));
        }
    }

    private static String words(@Nullable Budget budget) {
        return budget == null ? "none" : Words.of(budget.amount()) + " " + budget.currency();
    }

    /** An empty list stands for every plan of the product. */
    private static void compatibility(List<String> before, List<String> after, Effects effects) {
        if (before.isEmpty() != after.isEmpty()) {
            effects.add(
                    "compatibleWith",
                    after.isEmpty() ? Generosity.MORE : Generosity.LESS,
                    Effects.becomes("goes with", plans(before), plans(after)));
            return;
        }
        lists("compatibleWith", "the plan %s", before, after, effects);
    }

    private static void demands(List<String> before, List<String> after, Effects effects) {
        after.stream()
                .filter(key -> !before.contains(key))
                .forEach(key -> effects.add("requires", Generosity.LESS, key + " is required too"));
        before.stream()
                .filter(key -> !after.contains(key))
                .forEach(key -> effects.add("requires", Generosity.MORE, key + " is no longer required"));
    }

    private static void lists(String place, String what, List<String> before, List<String> after, Effects effects) {
        TreeSet<String> keys = new TreeSet<>(before);
        keys.addAll(after);
        keys.forEach(
                key -> effects.gainedOrLost(place, before.contains(key), after.contains(key), what.formatted(key)));
    }

    private static String plans(List<String> keys) {
        return keys.isEmpty() ? "every plan of the product" : String.join(", ", keys);
    }

    private static @Nullable BigDecimal number(@Nullable Integer number) {
        return number == null ? null : BigDecimal.valueOf(number);
    }

    private static int least(AddonVersion addon) {
        Integer least = addon.minQuantity();
        return least == null ? 1 : least;
    }
}
