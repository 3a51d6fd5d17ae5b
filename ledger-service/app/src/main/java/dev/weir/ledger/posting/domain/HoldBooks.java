package dev.weir.ledger.posting.domain;

import dev.weir.catalog.contract.FeatureType;
import dev.weir.ledger.posting.domain.Outcome.UnitAmount;
import dev.weir.ledger.posting.domain.SettledUsage.UsagePlace;
import dev.weir.ledger.wallet.domain.MoveContext;
import dev.weir.ledger.wallet.domain.Timeline;
import dev.weir.ledger.wallet.domain.WalletBook;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The books of a reservation's legs, and what is done on all of them alike. */
final class HoldBooks {
    private final BatchState state;
    private final Timeline timeline;
    private final Instant now;

    HoldBooks(BatchState state, Timeline timeline, Instant now) {
        this.state = state;
        this.timeline = timeline;
        this.now = now;
    }

    /** Brings a reservation's wallets up to now, to draw on them. */
    Drawing drawing(Hold hold, Tally tally) {
        return drawing(hold, tally, BudgetRoom.UNBOUNDED);
    }

    /** The same, where a budget bounds what may become overage beyond the hold. */
    Drawing drawing(Hold hold, Tally tally, BudgetRoom budget) {
        WalletBook limit = state.book(hold.terms().limitWallet(hold.root()));
        WalletBook credit = state.book(hold.terms().creditWallet(hold.root()));
        sync(limit);
        sync(credit);
        return new Drawing(hold.terms(), limit, credit, tally, budget);
    }

    /** The same, to give back what was captured. */
    CaptureCorrection correction(Hold hold, Tally tally) {
        return new CaptureCorrection(
                hold.terms(),
                state.book(hold.terms().limitWallet(hold.root())),
                state.book(hold.terms().creditWallet(hold.root())),
                tally);
    }

    void sync(@Nullable WalletBook book) {
        if (book != null) {
            timeline.sync(book);
        }
    }

    void reschedule(Hold hold) {
        for (Leg leg : hold.legs()) {
            timeline.reschedule(bookOf(hold, leg));
        }
    }

    /** What it holds is no longer counted as quarantined. */
    void unquarantine(Hold hold) {
        if (hold.state() == HoldState.QUARANTINED) {
            for (Leg leg : hold.legs()) {
                if (leg.open() > 0) {
                    bookOf(hold, leg).quarantine(-leg.open());
                }
            }
        }
    }

    /** The book of a leg's wallet. */
    WalletBook bookOf(Hold hold, Leg leg) {
        for (WalletSpec wallet : hold.terms().wallets(hold.root())) {
            WalletBook book = state.book(wallet.key());
            if (book != null && book.id().equals(leg.wallet())) {
                return book;
            }
        }
        throw new IllegalStateException("the wallet of leg " + leg.ordinal() + " of " + hold.id() + " was not locked");
    }

    static java.util.@Nullable UUID wallet(Terms by, Hold hold) {
        var key = by.type() == FeatureType.CREDIT ? by.creditWallet(hold.root()) : by.limitWallet(hold.root());
        return key == null ? null : key.id();
    }

    MoveContext context(
            Operation operation,
            Hold hold,
            Terms by,
            Instant effectiveAt,
            @Nullable UsagePlace place,
            @Nullable Charge charge) {
        UsageEvent event = operation instanceof Operation.Settle settle ? settle.event() : null;
        return new MoveContext(
                operation.transaction(),
                hold.customer(),
                hold.id(),
                charge == null ? null : charge.key(),
                by.feature(),
                hold.resource(),
                by.rateVersion(),
                place == null ? null : place.windowStart(),
                effectiveAt,
                now,
                false,
                operation.keys().isEmpty() ? "lapse" : operation.key().text(),
                operation.actor(),
                event == null ? null : event.source(),
                event == null ? null : event.id());
    }

    /** What it holds now. */
    List<UnitAmount> held(Hold hold) {
        return amounts(hold, hold.legs().stream().mapToLong(Leg::open).toArray());
    }

    /** Amounts by leg in their units; the first leg is always named. */
    List<UnitAmount> amounts(Hold hold, long[] byLeg) {
        List<UnitAmount> amounts = new ArrayList<>();
        for (int l = 0; l < byLeg.length; l++) {
            if (byLeg[l] > 0 || l == 0) {
                WalletBook book = bookOf(hold, hold.legs().get(l));
                amounts.add(new UnitAmount(book.key().unit(), book.scale(), byLeg[l]));
            }
        }
        return amounts;
    }
}
