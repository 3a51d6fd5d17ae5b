package dev.weir.entitlement.subscription.domain;

import dev.weir.catalog.contract.Better;
import dev.weir.catalog.contract.ConfigValueType;
import dev.weir.catalog.contract.FeatureDefinition;
import dev.weir.catalog.contract.FeatureType;
import dev.weir.catalog.contract.OnLimit;
import dev.weir.entitlement.contract.Recurrence;
import dev.weir.entitlement.contract.ResolvedFeature;
import java.math.BigDecimal;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a customer gets of a feature or a credit grant.
 *
 * @param limit the amount; null = unlimited, or not counted
 * @param every null = never resets
 */
public record Gift(
        @Nullable BigDecimal limit,
        boolean unlimited,
        @Nullable String every,
        @Nullable OnLimit onLimit,
        @Nullable String value) {

    static @Nullable Gift of(@Nullable ResolvedFeature feature) {
        if (feature == null || !feature.granted()) {
            return null;
        }
        Recurrence recurrence = feature.recurrence();
        FeatureType type = feature.definition().type();
        boolean counted = type == FeatureType.METERED || type == FeatureType.CREDIT;
        return new Gift(
                feature.limit(),
                feature.unlimited(),
                recurrence == null ? null : recurrence.every(),
                counted ? feature.onLimit() : null,
                feature.value());
    }

    /** Whether it counts what is used. */
    public boolean isCounted() {
        return unlimited || limit != null;
    }

    static Gift credits(BigDecimal amount, @Nullable String every) {
        return new Gift(amount, false, every, null, null);
    }

    Gift plus(Gift other) {
        return new Gift(
                Objects.requireNonNull(limit).add(Objects.requireNonNull(other.limit)), false, every, null, null);
    }

    /** Whether one is better than the other in any respect; the feature is the one that gives the first. */
    static boolean better(@Nullable Gift left, @Nullable Gift right, @Nullable ResolvedFeature feature) {
        if (left == null || feature == null) {
            return false;
        }
        if (right == null) {
            return true;
        }
        return left.unlimited && !right.unlimited
                || !left.unlimited && !right.unlimited && left.perSecond(right) > 0
                || left.onLimit == OnLimit.SOFT && right.onLimit == OnLimit.HARD
                || left.outranks(right, feature.definition());
    }

    private int perSecond(Gift other) {
        if (limit == null || other.limit == null) {
            return 0;
        }
        if (Objects.equals(every, other.every)) {
            return limit.compareTo(other.limit);
        }
        if (every == null || other.every == null) {
            return every == null ? -1 : 1;
        }
        return limit.multiply(BigDecimal.valueOf(Recurrence.seconds(other.every)))
                .compareTo(other.limit.multiply(BigDecimal.valueOf(Recurrence.seconds(every))));
    }

    private boolean outranks(Gift other, FeatureDefinition definition) {
        if (value == null || Objects.equals(value, other.value)) {
            return false;
        }
        if (other.value == null) {
            return true;
        }
        ConfigValueType type = definition.valueType() == null ? ConfigValueType.TEXT : definition.valueType();
        return switch (type) {
            case NUMBER -> {
                int order = new BigDecimal(value).compareTo(new BigDecimal(other.value));
                yield definition.better() == Better.LOWER ? order < 0 : order > 0;
            }
            case ENUM ->
                definition.values().indexOf(value) > definition.values().indexOf(other.value);
            // Texts have no order: another text is both gained and lost.
            case TEXT -> true;
        };
    }
}
