package dev.weir.ledger.posting.domain;

import dev.weir.catalog.contract.FeatureType;
import dev.weir.ledger.posting.domain.BatchState.Booked;
import dev.weir.ledger.posting.domain.Quantities.Amount;
import dev.weir.ledger.posting.domain.SettledUsage.UsagePlace;
import dev.weir.ledger.posting.domain.TermsResolver.Resolved;
import dev.weir.ledger.wallet.domain.MoveContext;
import dev.weir.ledger.wallet.domain.Timeline;
import dev.weir.ledger.wallet.domain.WalletBook;
import dev.weir.metering.contract.ReportedTotal;
import dev.weir.metering.contract.UsageReported;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Usage that was reported after the fact: it can no longer be refused, only booked. */
final class UsageDecisions {
    private final BatchState state;
    private final TermsResolver terms;
    private final Places places;
    private final Timeline timeline;
    private final Budgets budgets;
    private final Instant now;

    UsageDecisions(
            BatchState state, TermsResolver terms, Places places, Timeline timeline, Budgets budgets, Instant now) {
        this.state = state;
        this.budgets = budgets;

        this.terms = terms;
        this.places = places;
        this.timeline = timeline;
        this.now = now;
    }

    Outcome debit(Operation.Debit debit) {
        UsageReported usage = debit.usage();
        Charge charge = Charges.of(
                usage.source(),
                usage.id(),
                usage.feature(),
                usage.type(),
                usage.customer(),
                usage.resource(),
                usage.dimensions(),
                usage.time());
        Charge known = state.charge(charge.key());
        if (known != null) {
            return known.sameContent(charge)
                    ? new Outcome.Done()
                    : new Outcome.EventConflict(
                            "event " + usage.id() + " of " + usage.source() + " was charged before with other content");
        }
        Resolved resolved = terms.resolve(usage.customer(), usage.feature(), usage.resource(), usage.time());
        if (!(resolved instanceof Resolved.Entitled entitled)) {
            return new Outcome.Unpriced(why(resolved));
        }
        Terms by = entitled.terms();
        if (by.type() != FeatureType.CREDIT) {
            return new Outcome.Unpriced("feature " + by.feature() + " is not a CREDIT feature");
        }
        Amount amount = Quantities.of(new Measure.Dimensions(usage.dimensions()), by);
        if (!(amount instanceof Amount.Atomic cost)) {
            return new Outcome.Unpriced(amount.toString());
        }
        WalletBook credit = Objects.requireNonNull(state.book(by.creditWallet(debit.root())));
        timeline.sync(credit);
        Tally tally = new Tally();
        UsagePlace place =
                at(usage.windowStart(), usage.windowEnd(), usage.customer(), by, usage.resource(), usage.time());
        MoveContext context = new MoveContext(
                debit.transaction(),
                usage.customer(),
                null,
                charge.key(),
                by.feature(),
                usage.resource(),
                by.rateVersion(),
                place.windowStart(),
                usage.time(),
                now,
                false,
                "usage",
                debit.actor(),
                usage.source(),
                usage.id());
        new Drawing(by, null, credit, tally).draw(cost.atoms(), context, Drawing.BlockChoice.OF_TIME);
        state.charged(charge.charged(credit.id(), null, cost.atoms()));
        if (cost.atoms() > 0) {
            state.bookings()
                    .add(Places.booking(
                            usage.customer(), debit.root(), by, usage.resource(), place, 0, cost.atoms(), tally));
        }
        timeline.reschedule(credit);
        return new Outcome.Done();
    }

    Outcome book(Operation.BookTotal operation) {
        ReportedTotal total = operation.total();
        Booked known = state.total(total.windowId());
        long before = known == null ? 0 : known.booked();
        long unpricedBefore = known == null ? 0 : known.unpriced();
        boolean news = known == null || known.revision() < total.revision();
        long difference = news ? Math.subtractExact(total.total(), before) : 0;
        // Inside the window, so that the place is the window's even where the latest event is late.
        Instant at = total.latestEventAt().isBefore(total.start())
                        || !total.latestEventAt().isBefore(total.end())
                ? total.start()
                : total.latestEventAt();
        Resolved resolved = terms.resolve(total.customer(), total.feature(), total.resource(), at);
        if (resolved instanceof Resolved.Entitled entitled && entitled.feature().unlimited()) {
            return new Outcome.Done();
        }
        if (!(resolved instanceof Resolved.Entitled entitled)) {
            return unpriced(operation, known, difference, unpricedBefore, news, at, why(resolved));
        }
        Terms by = entitled.terms();
        long toPrice = Math.addExact(difference, unpricedBefore);
        if (toPrice == 0 && unpricedBefore == 0) {
            record(total, known, before + difference, 0, news);
            return new Outcome.Done();
        }
        WalletBook limit = Objects.requireNonNull(state.book(by.limitWallet(operation.root())));
        @Nullable WalletBook credit = state.book(by.creditWallet(operation.root()));
        timeline.sync(limit);
        timeline.openAt(limit, at);
        if (credit != null) {
            timeline.sync(credit);
        }
        Tally tally = new Tally();
        UsagePlace place = at(total.start(), total.end(), total.customer(), by, total.resource(), at);
        MoveContext context = new MoveContext(
                operation.transaction(),
                total.customer(),
                null,
                null,
                by.feature(),
                total.resource(),
                by.rateVersion(),
                place.windowStart(),
                at,
                now,
                false,
                "total:" + total.revision(),
                operation.actor(),
                null,
                null);
        Drawing drawing = new Drawing(by, limit, credit, tally, budgets.room(total.customer(), by, at));
        tally.unpriced(-unpricedBefore);
        if (toPrice > 0) {
            drawing.draw(toPrice, context, Drawing.BlockChoice.OF_TIME);
        } else if (toPrice < 0) {
            drawing.giveBack(-toPrice, context);
        }
        state.bookings()
                .add(Places.booking(
                        total.customer(), operation.root(), by, total.resource(), place, 0, difference, tally));
        record(total, known, before + difference, 0, news);
        timeline.reschedule(limit);
        return new Outcome.Done();
    }

    private Outcome unpriced(
            Operation.BookTotal operation,
            @Nullable Booked known,
            long difference,
            long unpricedBefore,
            boolean news,
            Instant at,
            String why) {
        ReportedTotal total = operation.total();
        if (difference != 0) {
            Terms none = new Terms(
                    total.feature(),
                    FeatureType.METERED,
                    false,
                    total.scale(),
                    false,
                    null,
                    null,
                    0,
                    0,
                    false,
                    null,
                    null,
                    List.of(),
                    null,
                    null,
                    null,
                    0,
                    null);
            Tally tally = new Tally();
            tally.unpriced(difference);
            UsagePlace place = new UsagePlace(total.start(), total.end(), null, null, 0, null, null, null);
            state.bookings()
                    .add(Places.booking(
                            total.customer(), operation.root(), none, total.resource(), place, 0, difference, tally));
        }
        record(total, known, (known == null ? 0 : known.booked()) + difference, unpricedBefore + difference, news);
        return new Outcome.Unpriced(why + " at " + at);
    }

    private void record(ReportedTotal total, @Nullable Booked known, long booked, long unpriced, boolean news) {
        state.booked(new Booked(
                total.windowId(),
                total.customer(),
                total.feature(),
                news || known == null ? total.revision() : known.revision(),
                booked,
                unpriced));
    }

    /** Metering names the window; plan and period are the ledger's to find. */
    private UsagePlace at(
            Instant windowStart, Instant windowEnd, String customer, Terms by, @Nullable String resource, Instant at) {
        UsagePlace place = places.of(customer, by, resource, at);
        return new UsagePlace(
                windowStart,
                windowEnd,
                place.subscription(),
                place.plan(),
                place.planVersion(),
                place.planHash(),
                place.periodFrom(),
                place.periodTo());
    }

    private String why(Resolved resolved) {
        return switch (resolved) {
            case Resolved.NotEntitled not ->
                not.denial().reason() + ": " + not.denial().detail();
            case Resolved.NotReservable not -> not.why();
            case Resolved.Entitled entitled -> "entitled to " + entitled.terms().feature();
        };
    }
}
