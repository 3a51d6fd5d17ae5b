package dev.weir.entitlement.allowance.domain;

import dev.weir.catalog.contract.CreditUnit;
import dev.weir.catalog.contract.Effect;
import dev.weir.catalog.contract.Entitlement;
import dev.weir.catalog.contract.FeatureDefinition;
import dev.weir.catalog.contract.FeatureType;
import dev.weir.catalog.contract.MeteringMode;
import dev.weir.catalog.contract.OnLimit;
import dev.weir.catalog.contract.Then;
import dev.weir.catalog.contract.UsageOnChange;
import dev.weir.entitlement.contract.Recurrence;
import dev.weir.entitlement.input.domain.Faults;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a promotion or override is asked to give, in the words of the catalog.
 *
 * @param limit null = unlimited, for a METERED feature
 * @param every null = as the customer's limit of that feature resets now; if there is none, never
 */
public record Grant(
        @Nullable BigDecimal limit,
        @Nullable String every,
        @Nullable OnLimit onLimit,
        @Nullable BigDecimal overageCap,
        @Nullable Then then,
        @Nullable String value,
        @Nullable Effect effect) {
    private static final String AT = "entitlement.";

    /**
     * The entitlement to a feature; what does not fit the feature is noted.
     *
     * @param current how the customer's limit of the feature resets now; null = it has none, or it never does
     * @param limited whether the customer has a limit of the feature now
     */
    public Entitlement fit(
            FeatureDefinition feature,
            Map<String, CreditUnit> units,
            @Nullable String current,
            boolean limited,
            Faults faults) {
        String period = every;
        switch (feature.type()) {
            case METERED -> period = metered(feature, units, current, limited, faults);
            case CONFIG -> config(feature, faults);
            case CREDIT -> {
                unfit(limit, "limit", feature, faults);
                unfit(every, "every", feature, faults);
                unfit(value, "value", feature, faults);
                cap(feature, 9, faults);
                next(units, faults);
            }
            case BOOLEAN -> {
                uncounted(feature, faults);
                unfit(value, "value", feature, faults);
            }
        }
        if (effect == Effect.INCREMENT && (feature.type() != FeatureType.METERED || limit == null)) {
            faults.add(AT + "effect", "INVALID_VALUE", "only a limit of a METERED feature can be incremented");
        }
        return new Entitlement(
                feature.key(), limit, period, onLimit, overageCap, then, value, effect, UsageOnChange.KEEP, List.of());
    }

    private @Nullable String metered(
            FeatureDefinition feature,
            Map<String, CreditUnit> units,
            @Nullable String current,
            boolean limited,
            Faults faults) {
        quantity("limit", limit, feature.scale(), faults);
        cap(feature, feature.scale(), faults);
        next(units, faults);
        unfit(value, "value", feature, faults);
        if (feature.mode() == MeteringMode.LEVEL) {
            unfit(every, "every", feature, faults);
            return null;
        }
        if (every == null) {
            return limit == null ? null : current;
        }
        try {
            Recurrence.seconds(every);
            boolean raises = effect == Effect.INCREMENT && limited;
            if (raises && !Recurrence.alike(current, every)) {
                faults.add(
                        AT + "every",
                        "INCREMENT_PERIOD_MISMATCH",
                        "must be that of the limit that it raises: " + (current == null ? "none" : current));
            }
        } catch (IllegalArgumentException unreadable) {
            faults.add(AT + "every", "INVALID_VALUE", "must be an ISO 8601 period such as P1M");
        }
        return every;
    }

    private void config(FeatureDefinition feature, Faults faults) {
        uncounted(feature, faults);
        if (value == null) {
            faults.required(AT + "value");
            return;
        }
        if (feature.valueType() == null) {
            return;
        }
        switch (feature.valueType()) {
            case NUMBER -> {
                if (!value.matches("-?[0-9]{1,18}(\\.[0-9]{1,18})?")) {
                    faults.add(AT + "value", "INVALID_VALUE", "must be a number");
                }
            }
            case ENUM -> {
                if (!feature.values().contains(value)) {
                    faults.add(AT + "value", "INVALID_VALUE", "must be one of " + feature.values());
                }
            }
            case TEXT -> faults.text(AT + "value", value);
        }
    }

    private void uncounted(FeatureDefinition feature, Faults faults) {
        unfit(limit, "limit", feature, faults);
        unfit(every, "every", feature, faults);
        unfit(onLimit, "onLimit", feature, faults);
        unfit(overageCap, "overageCap", feature, faults);
        unfit(then, "then", feature, faults);
    }

    private void cap(FeatureDefinition feature, int scale, Faults faults) {
        quantity("overageCap", overageCap, scale, faults);
        if (overageCap != null && onLimit != OnLimit.SOFT) {
            faults.add(AT + "overageCap", "INVALID_VALUE", "bounds a SOFT limit only, of " + feature.key());
        }
    }

    private void next(Map<String, CreditUnit> units, Faults faults) {
        if (then == null) {
            return;
        }
        CreditUnit unit = units.get(then.unit());
        if (unit == null) {
            faults.add(AT + "then.unit", "UNKNOWN_UNIT", "is no credit unit of the catalog");
        } else {
            quantity("then.per", then.per(), unit.scale(), faults);
        }
    }

    private static void quantity(String field, @Nullable BigDecimal amount, int scale, Faults faults) {
        if (amount == null) {
            return;
        }
        if (amount.signum() < 0) {
            faults.add(AT + field, "INVALID_QUANTITY", "must not be negative");
        } else if (amount.stripTrailingZeros().scale() > scale) {
            faults.add(AT + field, "INVALID_QUANTITY", "must have at most " + scale + " decimals");
        } else if (amount.precision() - amount.scale() > 18 - scale) {
            faults.add(AT + field, "INVALID_QUANTITY", "is too large");
        }
    }

    private static void unfit(@Nullable Object given, String field, FeatureDefinition feature, Faults faults) {
        if (given != null) {
            String what = feature.mode() == MeteringMode.LEVEL ? "a LEVEL" : "a " + feature.type() + " feature";
            faults.add(AT + field, "INVALID_VALUE", "does not go with " + what);
        }
    }
}
