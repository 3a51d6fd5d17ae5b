package dev.weir.catalog.document.domain;

import dev.weir.catalog.contract.Aggregation;
import dev.weir.catalog.contract.Better;
import dev.weir.catalog.contract.ConfigValueType;
import dev.weir.catalog.contract.FeatureType;
import dev.weir.catalog.contract.Meter;
import dev.weir.catalog.contract.MeteringMode;
import dev.weir.catalog.contract.RateRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A feature as the document has it: its meter and credit unit are still names. */
public record FeatureDraft(
        String key,
        FeatureType type,
        @Nullable ConfigValueType valueType,
        List<String> values,
        Better better,
        @Nullable String meter,
        @Nullable String unit,
        MeteringMode mode,
        @Nullable Integer statedScale,
        @Nullable String creditUnit,
        @Nullable String eventType,
        List<RateRule> rates,
        @Nullable String name,
        @Nullable String description) {

    /** Decimals of a metered feature's quantity where the document does not say. */
    private static final int DEFAULT_SCALE = 6;

    public FeatureDraft {
        values = List.copyOf(values);
        rates = List.copyOf(rates);
    }

    /** The decimals of this feature's quantity: as stated, else 0 for what only comes in whole units. */
    public int scale(@Nullable Meter counted) {
        if (statedScale != null) {
            return statedScale;
        }
        if (type != FeatureType.METERED || mode == MeteringMode.LEVEL || counted == null) {
            return 0;
        }
        Aggregation aggregation = counted.aggregation();
        return aggregation == Aggregation.COUNT || aggregation == Aggregation.UNIQUE ? 0 : DEFAULT_SCALE;
    }
}
