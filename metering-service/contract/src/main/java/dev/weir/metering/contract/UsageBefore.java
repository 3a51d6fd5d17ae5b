package dev.weir.metering.contract;

import dev.weir.platform.kernel.Ids;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a customer used of a METERED feature in a period before a limit began in its middle: the state
 * {@code metering.usage-before.v1} (aggregate id = {@link #usageId}, aggregate version = {@link #revision}; shard of the root).
 * The ledger opens the limit with it. Late usage makes the next revision.
 *
 * @param periodFrom the limit's period; null for a limit that never resets
 * @param limitFrom when the limit began: what is counted here happened in [periodFrom, limitFrom)
 * @param total enforced and reported, in atoms of the feature's scale; 0 or more
 */
public record UsageBefore(
        UUID usageId,
        String customer,
        String root,
        @Nullable String resource,
        String feature,
        @Nullable Instant periodFrom,
        Instant limitFrom,
        long revision,
        long total,
        int scale) {
    public UsageBefore {
        Objects.requireNonNull(usageId, "usageId");
        Objects.requireNonNull(customer, "customer");
        Objects.requireNonNull(root, "root");
        Objects.requireNonNull(feature, "feature");
        Objects.requireNonNull(limitFrom, "limitFrom");
    }

    /** The id of what is counted for a customer's feature in a period. */
    public static UUID id(String customer, String feature, @Nullable String resource, @Nullable Instant periodFrom) {
        return Ids.of("usage before\n" + customer + "\n" + feature + "\n" + (resource == null ? "" : resource) + "\n"
                + (periodFrom == null ? "" : periodFrom));
    }
}
