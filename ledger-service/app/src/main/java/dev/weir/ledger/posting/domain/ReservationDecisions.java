package dev.weir.ledger.posting.domain;

import dev.weir.catalog.contract.FeatureType;
import dev.weir.ledger.posting.domain.Denial.Reason;
import dev.weir.ledger.posting.domain.Outcome.Denied;
import dev.weir.ledger.posting.domain.Outcome.LegSpend;
import dev.weir.ledger.posting.domain.Outcome.Refused;
import dev.weir.ledger.posting.domain.Outcome.UnitAmount;
import dev.weir.ledger.posting.domain.Quantities.Amount;
import dev.weir.ledger.posting.domain.SettledUsage.UsagePlace;
import dev.weir.ledger.posting.domain.TermsResolver.Resolved;
import dev.weir.ledger.wallet.domain.MoveContext;
import dev.weir.ledger.wallet.domain.WalletBook;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reserve, extend, settle, release. */
final class ReservationDecisions {
    private static final Duration SETTLE_CLOCK_SKEW = Duration.ofMinutes(5);

    private final BatchState state;
    private final TermsResolver terms;
    private final Places places;
    private final HoldBooks books;
    private final Instant now;
    private final Denials denials;
    private final Budgets budgets;

    ReservationDecisions(
            BatchState state, TermsResolver terms, Places places, HoldBooks books, Budgets budgets, Instant now) {
        this.budgets = budgets;
        this.state = state;
        this.terms = terms;
        this.places = places;
        this.books = books;
        this.now = now;
        this.denials = new Denials(now);
    }

    Outcome reserve(Operation.Reserve reserve) {
        return switch (terms.resolve(reserve.customer(), reserve.feature(), reserve.resource(), now)) {
            case Resolved.NotEntitled not -> new Denied(not.denial());
            case Resolved.NotReservable not -> new Refused(422, "NOT_RESERVABLE", "feature", not.why());
            case Resolved.Entitled entitled -> {
                Optional<String> why = TermsResolver.whyNotReservable(entitled.feature());
                yield why.isPresent()
                        ? new Refused(422, "NOT_RESERVABLE", "feature", why.get())
                        : reserve(reserve, entitled.terms());
            }
        };
    }

    private Outcome reserve(Operation.Reserve asked, Terms by) {
        Operation.Reserve reserve =
                asked.lapsing(by.type() == FeatureType.CREDIT ? OnLapse.QUARANTINE : OnLapse.RELEASE);
        Amount amount = Quantities.of(reserve.measure(), by);
        Amount least = reserve.atLeast() == null ? new Amount.Atomic(0) : Quantities.of(reserve.atLeast(), by);
        if (!(amount instanceof Amount.Atomic quantity)) {
            return unusable(amount, by);
        }
        if (!(least instanceof Amount.Atomic certain)) {
            return unusable(least, by);
        }
        if (certain.atoms() > quantity.atoms()) {
            return new Refused(400, "INVALID_VALUE", "atLeast", "is more than what is reserved");
        }
        Hold hold = Hold.open(reserve, by, now.plus(reserve.expiresIn()), now);
        Optional<Denial> denied = hold(
                hold, by, quantity.atoms(), books.context(reserve, hold, by, now, null, null), reserve.expiresIn());
        if (denied.isPresent()) {
            return new Denied(denied.get());
        }
        hold.reserved(quantity.atoms(), reserve.atLeast() == null ? null : certain.atoms(), hold.deadlineAt());
        state.add(hold);
        return new Outcome.Reserved(hold, books.held(hold));
    }

    Outcome extend(Operation.Extend extend) {
        Hold hold = state.hold(extend.reservation());
        if (hold == null) {
            return unknown(extend.reservation());
        }
        if (hold.state() != HoldState.HELD) {
            return new Refused(409, "RESERVATION_CLOSED", null, "the reservation is " + hold.state());
        }
        Terms by = hold.terms();
        // Extending asks for more, so it needs the entitlement; what it costs is as it was reserved.
        if (terms.resolve(hold.customer(), by.feature(), hold.resource(), now) instanceof Resolved.NotEntitled not) {
            return new Denied(not.denial());
        }
        Amount amount = Quantities.of(extend.measure(), by);
        if (!(amount instanceof Amount.Atomic quantity)) {
            return unusable(amount, by);
        }
        Duration life = Duration.between(hold.createdAt(), hold.deadlineAt());
        Optional<Denial> denied =
                hold(hold, by, quantity.atoms(), books.context(extend, hold, by, now, null, null), life);
        if (denied.isPresent()) {
            return new Denied(denied.get());
        }
        Instant renewed = now.plus(life);
        hold.reserved(quantity.atoms(), null, renewed.isAfter(hold.deadlineAt()) ? renewed : hold.deadlineAt());
        return new Outcome.Reserved(hold, books.held(hold));
    }

    /** Holds more, or says why not. */
    private Optional<Denial> hold(Hold hold, Terms by, long quantity, MoveContext context, Duration life) {
        WalletBook limit = state.book(by.limitWallet(hold.root()));
        WalletBook credit = state.book(by.creditWallet(hold.root()));
        books.sync(limit);
        books.sync(credit);
        Drawing drawing = new Drawing(by, limit, credit, new Tally());
        Optional<Denial> frozen = denials.frozen(by, limit, credit, drawing);
        if (frozen.isPresent()) {
            return frozen;
        }
        return switch (drawing.fits(quantity)) {
            case Drawing.Fit.Short missing ->
                Optional.of(denials.missing(by, limit, credit, drawing, quantity, missing));
            case Drawing.Fit.Fits fits -> {
                long charged = drawing.rooms().charged(quantity);
                Optional<Denial.Money> money = budgets.refuses(hold.customer(), by, charged);
                if (money.isPresent()) {
                    yield Optional.of(denials.overBudget(by, limit, credit, drawing, money.get()));
                }
                drawing.hold(hold, quantity, context);
                budgets.hold(hold, charged);
                yield Optional.empty();
            }
        };
    }

    Outcome settle(Operation.Settle settle) {
        Hold hold = state.hold(settle.reservation());
        if (hold == null) {
            return unknown(settle.reservation());
        }
        boolean late = !hold.state().open();
        if (late && !(hold.lapsed() && hold.state() != HoldState.SETTLED)) {
            return new Refused(409, "RESERVATION_CLOSED", null, "the reservation is " + hold.state());
        }
        Terms by = hold.terms();
        UsageEvent event = settle.event();
        Instant effectiveAt = event == null || event.time() == null ? now : event.time();
        if (effectiveAt.isAfter(now.plus(SETTLE_CLOCK_SKEW))) {
            return new Refused(400, "INVALID_VALUE", "event.time", "is in the future");
        }
        Amount amount = Quantities.of(settle.measure(), by);
        if (!(amount instanceof Amount.Atomic quantity)) {
            return unusable(amount, by);
        }
        Charge charge = charge(settle, hold);
        Charge known = state.charge(charge.key());
        if (known != null && !known.sameContent(charge)) {
            return new Outcome.EventConflict("the event was charged before with other content");
        }
        if (known != null && captured(hold) > 0) {
            return correct(settle, hold, effectiveAt);
        }
        return settle(settle, hold, quantity.atoms() - captured(hold), effectiveAt, charge, known != null, late);
    }

    /** Its event was charged by a report, and a part of it was captured for want of one: the capture is given back. */
    private Outcome correct(Operation.Settle settle, Hold hold, Instant effectiveAt) {
        Operation.Settle own = new Operation.Settle(
                settle.reservation(),
                settle.root(),
                settle.customer(),
                settle.measure(),
                null,
                settle.transaction(),
                settle.keys(),
                settle.actor());
        Outcome.Settled settled = settle(own, hold, -captured(hold), effectiveAt, charge(own, hold), false, true);
        return new Outcome.Settled(settled.hold(), settled.spent(), settled.released(), true, true);
    }

    private Outcome.Settled settle(
            Operation.Settle settle,
            Hold hold,
            long quantity,
            Instant effectiveAt,
            Charge charge,
            boolean alreadyCharged,
            boolean late) {
        Terms by = hold.terms();
        Tally tally = new Tally();
        Drawing drawing = books.drawing(hold, tally, budgets.room(hold.customer(), by, effectiveAt));
        UsagePlace place = places.of(hold.customer(), by, hold.resource(), effectiveAt);
        MoveContext context = books.context(settle, hold, by, effectiveAt, place, charge);
        books.unquarantine(hold);
        boolean afterCapture = hold.state() == HoldState.CAPTURED;
        long total = Math.addExact(quantity, captured(hold));
        String ownId = ownId(hold);
        if (!alreadyCharged) {
            if (quantity < 0) {
                books.correction(hold, tally).giveBack(hold, captured(hold), -quantity, context.asLate());
            } else if (late) {
                drawing.draw(quantity, context.asLate(), Drawing.BlockChoice.LIVE);
            } else {
                drawing.settle(hold, quantity, context);
            }
            state.charged(charge.charged(HoldBooks.wallet(by, hold), hold.id(), quantity));
            if (quantity != 0 && (by.type() == FeatureType.CREDIT || by.limited())) {
                state.bookings()
                        .add(Places.booking(
                                hold.customer(), hold.root(), by, hold.resource(), place, quantity, 0, tally));
            }
        }
        List<UnitAmount> released = new ArrayList<>(books.amounts(hold, drawing.release(hold, context)));
        hold.close(HoldState.SETTLED, total, now);
        books.reschedule(hold);
        List<LegSpend> spent = tally.spent();
        spent.stream()
                .filter(leg -> leg.amount() < 0)
                .map(leg -> new UnitAmount(leg.unit(), leg.scale(), -leg.amount()))
                .forEach(released::add);
        UsageEvent event = settle.event();
        state.settled()
                .add(new SettledUsage(
                        hold,
                        event == null ? Charges.OWN_SOURCE : event.source(),
                        event == null ? ownId : event.id(),
                        data(settle),
                        dimensions(settle.measure()),
                        effectiveAt,
                        quantity,
                        place,
                        alreadyCharged,
                        afterCapture,
                        spent));
        return new Outcome.Settled(
                hold,
                spent.stream().filter(leg -> leg.amount() >= 0).toList(),
                quantity < 0
                        ? released.stream()
                                .filter(amount -> amount.amount() > 0)
                                .toList()
                        : released,
                alreadyCharged,
                late);
    }

    Outcome release(Operation.Release release) {
        Hold hold = state.hold(release.reservation());
        if (hold == null) {
            return unknown(release.reservation());
        }
        if (hold.state() == HoldState.RELEASED) {
            return new Outcome.Released(
                    hold,
                    books.amounts(
                            hold, hold.legs().stream().mapToLong(Leg::released).toArray()));
        }
        if (!hold.state().open()) {
            return new Refused(409, "RESERVATION_CLOSED", null, "the reservation is " + hold.state());
        }
        MoveContext context = books.context(release, hold, hold.terms(), now, null, null);
        books.unquarantine(hold);
        List<UnitAmount> released =
                books.amounts(hold, books.drawing(hold, new Tally()).release(hold, context));
        hold.close(HoldState.RELEASED, null, now);
        books.reschedule(hold);
        return new Outcome.Released(hold, released);
    }

    /** What was captured before this report came; it is booked and told already. */
    private static long captured(Hold hold) {
        Long used = hold.used();
        return hold.state() == HoldState.CAPTURED && used != null ? used : 0;
    }

    /** The event id of a settle that names no event; what was captured before has the reservation's own. */
    private static String ownId(Hold hold) {
        return hold.state() == HoldState.CAPTURED
                ? Charges.afterCapture(hold.id())
                : hold.id().toString();
    }

    private static Charge charge(Operation.Settle settle, Hold hold) {
        UsageEvent event = settle.event();
        return Charges.of(
                event == null ? Charges.OWN_SOURCE : event.source(),
                event == null ? ownId(hold) : event.id(),
                hold.terms().feature(),
                hold.terms().eventType(),
                hold.customer(),
                hold.resource(),
                event == null ? null : event.dataText(),
                event == null ? null : event.time());
    }

    private static Map<String, Object> data(Operation.Settle settle) {
        UsageEvent event = settle.event();
        if (event != null && event.data() != null) {
            return event.data();
        }
        return Map.copyOf(dimensions(settle.measure()));
    }

    private static Map<String, String> dimensions(Measure measure) {
        return measure instanceof Measure.Dimensions dimensions ? dimensions.values() : Map.of();
    }

    private Outcome unusable(Amount amount, Terms by) {
        return switch (amount) {
            case Amount.NoPrice none ->
                new Denied(Denial.plain(
                        Reason.UNPRICED, none.why(), by.feature(), by.type().name(), now));
            case Amount.Invalid invalid -> new Refused(400, invalid.code(), invalid.field(), invalid.why());
            case Amount.Atomic atomic -> throw new IllegalStateException("usable: " + atomic);
        };
    }

    private static Outcome unknown(java.util.UUID reservation) {
        return new Refused(404, "UNKNOWN_RESERVATION", null, "no reservation " + reservation);
    }
}
