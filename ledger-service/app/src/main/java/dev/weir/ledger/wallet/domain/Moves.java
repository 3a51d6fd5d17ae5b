package dev.weir.ledger.wallet.domain;

import dev.weir.ledger.contract.BlockSource;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Credit that goes to another block, with its share of the cost, so that what was paid is neither lost nor counted twice. The
 * child keeps category, priority, scope and expiry.
 */
public final class Moves {
    /** The wallet that the other half of the move is in. */
    public static final String COUNTERPART = "counterpart";

    private Moves() {}

    /**
     * Moves free credit of a live block into a new block of another wallet of the same or another unit.
     *
     * @param received atoms of the other unit; the same as the amount for a transfer. 0 = nothing arrives, and the cost stays
     * @param source TRANSFER or CONVERSION
     * @return the child; null if nothing arrives
     */
    public static @Nullable Block move(
            WalletBook from,
            Block block,
            long amount,
            WalletBook to,
            long received,
            BlockSource source,
            Duration closing,
            MoveContext context) {
        boolean converted = source == BlockSource.CONVERSION;
        MoveKind kind = converted ? MoveKind.CONVERT : MoveKind.TRANSFER;
        Account through = converted ? Account.BROKERAGE : Account.TRANSFER;
        long cost = received == 0 ? 0 : block.costOf(amount);
        WalletBook.require(amount <= block.free(), block, "has not that much free");
        block.remaining -= amount;
        block.movedOut += amount;
        block.costMoved += cost;
        block.changed = true;
        from.move(-amount, 0);
        from.post(
                kind,
                Account.AVAILABLE,
                through,
                amount,
                block,
                null,
                TakeBacks.withCost(context, block, cost)
                        .with(COUNTERPART, to.id().toString()));
        if (received == 0) {
            return null;
        }
        Block child = child(
                block,
                to.id(),
                source,
                context.transaction() + "|" + block.id(),
                received,
                cost,
                block.expiresAt(),
                closing,
                context);
        to.issue(child, context.with(COUNTERPART, from.id().toString()));
        return child;
    }

    /** A child in the same or another wallet, not issued yet. */
    static Block child(
            Block block,
            UUID wallet,
            BlockSource source,
            String reference,
            long amount,
            long cost,
            @Nullable Instant expiresAt,
            Duration closing,
            MoveContext context) {
        BlockTerms terms = block.terms();
        return new Block(
                wallet,
                new BlockTerms(
                        source,
                        reference,
                        0,
                        block.id(),
                        terms.category(),
                        terms.priority(),
                        terms.features(),
                        null,
                        null,
                        null,
                        terms.costCurrency(),
                        cost,
                        terms.reference(),
                        terms.reason(),
                        null),
                amount,
                context.now(),
                expiresAt,
                expiresAt == null ? null : expiresAt.plus(closing),
                context.now());
    }
}
