package dev.weir.ledger.contract;

import dev.weir.platform.kernel.Ids;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The name-based id of a window: ledger, metering and bridge compute the same. */
public final class WindowId {
    private WindowId() {}

    /** The id of the window of (customer, feature, resource) that starts then. */
    public static UUID of(String customer, String feature, @Nullable String resource, Instant start) {
        return Ids.of(
                "window\n" + customer + "\n" + feature + "\n" + (resource == null ? "" : resource) + "\n" + start);
    }
}
