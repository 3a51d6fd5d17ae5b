package dev.weir.ledger.wallet.domain;

import java.time.Instant;
import java.util.Objects;
import java.util.UUID;

/** A subscription's period [from, to) whose invoice the billing provider has reported as paid. */
public record PaidPeriod(UUID subscription, Instant from, Instant to) {
    public PaidPeriod {
        Objects.requireNonNull(subscription, "subscription");
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(to, "to");
    }

    /** Whether a period that begins then is paid with it. */
    boolean covers(Instant start) {
        return !start.isBefore(from) && start.isBefore(to);
    }
}
