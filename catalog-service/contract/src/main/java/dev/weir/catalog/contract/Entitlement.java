package dev.weir.catalog.contract;

import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What one source (plan, add-on, promotion, override) gives of one feature.
 *
 * @param limit of a METERED feature, in whole units of the feature (a decimal with at most its scale); null = unlimited
 * @param every ISO 8601 period after which a COUNTING limit resets ("P1M"); null = never (and always for a LEVEL)
 * @param onLimit null = HARD
 * @param overageCap how far a SOFT limit may be exceeded; null = without bound
 * @param then the next leg after the included quantity
 * @param value of a CONFIG feature, as text
 * @param effect for add-ons, promotions and overrides; null = a value of its own (OVERRIDE)
 * @param rates a plan's own rate table for a CREDIT feature; empty = the feature's
 */
public record Entitlement(
        String feature,
        @Nullable BigDecimal limit,
        @Nullable String every,
        @Nullable OnLimit onLimit,
        @Nullable BigDecimal overageCap,
        @Nullable Then then,
        @Nullable String value,
        @Nullable Effect effect,
        UsageOnChange onChange,
        List<RateRule> rates) {
    public Entitlement {
        Objects.requireNonNull(feature, "feature");
        onChange = onChange == null ? UsageOnChange.KEEP : onChange;
        rates = rates == null ? List.of() : List.copyOf(rates);
    }

    /** A feature given whole: a BOOLEAN that is on, a METERED feature without limit, a CREDIT feature by its own rates. */
    public static Entitlement whole(String feature) {
        return new Entitlement(feature, null, null, null, null, null, null, null, UsageOnChange.KEEP, List.of());
    }
}
