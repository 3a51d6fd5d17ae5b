package dev.weir.ledger.posting.domain;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why a use is refused, and what would change that: the facts of a check's answer.
 *
 * @param limit atoms of the feature's scale; null = unlimited or not METERED
 * @param resetAt when the limit begins anew
 * @param shortBy how much is missing, in {@code shortUnit}
 * @param quarantined held by reservations that lapsed without a report
 */
public record Denial(
        Reason reason,
        String detail,
        String feature,
        @Nullable String type,
        @Nullable Boolean soft,
        int scale,
        @Nullable Long limit,
        long used,
        long held,
        long remaining,
        @Nullable Instant resetAt,
        List<Balance> wallets,
        @Nullable String shortUnit,
        int shortScale,
        long shortBy,
        long quarantined,
        Instant asOf) {

    /** The closed list of reasons, with the HTTP status of each. */
    public enum Reason {
        UNKNOWN_CUSTOMER(404),
        UNKNOWN_FEATURE(404),
        NO_SUBSCRIPTION(403),
        NOT_ENTITLED(403),
        REVOKED(403),
        LIMIT_REACHED(429),
        INSUFFICIENT_CREDIT(402),
        FROZEN(403),
        LEASE_UNAVAILABLE(503),
        UNPRICED(422),
        VALUE_NOT_ALLOWED(403);

        private final int status;

        Reason(int status) {
            this.status = status;
        }

        /** The HTTP status of a refusal. */
        public int status() {
            return status;
        }
    }

    /** What a credit wallet has for this feature, and what the use would cost of it; atoms. */
    public record Balance(
            String unit,
            int scale,
            long available,
            @Nullable Long cost) {}

    public Denial {
        wallets = List.copyOf(wallets);
    }

    /** A denial that no balance has a part in. */
    public static Denial plain(Reason reason, String detail, String feature, @Nullable String type, Instant asOf) {
        return new Denial(reason, detail, feature, type, null, 0, null, 0, 0, 0, null, List.of(), null, 0, 0, 0, asOf);
    }
}
