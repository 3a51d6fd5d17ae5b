package dev.weir.billing.contract;

import java.time.Instant;
import java.util.Objects;
import java.util.UUID;

/**
 * The provider has confirmed the usage of a window: the fact {@code billing.window-billed.v1} (event id =
 * {@code <windowId>:<revision>:<charge>}; shard of the root).
 *
 * @param quantity atoms of the feature's scale, absolute for the window
 */
public record WindowBilled(
        UUID windowId,
        String customer,
        String root,
        String feature,
        String charge,
        Instant start,
        long revision,
        int scale,
        long quantity,
        String provider,
        Instant confirmedAt) {
    public WindowBilled {
        Objects.requireNonNull(windowId, "windowId");
    }
}
