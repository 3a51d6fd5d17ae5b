package dev.weir.ledger.finance.domain;

import java.math.BigInteger;
import java.util.UUID;

/**
 * Where the money of a block stands. Amounts of credit in atoms, of money in minor units of the currency. Always
 * {@code recognized + breakage + refunded + handedOn + deferred = costTotal}, to the unit.
 *
 * <p>What is recognised follows from totals, not from the last move, so the same usage recognises the same revenue however
 * it is split: of the net cost (less refunds, less what went on with credit that rolled over), the share of what is consumed
 * in what was issued and neither taken back nor moved on. A refund of partly used credit changes the net, so revenue may go
 * down: a catch-up.
 *
 * @param granted what the block was granted; the cost of what moves on is a share of it
 * @param issued what of it came to life
 * @param moved out to other blocks
 * @param handedOn the cost that went with it
 */
public record BlockCost(
        UUID block,
        String currency,
        long costTotal,
        long granted,
        long issued,
        long consumed,
        long expired,
        long voided,
        long moved,
        long recognized,
        long breakage,
        long refunded,
        long handedOn) {

    /** Before the block's first row. */
    public static BlockCost of(UUID block, String currency, long costTotal, long granted) {
        return new BlockCost(block, currency, costTotal, granted, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    }

    /** Paid, not used, not given back. */
    public long deferred() {
        return costTotal - recognized - breakage - refunded - handedOn;
    }

    /** The same after amounts changed; what is refunded is at most what is neither refunded nor gone on already. */
    BlockCost after(
            long issuedBy, long consumedBy, long expiredBy, long voidedBy, long movedBy, long handedOnBy, long refund) {
        long nowIssued = issued + issuedBy;
        long nowConsumed = consumed + consumedBy;
        long nowExpired = expired + expiredBy;
        long nowVoided = voided + voidedBy;
        long nowMoved = moved + movedBy;
        // By move, not by total: the block it went to was given exactly this much.
        long nowHandedOn = handedOn + handedOnBy;
        long nowRefunded = refunded + Math.min(refund, costTotal - refunded - nowHandedOn);
        long net = costTotal - nowRefunded - nowHandedOn;
        long base = nowIssued - nowVoided - nowMoved;
        long earned = base == 0 ? 0 : share(net, nowConsumed, base);
        // Nothing is left that could still be used: the rest is breakage too.
        long ended = base == 0 ? (nowIssued == 0 ? 0 : net) : share(net, nowConsumed + nowExpired, base);
        return new BlockCost(
                block,
                currency,
                costTotal,
                granted,
                nowIssued,
                nowConsumed,
                nowExpired,
                nowVoided,
                nowMoved,
                earned,
                ended - earned,
                nowRefunded,
                nowHandedOn);
    }

    /** whole x part / of, rounded down, with 128 bits between. */
    static long share(long whole, long part, long of) {
        long high = Math.multiplyHigh(whole, part);
        long low = whole * part;
        if (high == 0 && low >= 0) {
            return low / of;
        }
        return BigInteger.valueOf(whole)
                .multiply(BigInteger.valueOf(part))
                .divide(BigInteger.valueOf(of))
                .longValueExact();
    }
}
