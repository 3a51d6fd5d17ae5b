package dev.weir.ledger.posting.app;

import dev.weir.catalog.contract.FeatureType;
import dev.weir.ledger.contract.BudgetExceeded;
import dev.weir.ledger.contract.BudgetState;
import dev.weir.ledger.contract.ReservationSettled;
import dev.weir.ledger.contract.Spent;
import dev.weir.ledger.contract.TrialCreditUsed;
import dev.weir.ledger.contract.UsageReversed;
import dev.weir.ledger.contract.WalletKind;
import dev.weir.ledger.contract.WalletState;
import dev.weir.ledger.posting.domain.BatchState;
import dev.weir.ledger.posting.domain.BudgetBook;
import dev.weir.ledger.posting.domain.Hold;
import dev.weir.ledger.posting.domain.Outcome.LegSpend;
import dev.weir.ledger.posting.domain.ReversedUsage;
import dev.weir.ledger.posting.domain.SettledUsage;
import dev.weir.ledger.posting.domain.SettledUsage.UsagePlace;
import dev.weir.ledger.posting.domain.Terms;
import dev.weir.ledger.posting.persistence.WalletWriter;
import dev.weir.ledger.wallet.domain.WalletBook;
import dev.weir.platform.kernel.Shard;
import dev.weir.platform.servicekit.events.Outbox;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Publishes what a batch changed, with its transaction: wallets as states, settled usage and used-up trials as facts. */
@ApplicationScoped
class LedgerEvents {
    private final Outbox outbox;

    LedgerEvents(Outbox outbox) {
        this.outbox = outbox;
    }

    /** Publishes; returns the states of the wallets that changed, by their ids. */
    Map<UUID, WalletState> publish(BatchState state, Instant now) {
        Map<UUID, WalletState> told = new HashMap<>();
        for (WalletBook book : state.books()) {
            if (WalletWriter.worthWriting(book)) {
                WalletState wallet = WalletStates.of(book, now);
                told.put(book.id(), wallet);
                outbox.state(
                        "ledger.wallet",
                        book.id().toString(),
                        book.head().seq(),
                        Shard.of(book.key().root()),
                        wallet);
                // Told again while the block is there, and kept once, by its id.
                TrialCreditUsed.in(wallet)
                        .forEach(used -> outbox.fact(
                                "ledger.trial-credit-used",
                                used.block().toString(),
                                used.subscription().toString(),
                                Shard.of(used.root()),
                                used));
            }
        }
        for (BudgetBook budget : state.budgets()) {
            if (budget.changed()) {
                BudgetState body = budget.state();
                outbox.state("ledger.budget", body.budget().toString(), body.version(), Shard.of(body.root()), body);
            }
        }
        for (BudgetExceeded exceeded : state.exceeded()) {
            outbox.fact(
                    "ledger.budget-exceeded",
                    exceeded.budget().toString(),
                    exceeded.subscription().toString(),
                    Shard.of(exceeded.root()),
                    exceeded);
        }
        for (ReversedUsage usage : state.reversed()) {
            UsageReversed reversed = usage.fact();
            outbox.fact(
                    "ledger.usage-reversed",
                    reversed.reversal().toString(),
                    reversed.customer(),
                    Shard.of(reversed.root()),
                    reversed);
        }
        for (SettledUsage usage : state.settled()) {
            Hold hold = usage.hold();
            outbox.fact(
                    "ledger.reservation-settled",
                    hold.id() + (usage.afterCapture() ? ":late" : ":settled"),
                    hold.id().toString(),
                    Shard.of(hold.root()),
                    settled(usage));
        }
        return told;
    }

    private static ReservationSettled settled(SettledUsage usage) {
        Hold hold = usage.hold();
        Terms terms = hold.terms();
        UsagePlace place = usage.place();
        boolean unlimited = terms.type() == FeatureType.METERED && !terms.limited();
        return new ReservationSettled(
                hold.id(),
                hold.customer(),
                hold.root(),
                hold.resource(),
                usage.source(),
                usage.id(),
                terms.eventType(),
                usage.data(),
                usage.dimensions(),
                usage.effectiveAt(),
                terms.feature(),
                terms.type().name(),
                usage.quantity(),
                terms.scale(),
                unlimited,
                place.subscription(),
                place.plan(),
                place.planVersion(),
                place.planHash(),
                place.periodFrom(),
                place.periodTo(),
                terms.rateVersion(),
                place.windowStart(),
                place.windowEnd(),
                usage.alreadyCharged(),
                spent(usage.spent()));
    }

    private static List<Spent> spent(List<LegSpend> legs) {
        return legs.stream()
                .map(leg -> new Spent(
                        leg.unit(),
                        leg.scale(),
                        leg.credit() ? WalletKind.CREDIT : WalletKind.LIMIT,
                        leg.amount(),
                        leg.blocks().stream()
                                .map(block -> new Spent.BlockAmount(block.block(), block.amount()))
                                .toList(),
                        leg.overage(),
                        leg.overdraft(),
                        leg.overrun()))
                .toList();
    }
}
