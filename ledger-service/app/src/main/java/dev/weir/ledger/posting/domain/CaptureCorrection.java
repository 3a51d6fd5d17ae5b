package dev.weir.ledger.posting.domain;

import dev.weir.catalog.contract.FeatureType;
import dev.weir.ledger.wallet.domain.Block;
import dev.weir.ledger.wallet.domain.LimitPeriod;
import dev.weir.ledger.wallet.domain.MoveContext;
import dev.weir.ledger.wallet.domain.Reversals;
import dev.weir.ledger.wallet.domain.Trimming;
import dev.weir.ledger.wallet.domain.WalletBook;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A report that comes after a capture and says that less was used: what was captured beyond it goes back to where it came from,
 * the last leg and part first. The parts' own counters stay: they only grow, and the journal says what was reversed.
 */
final class CaptureCorrection {
    private final Terms terms;
    private final @Nullable WalletBook limit;
    private final @Nullable WalletBook credit;
    private final Tally tally;

    CaptureCorrection(Terms terms, @Nullable WalletBook limit, @Nullable WalletBook credit, Tally tally) {
        this.terms = terms;
        this.limit = limit;
        this.credit = credit;
        this.tally = tally;
    }

    /** Gives a quantity back; what can go back to nothing any more counts as unpriced. */
    void giveBack(Hold hold, long captured, long quantity, MoveContext context) {
        if (hold.legs().isEmpty()) {
            return;
        }
        Leg first = hold.legs().getFirst();
        long rest = quantity;
        if (terms.type() == FeatureType.CREDIT) {
            rest -= back(Objects.requireNonNull(credit, "credit"), first, rest, context);
        } else {
            if (hold.legs().size() > 1) {
                long covered = Math.max(0, captured - first.spent());
                long fewer = Math.min(covered, rest);
                long cost = terms.thenCost(covered) - terms.thenCost(covered - fewer);
                back(Objects.requireNonNull(credit, "credit"), hold.legs().get(1), cost, context);
                tally.coveredByThen(-fewer);
                rest -= fewer;
            }
            WalletBook book = Objects.requireNonNull(limit, "limit");
            rest -= back(book, first, rest, context);
            LimitPeriod period = book.period();
            if (period != null) {
                Trimming.trim(book, period, context);
            }
        }
        tally.unpriced(-rest);
    }

    private long back(WalletBook book, Leg leg, long most, MoveContext context) {
        long rest = most;
        List<Alloc> lastFirst = leg.allocs().reversed();
        for (Alloc alloc : lastFirst) {
            long amount = Math.min(rest, alloc.spent());
            if (amount > 0) {
                rest -= back(book, alloc, amount, context);
            }
        }
        return most - rest;
    }

    private long back(WalletBook book, Alloc alloc, long amount, MoveContext context) {
        return switch (alloc.room()) {
            case BLOCK -> toBlock(book, alloc.block(), amount, context);
            case OVERAGE -> toOverage(book, alloc.periodFrom(), amount, context);
            case OVERDRAFT -> toDebt(book, amount, context);
        };
    }

    private long toBlock(WalletBook book, @Nullable UUID id, long most, MoveContext context) {
        Block block = Objects.requireNonNull(
                book.block(Objects.requireNonNull(id, "a block's part names its block")), "the block was not loaded");
        long amount = Math.min(most, block.consumed());
        if (amount > 0) {
            Reversals.reverse(book, block, amount, context);
            tally.block(book, block, -amount);
        }
        return amount;
    }

    private long toOverage(WalletBook book, @Nullable Instant from, long most, MoveContext context) {
        LimitPeriod period = from == null ? null : book.period(from);
        long amount = period == null ? 0 : Math.min(most, period.overage());
        if (amount > 0) {
            Reversals.overage(book, Objects.requireNonNull(period), amount, context);
            tally.overage(book, -amount);
        }
        return amount;
    }

    private long toDebt(WalletBook book, long most, MoveContext context) {
        long amount = Math.min(most, book.head().overdraft());
        if (amount > 0) {
            Reversals.debt(book, amount, context);
            tally.overdraft(book, -amount);
        }
        return amount;
    }
}
