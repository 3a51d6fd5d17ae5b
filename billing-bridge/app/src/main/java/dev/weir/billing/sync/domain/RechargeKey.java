package dev.weir.billing.sync.domain;

import java.util.Optional;
import java.util.UUID;

/** The natural key of the command that buys a recharge. */
public final class RechargeKey {
    private static final String PREFIX = "recharge|";

    private RechargeKey() {}

    /** The key of a request. */
    public static String of(UUID request) {
        return PREFIX + request;
    }

    /** The request of a key; empty for the key of anything else. */
    public static Optional<UUID> request(String naturalKey) {
        return naturalKey.startsWith(PREFIX)
                ? Optional.of(UUID.fromString(naturalKey.substring(PREFIX.length())))
                : Optional.empty();
    }
}
