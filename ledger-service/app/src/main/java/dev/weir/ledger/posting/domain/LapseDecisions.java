package dev.weir.ledger.posting.domain;

import dev.weir.catalog.contract.FeatureType;
import dev.weir.ledger.posting.domain.SettledUsage.UsagePlace;
import dev.weir.ledger.wallet.domain.MoveContext;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** What becomes of a hold that nobody reports on. */
final class LapseDecisions {
    private final BatchState state;
    private final Places places;
    private final HoldBooks books;
    private final Duration quarantine;
    private final Budgets budgets;
    private final Instant now;

    LapseDecisions(
            BatchState state, Places places, HoldBooks books, Budgets budgets, Duration quarantine, Instant now) {
        this.budgets = budgets;
        this.state = state;
        this.places = places;
        this.books = books;
        this.quarantine = quarantine;
        this.now = now;
    }

    /** What becomes of a hold whose deadline has passed: by its policy, quarantine first if it says so. */
    Outcome lapse(Operation.Lapse lapse) {
        Hold hold = state.hold(lapse.reservation());
        if (hold == null || !hold.state().open() || hold.deadlineAt().isAfter(now)) {
            return new Outcome.Done();
        }
        if (hold.state() == HoldState.HELD && hold.onLapse() == OnLapse.QUARANTINE) {
            hold.lapse(HoldState.QUARANTINED, hold.deadlineAt().plus(quarantine));
            for (Leg leg : hold.legs()) {
                if (leg.open() > 0) {
                    books.bookOf(hold, leg).quarantine(leg.open());
                }
            }
            return new Outcome.Done();
        }
        boolean wasHeld = hold.state() == HoldState.HELD;
        Long certain = hold.atLeast();
        long captured = wasHeld && hold.onLapse() == OnLapse.CAPTURE
                ? hold.quantity()
                : wasHeld || certain == null ? 0 : certain;
        capture(lapse, hold, captured);
        return new Outcome.Done();
    }

    private void capture(Operation.Lapse lapse, Hold hold, long quantity) {
        Terms by = hold.terms();
        Tally tally = new Tally();
        Drawing drawing = books.drawing(hold, tally, budgets.room(hold.customer(), by, now));
        UsagePlace place = places.of(hold.customer(), by, hold.resource(), now);
        Charge charge = Charges.of(
                Charges.OWN_SOURCE,
                hold.id().toString(),
                by.feature(),
                by.eventType(),
                hold.customer(),
                hold.resource(),
                null,
                null);
        MoveContext context =
                books.context(lapse, hold, by, now, quantity > 0 ? place : null, quantity > 0 ? charge : null);
        books.unquarantine(hold);
        if (quantity > 0) {
            drawing.settle(hold, quantity, context);
            state.charged(charge.charged(HoldBooks.wallet(by, hold), hold.id(), quantity));
            if (by.type() == FeatureType.CREDIT || by.limited()) {
                state.bookings()
                        .add(Places.booking(
                                hold.customer(), hold.root(), by, hold.resource(), place, quantity, 0, tally));
            }
            state.settled()
                    .add(new SettledUsage(
                            hold,
                            Charges.OWN_SOURCE,
                            hold.id().toString(),
                            Map.of(),
                            Map.of(),
                            now,
                            quantity,
                            place,
                            false,
                            false,
                            tally.spent()));
        }
        drawing.release(hold, context);
        if (hold.state() == HoldState.HELD) {
            hold.lapse(HoldState.LAPSED, hold.deadlineAt());
        }
        hold.close(quantity > 0 ? HoldState.CAPTURED : HoldState.RELEASED, quantity, now);
        books.reschedule(hold);
    }
}
