package dev.weir.catalog.contract;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A feature as a published plan version pins it, with its meter written in.
 *
 * @param hash content hash of everything else in this record
 * @param values of an ENUM config, the least generous first
 * @param meter of a METERED feature
 * @param unit what one of it is called ("call")
 * @param scale decimals of a METERED feature's quantity (0 to 9); limits and usage in the ledger are integers of 10^-scale
 * @param creditUnit of a CREDIT feature
 * @param eventType of a CREDIT feature: the CloudEvents type of its usage
 * @param rates of a CREDIT feature, first match wins; no match is UNPRICED
 * @param name what people call it; null = its key
 * @param description null = none
 */
public record FeatureDefinition(
        String key,
        String hash,
        FeatureType type,
        @Nullable ConfigValueType valueType,
        List<String> values,
        Better better,
        @Nullable Meter meter,
        @Nullable String unit,
        MeteringMode mode,
        int scale,
        @Nullable String creditUnit,
        @Nullable String eventType,
        List<RateRule> rates,
        @Nullable String name,
        @Nullable String description) {
    public FeatureDefinition {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(hash, "hash");
        Objects.requireNonNull(type, "type");
        values = values == null ? List.of() : List.copyOf(values);
        better = better == null ? Better.HIGHER : better;
        mode = mode == null ? MeteringMode.COUNTING : mode;
        rates = rates == null ? List.of() : List.copyOf(rates);
    }

    /** A feature that is called by its key. */
    public FeatureDefinition(
            String key,
            String hash,
            FeatureType type,
            @Nullable ConfigValueType valueType,
            List<String> values,
            Better better,
            @Nullable Meter meter,
            @Nullable String unit,
            MeteringMode mode,
            int scale,
            @Nullable String creditUnit,
            @Nullable String eventType,
            List<RateRule> rates) {
        this(
                key,
                hash,
                type,
                valueType,
                values,
                better,
                meter,
                unit,
                mode,
                scale,
                creditUnit,
                eventType,
                rates,
                null,
                null);
    }

    /** What people call the feature. */
    public String title() {
        return name == null ? key : name;
    }

    /** The CloudEvents type of this feature's usage; null where the feature has none. */
    public @Nullable String usageEventType() {
        return eventType != null ? eventType : meter == null ? null : meter.eventType();
    }
}
