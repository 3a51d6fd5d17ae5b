package dev.weir.ledger.posting.domain;

import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One usage event of one feature, charged once whoever tells of it first.
 *
 * @param key SHA-256 of (source, id, feature)
 * @param fingerprint SHA-256 of (type, subject, resource)
 * @param dataHash of the event's data as text; null = not given
 * @param eventTime null = not given
 */
public record Charge(
        byte[] key,
        byte[] fingerprint,
        byte @Nullable [] dataHash,
        @Nullable Instant eventTime,
        @Nullable UUID wallet,
        @Nullable UUID reservation,
        long amount) {

    /** Whether another word on the same event has the same content, as far as both sides gave it. */
    public boolean sameContent(Charge other) {
        return Arrays.equals(fingerprint, other.fingerprint)
                && (dataHash == null || other.dataHash == null || Arrays.equals(dataHash, other.dataHash))
                && (eventTime == null || other.eventTime == null || Objects.equals(eventTime, other.eventTime));
    }

    /** The same as charged. */
    public Charge charged(@Nullable UUID toWallet, @Nullable UUID byReservation, long charged) {
        return new Charge(key, fingerprint, dataHash, eventTime, toWallet, byReservation, charged);
    }
}
