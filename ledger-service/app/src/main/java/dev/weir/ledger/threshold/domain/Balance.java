package dev.weir.ledger.threshold.domain;

import dev.weir.ledger.contract.BlockStatus;
import dev.weir.ledger.wallet.domain.Block;
import dev.weir.ledger.wallet.domain.WalletBook;

/** What thresholds look at, atoms: what is available, and what the live blocks were granted, less what was taken back. */
public record Balance(long available, long granted) {

    /** A wallet's as it stands. */
    public static Balance of(WalletBook book) {
        long granted = 0;
        for (Block block : book.blocks()) {
            if (block.status() == BlockStatus.ACTIVE) {
                granted += block.granted() - block.voided();
            }
        }
        return new Balance(book.head().available(), granted);
    }
}
