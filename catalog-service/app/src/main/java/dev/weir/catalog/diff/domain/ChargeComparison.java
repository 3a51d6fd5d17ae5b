package dev.weir.catalog.diff.domain;

import dev.weir.catalog.contract.AppliesTo;
import dev.weir.catalog.contract.Charge;
import dev.weir.catalog.contract.LocalPrice;
import dev.weir.catalog.contract.Measure;
import dev.weir.catalog.contract.Price;
import dev.weir.catalog.offer.domain.Pace;
import java.math.BigDecimal;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Compares what two versions cost: every charge, wherever it costs something else. */
final class ChargeComparison {

    private ChargeComparison() {}

    /** A currency and country in which a charge has a price of its own; null stands for everywhere else. */
    private record Market(
            @Nullable String currency, @Nullable String country) {

        String words() {
            String in = currency == null ? "" : " in " + currency;
            return country == null ? in : in + " in " + country;
        }
    }

    static void compare(List<Charge> before, List<Charge> after, Effects effects) {
        Map<String, Charge> was = byKey(before);
        Map<String, Charge> is = byKey(after);
        TreeSet<String> keys = new TreeSet<>(was.keySet());
        keys.addAll(is.keySet());
        for (String key : keys) {
            Charge old = was.get(key);
            Charge now = is.get(key);
            String place = "charges." + key;
            if (old != null && now != null) {
                both(place, key, old, now, effects);
            } else if (now != null) {
                effects.add(place, Generosity.LESS, "the charge " + key + " is added: " + words(now));
            } else if (old != null) {
                effects.add(place, Generosity.MORE, "the charge " + key + " is taken away: " + words(old));
            }
        }
    }

    private static void both(String place, String key, Charge old, Charge now, Effects effects) {
        effects.different(place + ".feature", key + " charges", old.feature(), now.feature());
        effects.different(place + ".billed", key + " is billed", old.billed(), now.billed());
        if (old.appliesTo() != now.appliesTo()) {
            effects.add(
                    place + ".appliesTo",
                    now.appliesTo() == AppliesTo.OVERAGE ? Generosity.MORE : Generosity.LESS,
                    Effects.becomes(key + " applies to", Words.of(old.appliesTo()), Words.of(now.appliesTo())));
        }
        measure(place + ".measure", key, old.measure(), now.measure(), effects);
        Set<Market> markets = new LinkedHashSet<>(List.of(new Market(null, null)));
        List.of(old, now)
                .forEach(charge -> charge.prices()
                        .forEach(local -> markets.add(new Market(local.price().currency(), local.country()))));
        for (Market market : markets) {
            price(place, key, market, old, now, effects);
        }
    }

    private static void measure(
            String place, String key, @Nullable Measure before, @Nullable Measure after, Effects effects) {
        if (before == null || after == null) {
            effects.different(place, key + " measures", before, after);
        } else if (before != after) {
            // The mean of a level is never above its highest.
            effects.add(
                    place,
                    after == Measure.TIME_WEIGHTED ? Generosity.MORE : Generosity.LESS,
                    Effects.becomes(key + " measures", Words.of(before), Words.of(after)));
        }
    }

    private static void price(String place, String key, Market market, Charge old, Charge now, Effects effects) {
        Price before = old.priceFor(market.currency(), market.country());
        Price after = now.priceFor(market.currency(), market.country());
        if (before.equals(after) && Objects.equals(old.every(), now.every())) {
            return;
        }
        String member = market.equals(new Market(null, null)) ? ".price" : ".prices";
        // On something else it costs something else: that depends on how much of each is used.
        PriceComparison.Step step = Objects.equals(old.feature(), now.feature())
                ? step(before, old.every(), after, now.every())
                : new PriceComparison.Step(Generosity.MIXED, null, null);
        effects.add(
                place + member,
                step.generosity(),
                Effects.becomes(
                                key + market.words(),
                                Words.price(before) + Words.every(old.every()),
                                Words.price(after) + Words.every(now.every()))
                        + step.words());
    }

    private static PriceComparison.Step step(
            Price before, @Nullable String everyBefore, Price after, @Nullable String everyAfter) {
        if (!before.currency().equals(after.currency())) {
            return new PriceComparison.Step(Generosity.NEUTRAL, null, null);
        }
        if (!Objects.equals(everyBefore, everyAfter)) {
            // Only a fee recurs, and every fee is FLAT.
            BigDecimal was = Objects.requireNonNull(before.amount(), "a FLAT price has an amount");
            BigDecimal is = Objects.requireNonNull(after.amount(), "a FLAT price has an amount");
            return new PriceComparison.Step(Generosity.of(Pace.compare(was, everyBefore, is, everyAfter)), null, null);
        }
        return PriceComparison.compare(before, after);
    }

    private static String words(Charge charge) {
        String local = charge.prices().isEmpty()
                ? ""
                : " (" + charge.prices().stream().map(ChargeComparison::words).collect(Collectors.joining(", ")) + ")";
        return Words.price(charge.price()) + Words.every(charge.every()) + local;
    }

    private static String words(LocalPrice local) {
        String country = local.country();
        return Words.price(local.price()) + (country == null ? "" : " in " + country);
    }

    private static Map<String, Charge> byKey(List<Charge> charges) {
        return charges.stream().collect(Collectors.toMap(Charge::key, Function.identity()));
    }
}
