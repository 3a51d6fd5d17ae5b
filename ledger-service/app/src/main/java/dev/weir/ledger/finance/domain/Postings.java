package dev.weir.ledger.finance.domain;

import dev.weir.ledger.contract.WalletKind;
import dev.weir.ledger.wallet.domain.Account;
import dev.weir.ledger.wallet.domain.JournalRow;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * From a journal row to what finance posts: a pure function of the row and of where its block's money stood before it. Rows
 * of a wallet go in by their order; the same rows always give the same postings.
 */
public final class Postings {
    private static final int PAID = 0;
    private static final int REFUND = 1;
    private static final int USED = 2;
    private static final int BROKEN = 3;
    private static final int MEMO = 4;
    private static final int OWED = 5;

    /**
     * What a row gives.
     *
     * @param after where the block's money stands now; null for a block without cost
     */
    public record Posted(@Nullable BlockCost after, List<Posting> postings) {}

    private final String unit;
    private final WalletKind kind;

    /** For the wallets of a unit. */
    public Postings(String unit, WalletKind kind) {
        this.unit = unit;
        this.kind = kind;
    }

    /**
     * Posts a row.
     *
     * @param before null for a row without a block, or of a block without cost
     */
    public Posted post(JournalRow row, @Nullable BlockCost before) {
        List<Posting> postings = new ArrayList<>();
        memo(row, postings);
        if (before == null) {
            return new Posted(null, postings);
        }
        BlockCost after = move(row, before);
        receivable(row, after, postings);
        if (before.issued() == 0 && after.issued() > 0 && row.from() == Account.ISSUANCE) {
            add(
                    postings,
                    row,
                    after,
                    PAID,
                    GlAccount.RECEIVABLE_CLEARING,
                    GlAccount.DEFERRED_REVENUE,
                    after.costTotal());
        }
        long refunded = after.refunded() - before.refunded();
        add(postings, row, after, REFUND, GlAccount.DEFERRED_REVENUE, GlAccount.REFUND_PAYABLE, refunded);
        long recognized = after.recognized() - before.recognized();
        add(postings, row, after, USED, GlAccount.DEFERRED_REVENUE, GlAccount.REVENUE, recognized);
        long breakage = after.breakage() - before.breakage();
        add(postings, row, after, BROKEN, GlAccount.DEFERRED_REVENUE, GlAccount.BREAKAGE_REVENUE, breakage);
        return new Posted(after, postings);
    }

    private static BlockCost move(JournalRow row, BlockCost before) {
        long amount = row.amount();
        boolean moved = row.to() == Account.TRANSFER || row.to() == Account.BROKERAGE;
        return before.after(
                row.from() == Account.ISSUANCE || row.from() == Account.TRANSFER || row.from() == Account.BROKERAGE
                        ? amount
                        : 0,
                consumed(row.to()) ? amount : consumed(row.from()) ? -amount : 0,
                row.to() == Account.EXPIRED ? amount : row.from() == Account.EXPIRED ? -amount : 0,
                row.to() == Account.VOIDED ? amount : row.from() == Account.VOIDED ? -amount : 0,
                moved ? amount : 0,
                moved ? handedOn(row, before) : 0,
                row.minor(JournalRow.REFUND));
    }

    /** The row says what of the cost goes along; rows from before it did moved a plain share. */
    private static long handedOn(JournalRow row, BlockCost before) {
        return row.meta().containsKey(JournalRow.COST)
                ? row.minor(JournalRow.COST)
                : BlockCost.share(before.costTotal(), row.amount(), before.granted());
    }

    /** Charged back after it had been used, and not to be had from the wallet: the customer owes the money. */
    private void receivable(JournalRow row, BlockCost block, List<Posting> postings) {
        long owed = row.minor(JournalRow.RECEIVABLE);
        add(postings, row, block, OWED, GlAccount.CHARGEBACK_RECEIVABLE, GlAccount.REFUND_PAYABLE, owed);
    }

    // Credit that repays debt pays for what was used before it came.
    private static boolean consumed(Account account) {
        return switch (account) {
            case CONSUMED, OVERDRAFT, OVERAGE, OVERRUN -> true;
            case ISSUANCE, AVAILABLE, HELD, CLOSING, EXPIRED, VOIDED, TRANSFER, BROKERAGE -> false;
        };
    }

    private void memo(JournalRow row, List<Posting> postings) {
        if (row.from() == Account.OVERRUN && row.to() == Account.CONSUMED) {
            postings.add(memo(row, GlAccount.OVERRUN, GlAccount.MEMO));
        } else if (row.from() == Account.CONSUMED && row.to() == Account.OVERRUN) {
            postings.add(memo(row, GlAccount.MEMO, GlAccount.OVERRUN));
        } else if ((row.to() == Account.CONSUMED || row.to() == Account.VOIDED) && onDebt(row)) {
            postings.add(memo(row, GlAccount.UNBILLED_OVERDRAFT, GlAccount.MEMO));
        } else if (row.to() == Account.OVERDRAFT && row.from() != Account.HELD) {
            postings.add(memo(row, GlAccount.MEMO, GlAccount.UNBILLED_OVERDRAFT));
        }
    }

    // What is held without a block is held in the wallet's room: of a credit wallet, overdraft.
    private boolean onDebt(JournalRow row) {
        return row.from() == Account.OVERDRAFT
                || (kind == WalletKind.CREDIT && row.from() == Account.HELD && row.block() == null);
    }

    private Posting memo(JournalRow row, GlAccount debit, GlAccount credit) {
        return new Posting(
                row.wallet(),
                row.seq(),
                MEMO,
                row.postedAt(),
                debit,
                credit,
                0,
                null,
                row.block(),
                row.customer(),
                row.feature(),
                unit,
                row.amount());
    }

    private void add(
            List<Posting> postings,
            JournalRow row,
            BlockCost block,
            int leg,
            GlAccount debit,
            GlAccount credit,
            long amount) {
        if (amount != 0) {
            postings.add(new Posting(
                    row.wallet(),
                    row.seq(),
                    leg,
                    row.postedAt(),
                    amount > 0 ? debit : credit,
                    amount > 0 ? credit : debit,
                    Math.abs(amount),
                    block.currency(),
                    block.block(),
                    row.customer(),
                    row.feature(),
                    unit,
                    row.amount()));
        }
    }
}
