package dev.weir.ledger.posting.app;

import dev.weir.ledger.contract.BlockState;
import dev.weir.ledger.contract.BlockStatus;
import dev.weir.ledger.contract.WalletKind;
import dev.weir.ledger.contract.WalletState;
import dev.weir.ledger.wallet.domain.Block;
import dev.weir.ledger.wallet.domain.BurnOrder;
import dev.weir.ledger.wallet.domain.LimitPeriod;
import dev.weir.ledger.wallet.domain.WalletBook;
import dev.weir.ledger.wallet.domain.WalletHead;
import java.time.Instant;
import java.util.List;

/** From books to what the ledger publishes of wallets. */
public final class WalletStates {

    private WalletStates() {}

    /** A wallet as it stands. */
    public static WalletState of(WalletBook book, Instant asOf) {
        WalletHead head = book.head();
        LimitPeriod period = book.kind() == WalletKind.LIMIT ? book.period() : null;
        long overage = period == null ? 0 : period.overage();
        long overrun = period == null ? 0 : period.overrun();
        long consumed = period == null
                ? 0
                : book.blocks().stream()
                        .filter(block -> period.from().equals(block.terms().periodFrom()))
                        .mapToLong(Block::consumed)
                        .sum();
        LimitPeriod resetting = period == null || period.to() == null ? null : period;
        return new WalletState(
                book.id(),
                book.key().root(),
                book.key().unit(),
                book.key().resource(),
                book.kind(),
                head.status(),
                book.scale(),
                head.seq(),
                head.available(),
                head.held(),
                head.quarantined(),
                head.overdraft(),
                head.overdraftHeld(),
                head.floor(),
                consumed + overage + overrun + (period == null ? 0 : period.usedBefore()),
                overage,
                period == null ? 0 : period.overageHeld(),
                overrun,
                resetting == null ? null : resetting.from(),
                resetting == null ? null : resetting.to(),
                blocks(book),
                asOf,
                period == null || period.usedBefore() == 0 ? null : Long.valueOf(period.usedBefore()));
    }

    private static List<BlockState> blocks(WalletBook book) {
        return book.blocks().stream()
                .filter(block -> block.status() != BlockStatus.EXPIRED)
                .sorted(BurnOrder.COMPARATOR)
                .map(block -> new BlockState(
                        block.id(),
                        block.source(),
                        block.terms().sourceReference(),
                        block.category(),
                        block.terms().priority(),
                        block.terms().features(),
                        block.granted(),
                        block.remaining(),
                        block.held(),
                        block.consumed(),
                        block.expired(),
                        block.voided(),
                        block.status(),
                        block.effectiveAt(),
                        block.expiresAt(),
                        block.movedOut()))
                .toList();
    }
}
