package dev.weir.catalog.diff.domain;

import dev.weir.catalog.offer.domain.Pace;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Collects the effects of one change. Used by one thread. */
final class Effects {

    private final List<Effect> effects = new ArrayList<>();

    void add(String place, Generosity generosity, String detail) {
        effects.add(new Effect(place, generosity, detail));
    }

    /** Something that customers did not have, or no longer have, and would rather have. */
    void gainedOrLost(String place, boolean before, boolean after, String what) {
        if (before != after) {
            add(place, after ? Generosity.MORE : Generosity.LESS, what + (after ? " is added" : " is taken away"));
        }
    }

    /** Something of which more is better for customers; null stands for no bound where {@code boundless} says so. */
    void amount(
            String place,
            String what,
            @Nullable BigDecimal before,
            @Nullable BigDecimal after,
            Function<@Nullable BigDecimal, String> words) {
        int order = Pace.upTo(after, before);
        if (order != 0) {
            add(place, Generosity.of(order), becomes(what, words.apply(before), words.apply(after)));
        }
    }

    /** Something of which it can only be said that it is different. */
    void different(String place, String what, @Nullable Object before, @Nullable Object after) {
        if (!Objects.equals(before, after)) {
            add(place, Generosity.NEUTRAL, becomes(what, Words.of(before), Words.of(after)));
        }
    }

    List<Effect> list() {
        return List.copyOf(effects);
    }

    static String becomes(String what, String before, String after) {
        return what + ": " + before + " becomes " + after;
    }
}
