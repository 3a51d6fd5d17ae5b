package dev.weir.ledger.verify.domain;

import dev.weir.ledger.wallet.domain.Account;
import dev.weir.ledger.wallet.domain.JournalRow;
import dev.weir.ledger.wallet.domain.TakeBacks;

/** What the journal says of one block; amounts in atoms. */
final class BlockFold {
    long issued;
    long available;
    long held;
    long consumed;
    long closing;
    long expired;
    long voided;
    long movedOut;
    long voidedForGood;
    long refunded;
    long chargedBack;

    void apply(JournalRow row) {
        add(row.from(), -row.amount(), true);
        add(row.to(), row.amount(), false);
        voidedForGood += row.minor(TakeBacks.FOR_GOOD);
        refunded += row.minor(JournalRow.REFUND);
        chargedBack += row.minor(TakeBacks.CHARGED_BACK);
    }

    long remaining() {
        return available + held;
    }

    /** Whether no account fell below zero. */
    boolean sound() {
        return available >= 0
                && held >= 0
                && consumed >= 0
                && closing >= 0
                && expired >= 0
                && voided >= 0
                && movedOut >= 0;
    }

    private void add(Account account, long amount, boolean leaving) {
        switch (account) {
            case AVAILABLE -> available += amount;
            case HELD -> held += amount;
            // What repays debt or takes over overage counts as used of the block.
            case CONSUMED, OVERAGE, OVERDRAFT, OVERRUN -> consumed += amount;
            case CLOSING -> closing += amount;
            case EXPIRED -> expired += amount;
            case VOIDED -> voided += amount;
            case ISSUANCE -> issued -= amount;
            case TRANSFER, BROKERAGE -> {
                if (leaving) {
                    issued -= amount;
                } else {
                    movedOut += amount;
                }
            }
        }
    }
}
