package dev.weir.catalog.diff.domain;

import dev.weir.catalog.contract.CreditGrant;
import dev.weir.catalog.contract.GrantOn;
import dev.weir.catalog.contract.Money;
import dev.weir.catalog.contract.PerSeat;
import dev.weir.catalog.contract.Rollover;
import dev.weir.catalog.offer.domain.Pace;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Compares the credit that two versions give. */
final class GrantComparison {

    private GrantComparison() {}

    /** @param owner where the grants stand: empty for a plan's or add-on's own, {@code trial.} for a trial's */
    static void compare(String owner, List<CreditGrant> before, List<CreditGrant> after, Effects effects) {
        Map<String, CreditGrant> was = byKey(before);
        Map<String, CreditGrant> is = byKey(after);
        TreeSet<String> keys = new TreeSet<>(was.keySet());
        keys.addAll(is.keySet());
        for (String key : keys) {
            CreditGrant old = was.get(key);
            CreditGrant now = is.get(key);
            String place = owner + "credits." + key;
            if (old != null && now != null) {
                both(place, old, now, effects);
            } else {
                CreditGrant one = Objects.requireNonNull(now == null ? old : now, "one of the two is there");
                effects.gainedOrLost(place, old != null, now != null, "the credit " + key + " (" + words(one) + ")");
            }
        }
    }

    private static void both(String place, CreditGrant old, CreditGrant now, Effects effects) {
        String key = "the credit " + now.key();
        if (!old.unit().equals(now.unit())) {
            effects.different(place + ".unit", key + " is of", old.unit(), now.unit());
            return;
        }
        if (old.amount().compareTo(now.amount()) != 0 || !Objects.equals(old.every(), now.every())) {
            effects.add(
                    place + ".amount",
                    Generosity.of(Pace.compare(now.amount(), now.every(), old.amount(), old.every())),
                    Effects.becomes(key, words(old), words(now)));
        }
        perSeat(place + ".perSeat", key, old.perSeat(), now.perSeat(), effects);
        if (!Objects.equals(old.expiresAfter(), now.expiresAfter())) {
            effects.add(
                    place + ".expiresAfter",
                    Generosity.of(Pace.upTo(life(now), life(old))),
                    Effects.becomes(key + " lives", lives(old), lives(now)));
        }
        rollover(place + ".rollover", key, old.rollover(), now.rollover(), effects);
        if (old.grantOn() != now.grantOn()) {
            effects.add(
                    place + ".grantOn",
                    now.grantOn() == GrantOn.PERIOD_START ? Generosity.MORE : Generosity.LESS,
                    Effects.becomes(key + " opens on", Words.of(old.grantOn()), Words.of(now.grantOn())));
        }
        price(place + ".price", key, old.price(), now.price(), effects);
        effects.different(place + ".category", key + " is", old.category(), now.category());
        effects.different(place + ".priority", key + " burns at", old.priority(), now.priority());
    }

    private static void perSeat(
            String place, String key, @Nullable PerSeat before, @Nullable PerSeat after, Effects effects) {
        if (before == null || after == null) {
            effects.gainedOrLost(place, before != null, after != null, key + " for each seat");
        } else {
            effects.amount(place, key + " for each seat", before.amount(), after.amount(), Words::of);
        }
    }

    private static void rollover(
            String place, String key, @Nullable Rollover before, @Nullable Rollover after, Effects effects) {
        if (before == null || after == null) {
            effects.gainedOrLost(place, before != null, after != null, key + " rolling over");
            return;
        }
        effects.amount(place + ".max", key + " rolls over", before.max(), after.max(), Words::bound);
        int order = Pace.seconds(after.duration()).compareTo(Pace.seconds(before.duration()));
        if (order != 0) {
            effects.add(
                    place + ".for",
                    Generosity.of(order),
                    Effects.becomes(key + " rolls over for", before.duration(), after.duration()));
        }
    }

    private static void price(
            String place, String key, @Nullable Money before, @Nullable Money after, Effects effects) {
        if (Objects.equals(before, after)) {
            return;
        }
        boolean comparable =
                before != null && after != null && before.currency().equals(after.currency());
        Generosity generosity = comparable
                ? Generosity.of(Objects.requireNonNull(before)
                        .amount()
                        .compareTo(Objects.requireNonNull(after).amount()))
                : before == null ? Generosity.LESS : after == null ? Generosity.MORE : Generosity.NEUTRAL;
        effects.add(place, generosity, Effects.becomes(key + " costs", words(before), words(after)));
    }

    private static @Nullable BigDecimal life(CreditGrant grant) {
        String end = grant.expiresAfter() == null ? grant.every() : grant.expiresAfter();
        return end == null ? null : Pace.seconds(end);
    }

    private static String lives(CreditGrant grant) {
        String end = grant.expiresAfter();
        return end != null ? end : grant.every() != null ? "its period" : "on";
    }

    private static String words(CreditGrant grant) {
        PerSeat perSeat = grant.perSeat();
        String seats = perSeat == null ? "" : ", " + Words.of(perSeat.amount()) + " for each of " + perSeat.feature();
        return Words.of(grant.amount()) + " " + grant.unit() + Words.every(grant.every()) + seats;
    }

    private static String words(@Nullable Money money) {
        return money == null ? "nothing" : Words.of(money.amount()) + " " + money.currency();
    }

    private static Map<String, CreditGrant> byKey(List<CreditGrant> grants) {
        return grants.stream().collect(Collectors.toMap(CreditGrant::key, Function.identity()));
    }
}
