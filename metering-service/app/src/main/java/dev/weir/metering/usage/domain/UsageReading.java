package dev.weir.metering.usage.domain;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One event's contribution to a usage figure.
 *
 * @param group the values of the fields grouped by, in their order; a missing one is empty
 * @param enforced a settled quantity, which is added to whatever the readings fold into; null = a reading
 * @param quantity a reading of any aggregation but UNIQUE
 * @param key a reading of UNIQUE
 */
public record UsageReading(
        Instant time,
        UUID identity,
        List<String> group,
        @Nullable BigDecimal enforced,
        @Nullable BigDecimal quantity,
        @Nullable String key) {
    public UsageReading {
        Objects.requireNonNull(time, "time");
        Objects.requireNonNull(identity, "identity");
        group = List.copyOf(group);
    }
}
