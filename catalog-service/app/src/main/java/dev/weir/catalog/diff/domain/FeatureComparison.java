package dev.weir.catalog.diff.domain;

import dev.weir.catalog.contract.Entitlement;
import dev.weir.catalog.contract.FeatureType;
import dev.weir.catalog.contract.OnLimit;
import dev.weir.catalog.contract.RateRule;
import dev.weir.catalog.contract.Then;
import dev.weir.catalog.offer.domain.OfferedFeature;
import dev.weir.catalog.offer.domain.Pace;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Compares what two versions give of each feature, component by component, as resolution ranks them. */
final class FeatureComparison {

    private FeatureComparison() {}

    static void compare(Map<String, OfferedFeature> before, Map<String, OfferedFeature> after, Effects effects) {
        TreeSet<String> keys = new TreeSet<>(before.keySet());
        keys.addAll(after.keySet());
        for (String key : keys) {
            OfferedFeature was = before.get(key);
            OfferedFeature is = after.get(key);
            String place = "entitlements." + key;
            if (was != null && is != null) {
                both(place, key, was, is, effects);
            } else {
                effects.gainedOrLost(place, was != null, is != null, key);
            }
        }
    }

    private static void both(String place, String key, OfferedFeature was, OfferedFeature is, Effects effects) {
        FeatureType type = is.definition().type();
        if (was.definition().type() != type) {
            effects.different(
                    place, key + " is of another type", was.definition().type(), type);
            return;
        }
        switch (type) {
            case BOOLEAN -> {}
            case CONFIG -> config(place, key, was, is, effects);
            case METERED -> metered(place, key, was, is, effects);
            case CREDIT -> {
                effects.different(
                        place + ".creditUnit",
                        key + " spends",
                        was.definition().creditUnit(),
                        is.definition().creditUnit());
                onLimit(place, key, was, is, effects);
                rates(place + ".rates", key, was.rates(), is.rates(), effects);
            }
        }
    }

    private static void config(String place, String key, OfferedFeature was, OfferedFeature is, Effects effects) {
        String before = was.value();
        String after = is.value();
        if (before.equals(after)) {
            return;
        }
        // Where the order itself has changed, neither is the measure of the other.
        boolean sameType = was.definition().valueType() == is.definition().valueType();
        int order = sameType ? Integer.signum(is.order().compare(after, before)) : 0;
        boolean agreed = sameType && order == Integer.signum(was.order().compare(after, before));
        effects.add(
                place + ".value",
                agreed ? Generosity.of(order) : Generosity.NEUTRAL,
                Effects.becomes(key, before, after));
    }

    private static void metered(String place, String key, OfferedFeature was, OfferedFeature is, Effects effects) {
        Entitlement before = was.amount();
        Entitlement after = is.amount();
        if (Pace.upTo(after.limit(), before.limit()) != 0 || !Objects.equals(before.every(), after.every())) {
            effects.add(
                    place + ".limit",
                    Generosity.of(OfferedFeature.compareAmounts(after, before)),
                    Effects.becomes(key, Words.limit(before), Words.limit(after)));
        }
        effects.different(place + ".effect", key + " acts", before.effect(), after.effect());
        onLimit(place, key, was, is, effects);
        if (was.onLimit() == OnLimit.SOFT && is.onLimit() == OnLimit.SOFT) {
            effects.amount(
                    place + ".overageCap", key + " beyond its limit", was.overageCap(), is.overageCap(), Words::bound);
        }
        then(place + ".then", key, was.then(), is.then(), effects);
        effects.different(
                "features." + key + ".meter",
                key + " is counted by another meter",
                was.definition().meter(),
                is.definition().meter());
    }

    private static void onLimit(String place, String key, OfferedFeature was, OfferedFeature is, Effects effects) {
        if (was.onLimit() != is.onLimit()) {
            effects.add(
                    place + ".onLimit",
                    is.onLimit() == OnLimit.SOFT ? Generosity.MORE : Generosity.LESS,
                    Effects.becomes(key + " at its limit", Words.of(was.onLimit()), Words.of(is.onLimit())));
        }
    }

    private static void then(String place, String key, @Nullable Then before, @Nullable Then after, Effects effects) {
        if (before == null || after == null) {
            effects.gainedOrLost(place, before != null, after != null, key + " by credits after its limit");
        } else if (!before.unit().equals(after.unit())) {
            effects.different(place, key + " after its limit spends", before.unit(), after.unit());
        } else {
            cost(place, key + " after its limit", before.per(), after.per(), before.unit(), effects);
        }
    }

    private static void rates(String place, String key, List<RateRule> before, List<RateRule> after, Effects effects) {
        if (before.equals(after)) {
            return;
        }
        boolean alike = before.size() == after.size();
        for (int line = 0; alike && line < before.size(); line++) {
            alike = before.get(line).match().equals(after.get(line).match())
                    && before.get(line)
                            .per()
                            .keySet()
                            .equals(after.get(line).per().keySet());
        }
        if (!alike) {
            effects.add(place, Generosity.MIXED, key + " is priced by other lines: what it costs depends on the call");
            return;
        }
        for (int line = 0; line < before.size(); line++) {
            Map<String, BigDecimal> was = before.get(line).per();
            String where = place + "[" + line + "].per.";
            after.get(line).per().forEach((dimension, is) -> {
                BigDecimal old = Objects.requireNonNull(was.get(dimension), "both lines have the same dimensions");
                cost(where + dimension, key + " by " + dimension, old, is, "credits", effects);
            });
        }
    }

    private static void cost(
            String place, String what, BigDecimal before, BigDecimal after, String unit, Effects effects) {
        int order = before.compareTo(after);
        if (order != 0) {
            effects.add(
                    place,
                    Generosity.of(order),
                    Effects.becomes(what + " costs", Words.of(before) + " " + unit, Words.of(after) + " " + unit));
        }
    }
}
