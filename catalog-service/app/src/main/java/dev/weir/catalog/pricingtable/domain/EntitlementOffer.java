package dev.weir.catalog.pricingtable.domain;

import dev.weir.catalog.contract.Effect;
import dev.weir.catalog.contract.FeatureType;
import dev.weir.catalog.contract.OnLimit;
import dev.weir.catalog.contract.Then;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What is given of a feature, the most generous of what a plan says and inherits.
 *
 * @param group the first feature group that it is shown in; null = none
 * @param unlimited true for a METERED feature without limit; null for the other types
 * @param limit of a METERED feature
 * @param every after which the limit resets
 * @param effect INCREMENT where an add-on adds to what there is
 * @param text in words
 */
public record EntitlementOffer(
        String feature,
        String name,
        @Nullable String description,
        @Nullable String group,
        FeatureType type,
        @Nullable Boolean unlimited,
        @Nullable BigDecimal limit,
        @Nullable String every,
        @Nullable OnLimit onLimit,
        @Nullable BigDecimal overageCap,
        @Nullable Then then,
        @Nullable String value,
        @Nullable Effect effect,
        String text) {}
