package dev.weir.ledger.posting.domain;

import dev.weir.ledger.contract.BlockStatus;
import dev.weir.ledger.contract.UsageReversed;
import dev.weir.ledger.contract.WalletKind;
import dev.weir.ledger.posting.domain.ByHand.Reverse;
import dev.weir.ledger.posting.domain.ChargedParts.Part;
import dev.weir.ledger.posting.domain.Outcome.Refused;
import dev.weir.ledger.posting.domain.Outcome.Restored;
import dev.weir.ledger.posting.domain.Outcome.Restored.Where;
import dev.weir.ledger.posting.domain.SettledUsage.UsagePlace;
import dev.weir.ledger.wallet.domain.Account;
import dev.weir.ledger.wallet.domain.Block;
import dev.weir.ledger.wallet.domain.BurnOrder;
import dev.weir.ledger.wallet.domain.JournalRow;
import dev.weir.ledger.wallet.domain.LimitPeriod;
import dev.weir.ledger.wallet.domain.MoveContext;
import dev.weir.ledger.wallet.domain.Reversals;
import dev.weir.ledger.wallet.domain.Timeline;
import dev.weir.ledger.wallet.domain.Trimming;
import dev.weir.ledger.wallet.domain.WalletBook;
import dev.weir.platform.kernel.Atoms;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Usage taken back onto what it was drawn from, in reverse order: what nothing covered, overage, the last leg, its last block.
 * The window is booked the same amount less, and metering is told to count so much less of the event.
 */
final class ReversalDecisions {
    private final BatchState state;
    private final Timeline timeline;
    private final Duration closing;
    private final Instant now;

    ReversalDecisions(BatchState state, Timeline timeline, Duration closing, Instant now) {
        this.state = state;
        this.timeline = timeline;
        this.closing = closing;
        this.now = now;
    }

    Outcome reverse(Reverse asked) {
        ChargedParts charged = ChargedParts.of(state, asked);
        if (charged.rows().isEmpty()) {
            return new Refused(
                    404,
                    "UNKNOWN_USAGE",
                    null,
                    "the ledger has charged " + asked.customer() + " nothing for this event");
        }
        Terms terms = charged.terms();
        long most = charged.quantity();
        long quantity = most;
        if (asked.quantity() != null) {
            switch (HandAmounts.of(asked.quantity(), terms.scale())) {
                case HandAmounts.Wrong wrong -> {
                    return new Refused(
                            400, "INVALID_QUANTITY", "quantity", wrong.refused().detail());
                }
                case HandAmounts.Usable usable -> quantity = usable.atoms();
            }
        }
        if (quantity == 0 || quantity > most) {
            return new Refused(
                    409,
                    "NOT_CHARGED",
                    "quantity",
                    "only " + Atoms.format(most, terms.scale()) + " of it is still charged");
        }
        Set<WalletBook> books = new LinkedHashSet<>();
        charged.parts().forEach(part -> books.add(part.book()));
        books.forEach(timeline::sync);
        Tally tally = new Tally();
        List<Restored> restored = new ArrayList<>();
        for (Part part : charged.take(quantity)) {
            restore(asked, part, tally, restored);
        }
        tally.coveredByThen(-charged.covered(quantity));
        book(asked, charged, quantity, tally);
        for (WalletBook book : books) {
            LimitPeriod period = book.period();
            if (period != null) {
                Trimming.trim(
                        book, period, context(asked, charged.rows().getFirst()).reversing(null));
            }
            timeline.reschedule(book);
        }
        return new Outcome.Reversed(asked, quantity, terms.scale(), restored);
    }

    private void book(Reverse asked, ChargedParts charged, long quantity, Tally tally) {
        JournalRow row = charged.rows().getFirst();
        Instant window = Objects.requireNonNull(row.windowStart(), "charged usage has a window");
        boolean enforced = row.reservation() != null;
        // The window is there: its end, plan and period stay as they are.
        UsagePlace place = new UsagePlace(window, window.plus(1, ChronoUnit.HOURS), null, null, 0, null, null, null);
        state.bookings()
                .add(Places.booking(
                        row.customer(),
                        asked.root(),
                        charged.terms(),
                        row.resource(),
                        place,
                        enforced ? -quantity : 0,
                        enforced ? 0 : -quantity,
                        tally));
        state.reversed()
                .add(new ReversedUsage(
                        new UsageReversed(
                                asked.transaction(),
                                row.customer(),
                                asked.root(),
                                row.resource(),
                                asked.source(),
                                asked.id(),
                                asked.feature(),
                                charged.terms().type().name(),
                                row.reservation(),
                                quantity,
                                charged.terms().scale(),
                                window,
                                row.effectiveAt(),
                                now),
                        asked.reason(),
                        asked.actor()));
    }

    private void restore(Reverse asked, Part part, Tally tally, List<Restored> restored) {
        WalletBook book = part.book();
        JournalRow row = part.row();
        MoveContext context = context(asked, row);
        long amount = part.amount();
        if (row.block() != null) {
            Block block =
                    Objects.requireNonNull(book.block(row.block()), () -> "block " + row.block() + " was not loaded");
            tally.block(book, block, -amount);
            restored.add(onto(asked, book, block, amount, context));
        } else if (row.from() == Account.OVERRUN) {
            Reversals.overrun(book, period(book, row), amount, context);
            tally.overrun(book, -amount);
            restored.add(new Restored(book, Where.OVERRUN, amount, null, null));
        } else if (book.kind() == WalletKind.LIMIT) {
            overage(book, row, amount, tally, restored, context);
        } else {
            tally.overdraft(book, -amount);
            debt(asked, book, amount, restored, context);
        }
    }

    private Restored onto(Reverse asked, WalletBook book, Block block, long amount, MoveContext context) {
        boolean live = block.status() == BlockStatus.ACTIVE;
        if (live || book.kind() == WalletKind.LIMIT) {
            Reversals.reverse(book, block, amount, context);
            return new Restored(book, live ? Where.BLOCK : Where.ENDED_BLOCK, amount, block, null);
        }
        @Nullable Instant until = asked.days() == null ? null : now.plus(asked.days(), ChronoUnit.DAYS);
        @Nullable
        Block successor = switch (asked.ended()) {
            case EXPIRE_NOW -> {
                Reversals.reverse(book, block, amount, context);
                yield null;
            }
            case GOODWILL -> {
                Reversals.reverse(book, block, amount, context);
                yield Reversals.goodwill(book, amount, until, closing, context);
            }
            case REVIVE ->
                Reversals.revive(
                        book, block, amount, Objects.requireNonNull(until, "REVIVE names its days"), closing, context);
        };
        return new Restored(book, Where.ENDED_BLOCK, amount, block, successor);
    }

    /** Overage that a raise has absorbed since is no overage any more: it goes back to the blocks that absorbed it. */
    private void overage(
            WalletBook book, JournalRow row, long amount, Tally tally, List<Restored> restored, MoveContext context) {
        LimitPeriod period = Objects.requireNonNull(period(book, row), "overage has a period");
        long over = Math.min(amount, period.overage());
        if (over > 0) {
            Reversals.overage(book, period, over, context);
            tally.overage(book, -over);
            restored.add(new Restored(book, Where.OVERAGE, over, null, null));
        }
        long rest = amount - over;
        List<Block> lastToBurn = book.blocks().stream()
                .filter(block -> period.from().equals(block.terms().periodFrom()) && block.consumed() > 0)
                .sorted(BurnOrder.COMPARATOR.reversed())
                .toList();
        for (Block block : lastToBurn) {
            long back = Math.min(rest, block.consumed());
            if (back > 0) {
                Reversals.reverse(book, block, back, context);
                tally.block(book, block, -back);
                restored.add(new Restored(book, Where.BLOCK, back, block, null));
                rest -= back;
            }
        }
        tally.unpriced(-rest);
    }

    /** Debt that a grant has repaid since is given as goodwill: which credit repaid it does not matter any more. */
    private void debt(Reverse asked, WalletBook book, long amount, List<Restored> restored, MoveContext context) {
        long owed = Math.min(amount, book.head().overdraft());
        if (owed > 0) {
            Reversals.debt(book, owed, context);
            restored.add(new Restored(book, Where.OVERDRAFT, owed, null, null));
        }
        long repaid = amount - owed;
        if (repaid > 0) {
            Reversals.repaid(book, repaid, context);
            @Nullable Instant until = asked.days() == null ? null : now.plus(asked.days(), ChronoUnit.DAYS);
            Block given = Reversals.goodwill(book, repaid, until, closing, context);
            restored.add(new Restored(book, Where.OVERDRAFT, repaid, null, given));
        }
    }

    private static @Nullable LimitPeriod period(WalletBook book, JournalRow row) {
        Instant from = row.periodFrom();
        return from == null ? null : book.period(from);
    }

    private MoveContext context(Reverse asked, JournalRow row) {
        MoveContext usage = new MoveContext(
                asked.transaction(),
                row.customer(),
                row.reservation(),
                row.chargeKey(),
                row.feature(),
                row.resource(),
                row.rateVersion(),
                row.windowStart(),
                row.effectiveAt(),
                now,
                false,
                asked.key().text(),
                asked.actor(),
                row.eventSource(),
                row.eventId());
        String reason = asked.reason();
        return (reason == null ? usage : usage.with(JournalRow.REASON, reason)).reversing(row.seq());
    }
}
