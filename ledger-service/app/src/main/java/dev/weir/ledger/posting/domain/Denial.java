package dev.weir.ledger.posting.domain;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Why a use is refused, and what would change that: the facts of a check's answer.
 *
 * @param limit atoms of the feature's scale; null = unlimited or not METERED
 * @param resetAt when the limit begins anew
 * @param shortBy how much is missing, in {@code shortUnit}
 * @param budget the budget that refuses it; null = none does
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
        Instant asOf,
        @Nullable Money budget) {

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

    /**
     * A budget without money for the use, in major units.
     *
     * @param held what open reservations may cost on top of what is charged
     * @param shortBy by how much the use would exceed it
     * @param room how much of the feature it still has money for, in atoms
     */
    public record Money(
            UUID budget,
            UUID subscription,
            String plan,
            BigDecimal amount,
            String currency,
            BigDecimal charged,
            BigDecimal held,
            BigDecimal shortBy,
            long room,
            Instant resetAt) {}

    public Denial {
        wallets = List.copyOf(wallets);
    }

    /** A denial that no budget has a part in. */
    public Denial(
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
        this(
                reason,
                detail,
                feature,
                type,
                soft,
                scale,
                limit,
                used,
                held,
                remaining,
                resetAt,
                wallets,
                shortUnit,
                shortScale,
                shortBy,
                quarantined,
                asOf,
                null);
    }

    /** The same, refused by a budget, which begins anew when its period does. */
    Denial by(Money money) {
        return new Denial(
                reason,
                detail,
                feature,
                type,
                soft,
                scale,
                limit,
                used,
                held,
                remaining,
                money.resetAt(),
                wallets,
                null,
                0,
                0,
                quarantined,
                asOf,
                money);
    }

    /** A denial that no balance has a part in. */
    public static Denial plain(Reason reason, String detail, String feature, @Nullable String type, Instant asOf) {
        return new Denial(reason, detail, feature, type, null, 0, null, 0, 0, 0, null, List.of(), null, 0, 0, 0, asOf);
    }
}
