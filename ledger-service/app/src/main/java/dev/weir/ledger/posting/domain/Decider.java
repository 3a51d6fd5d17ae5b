package dev.weir.ledger.posting.domain;

import dev.weir.ledger.contract.BlockSource;
import dev.weir.ledger.posting.domain.Outcome.Refused;
import dev.weir.ledger.wallet.domain.Block;
import dev.weir.ledger.wallet.domain.BlockTerms;
import dev.weir.ledger.wallet.domain.Entitlements;
import dev.weir.ledger.wallet.domain.MoveContext;
import dev.weir.ledger.wallet.domain.Repayment;
import dev.weir.ledger.wallet.domain.SeatLink;
import dev.weir.ledger.wallet.domain.Timeline;
import dev.weir.ledger.wallet.domain.WalletBook;
import dev.weir.ledger.wallet.domain.WalletKey;
import dev.weir.platform.kernel.Atoms;
import dev.weir.platform.kernel.AtomsException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/**
 * Decides operations one after the other on wallets that are locked. Pure: what it reads and changes stands in the
 * {@link BatchState}; the time is an argument, ids come with the operations or follow from what they name. An operation that
 * is refused has changed nothing but what was due anyway.
 */
public final class Decider {
    private final BatchState state;
    private final Timeline timeline;
    private final ReservationDecisions reservations;
    private final LapseDecisions lapses;
    private final UsageDecisions usage;
    private final TakeBackDecisions takeBacks;
    private final MoveDecisions moves;
    private final ReversalDecisions reversals;
    private final RecallDecisions recalls;
    private final Instant now;
    private final Settings settings;
    private final SeatCredits seats;
    private final Budgets budgets;

    /**
     * How long things take.
     *
     * @param quarantine from a hold's deadline until what is certain is captured and the rest given back
     */
    public record Settings(Timeline.ClosingTimes closing, Duration quarantine) {}

    public Decider(
            BatchState state,
            Entitlements entitlements,
            TermsResolver.Units units,
            Settings settings,
            UUID timelineTransaction,
            Timeline.OverageSource overage,
            Instant now) {
        this.state = state;
        this.now = now;
        this.settings = settings;
        this.timeline = new Timeline(
                entitlements, settings.closing(), timelineTransaction, now, overage, new BatchCircumstances(state));
        this.seats = new SeatCredits(state, entitlements, timeline);
        TermsResolver terms = new TermsResolver(entitlements, units);
        Places places = new Places(entitlements);
        HoldBooks books = new HoldBooks(state, timeline, now);
        this.budgets = new Budgets(state, entitlements, now);
        this.reservations = new ReservationDecisions(state, terms, places, books, budgets, now);
        this.lapses = new LapseDecisions(state, places, books, budgets, settings.quarantine(), now);
        this.usage = new UsageDecisions(state, terms, places, timeline, budgets, now);
        this.recalls = new RecallDecisions(state, entitlements, timeline, now);
        this.takeBacks = new TakeBackDecisions(state, timeline, now);
        this.moves = new MoveDecisions(state, timeline, settings.closing().credits(), now);
        this.reversals =
                new ReversalDecisions(state, timeline, settings.closing().credits(), now);
    }

    /** Decides one operation and makes its moves. */
    public Outcome decide(Operation operation) {
        Map<SeatLink, Long> levels = seats.before(operation.root());
        int booked = state.bookings().size();
        int settled = state.settled().size();
        Outcome outcome = switch (operation) {
            case Operation.Refresh refresh -> refresh(refresh);
            case Operation.Grant grant -> grant(grant);
            case Operation.Reserve reserve -> reservations.reserve(reserve);
            case Operation.Extend extend -> reservations.extend(extend);
            case Operation.Settle settle -> reservations.settle(settle);
            case Operation.Release release -> reservations.release(release);
            case Operation.Lapse lapse -> lapses.lapse(lapse);
            case Operation.Debit debit -> usage.debit(debit);
            case Operation.BookTotal total -> usage.book(total);
            case Operation.Recall recall -> recalls.recall(recall);
            case ByHand hand -> byHand(hand);
        };
        seats.after(operation.root(), levels);
        state.bookings().addAll(timeline.takeAbsorbed());
        budgets.follow(
                state.bookings().subList(booked, state.bookings().size()),
                state.settled().subList(settled, state.settled().size()));
        return outcome;
    }

    private Outcome byHand(ByHand operation) {
        return switch (operation) {
            case ByHand.TakeBack take -> takeBacks.take(take);
            case ByHand.Freeze freeze -> takeBacks.freeze(freeze);
            case ByHand.Charge charge -> moves.charge(charge);
            case ByHand.Transfer transfer -> moves.transfer(transfer);
            case ByHand.Convert convert -> moves.convert(convert);
            case ByHand.Reverse reverse -> reversals.reverse(reverse);
        };
    }

    private Outcome refresh(Operation.Refresh refresh) {
        for (WalletSpec wallet : refresh.wallets()) {
            WalletBook book = Objects.requireNonNull(state.book(wallet.key()));
            if (refresh.force()) {
                timeline.apply(book);
            } else {
                timeline.sync(book);
            }
        }
        return new Outcome.Done();
    }

    private Outcome grant(Operation.Grant grant) {
        WalletBook book = Objects.requireNonNull(state.book(new WalletKey(grant.root(), grant.unit(), null)));
        long amount;
        try {
            amount = Atoms.parse(grant.amount(), book.scale());
        } catch (AtomsException e) {
            return new Refused(400, "INVALID_QUANTITY", "amount", String.valueOf(e.getMessage()));
        }
        if (amount <= 0) {
            return new Refused(400, "INVALID_QUANTITY", "amount", "a grant is more than 0");
        }
        if (amount > Long.MAX_VALUE / 1_000) {
            return new Refused(400, "INVALID_QUANTITY", "amount", "the amount is too large");
        }
        Instant effective = grant.effectiveAt() == null ? now : grant.effectiveAt();
        Instant expires = grant.expiresAt();
        if (expires != null && !expires.isAfter(effective)) {
            return new Refused(400, "INVALID_VALUE", "expiresAt", "must be after effectiveAt");
        }
        if (expires != null && !expires.isAfter(now)) {
            return new Refused(400, "INVALID_VALUE", "expiresAt", "must be in the future");
        }
        timeline.sync(book);
        BlockSource source = switch (grant.category()) {
            case PAID -> BlockSource.PREPAID;
            case PROMOTIONAL -> BlockSource.PROMOTIONAL;
        };
        BlockTerms terms = new BlockTerms(
                source,
                grant.sourceReference(),
                0,
                null,
                grant.category(),
                grant.priority(),
                grant.features(),
                null,
                null,
                null,
                grant.costCurrency(),
                grant.costMinor(),
                grant.reference(),
                grant.reason(),
                null);
        Block block = new Block(
                book.id(),
                terms,
                amount,
                effective,
                expires,
                expires == null ? null : expires.plus(settings.closing().credits()),
                now);
        MoveContext context = new MoveContext(
                grant.transaction(),
                grant.customer(),
                null,
                null,
                null,
                null,
                null,
                null,
                effective,
                now,
                false,
                grant.key().text(),
                grant.actor(),
                null,
                null);
        book.issue(block, context);
        Repayment.repay(book, block, context);
        timeline.reschedule(book);
        return new Outcome.Granted(book, block);
    }
}
