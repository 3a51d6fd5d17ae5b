package dev.weir.metering.usage.app;

import dev.weir.catalog.contract.Meter;
import dev.weir.metering.usage.domain.UsageReading;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads usage; inside a transaction, so that a large answer streams. */
public interface UsageRows {

    /** Every reported and enforced part of a feature's usage with its time in [from, to). Unpriced usage is none. */
    void ofFeature(
            String customer,
            String feature,
            @Nullable String resource,
            Instant from,
            Instant to,
            List<String> groupBy,
            Consumer<UsageReading> consumer);

    /**
     * Every event of a meter's type with its time in [from, to), as the meter reads it; where a feature of
     * {@code measuredFeatures} was settled for it, the settled quantity.
     */
    void ofMeter(
            String customer,
            Meter meter,
            Collection<String> measuredFeatures,
            @Nullable String resource,
            Instant from,
            Instant to,
            List<String> groupBy,
            Consumer<UsageReading> consumer);
}
