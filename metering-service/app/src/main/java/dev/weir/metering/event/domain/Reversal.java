package dev.weir.metering.event.domain;

import dev.weir.ledger.contract.UsageReversed;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;

/**
 * What the ledger took back of an event in one feature; it counts so much less.
 *
 * @param identity of the event
 * @param reservation whose settlement it is taken back of; all zero for reported usage
 * @param quantity atoms, more than 0; several reversals of an event add up
 */
public record Reversal(
        UUID reversal, UUID identity, String feature, UUID reservation, long quantity, Instant reversedAt) {
    private static final UUID NO_RESERVATION = new UUID(0, 0);

    public Reversal {
        Objects.requireNonNull(reversal, "reversal");
        Objects.requireNonNull(identity, "identity");
        Objects.requireNonNull(feature, "feature");
        Objects.requireNonNull(reservation, "reservation");
    }

    /** What the ledger's fact says. */
    public static Reversal of(UsageReversed fact) {
        return new Reversal(
                fact.reversal(),
                EventContent.identity(fact.source(), fact.id()),
                fact.feature(),
                fact.reservation() == null ? NO_RESERVATION : fact.reservation(),
                fact.quantity(),
                fact.reversedAt());
    }
}
