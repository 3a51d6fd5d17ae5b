package dev.weir.ledger.wallet.domain;

import dev.weir.ledger.contract.BlockSource;
import dev.weir.ledger.wallet.domain.Timeline.ClosingTimes;
import java.time.Instant;
import java.util.Objects;

/** What of an ending block lives on as a child block, once, with its share of the cost. */
final class Rollovers {

    private Rollovers() {}

    static void roll(WalletBook book, Block block, ClosingTimes closing, MoveContext context) {
        BlockTerms terms = block.terms();
        Instant begins = Objects.requireNonNull(block.expiresAt(), "only what ends rolls over");
        long free = block.free();
        long amount = terms.rolloverMax() == null ? free : Math.min(free, terms.rolloverMax());
        if (amount <= 0) {
            return;
        }
        Instant ends = Spans.plus(begins, Objects.requireNonNull(terms.rolloverFor()), Spans.UTC);
        long cost = block.costOf(amount);
        BlockTerms child = new BlockTerms(
                BlockSource.ROLLOVER,
                block.id().toString(),
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
                null);
        block.remaining -= amount;
        block.movedOut += amount;
        block.costMoved += cost;
        block.changed = true;
        book.move(-amount, 0);
        book.post(
                MoveKind.ROLLOVER,
                Account.AVAILABLE,
                Account.TRANSFER,
                amount,
                block,
                null,
                TakeBacks.withCost(context, block, cost));
        book.issue(
                new Block(book.id(), child, amount, begins, ends, ends.plus(closing.credits()), context.now()),
                context);
    }
}
