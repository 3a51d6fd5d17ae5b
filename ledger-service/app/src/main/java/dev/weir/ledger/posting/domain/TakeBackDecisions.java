package dev.weir.ledger.posting.domain;

import dev.weir.ledger.contract.BlockStatus;
import dev.weir.ledger.posting.domain.ByHand.TakeBack;
import dev.weir.ledger.posting.domain.Outcome.Refused;
import dev.weir.ledger.posting.domain.Outcome.Taken;
import dev.weir.ledger.wallet.domain.Block;
import dev.weir.ledger.wallet.domain.BurnOrder;
import dev.weir.ledger.wallet.domain.Freezing;
import dev.weir.ledger.wallet.domain.JournalRow;
import dev.weir.ledger.wallet.domain.MoveContext;
import dev.weir.ledger.wallet.domain.MoveKind;
import dev.weir.ledger.wallet.domain.TakeBacks;
import dev.weir.ledger.wallet.domain.Timeline;
import dev.weir.ledger.wallet.domain.WalletBook;
import dev.weir.platform.kernel.Atoms;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Void, refund, claw-back; freeze and unfreeze. */
final class TakeBackDecisions {
    private final BatchState state;
    private final Timeline timeline;
    private final Instant now;

    TakeBackDecisions(BatchState state, Timeline timeline, Instant now) {
        this.state = state;
        this.timeline = timeline;
        this.now = now;
    }

    Outcome freeze(ByHand.Freeze freeze) {
        WalletBook book = Objects.requireNonNull(state.book(freeze.wallet().key()));
        timeline.sync(book);
        Freezing.turn(book, freeze.frozen(), context(freeze));
        return new Outcome.Turned(book);
    }

    Outcome take(TakeBack take) {
        WalletBook book = Objects.requireNonNull(state.book(take.wallet().key()));
        Optional<Refused> limit = HandAmounts.notCredit(book);
        if (limit.isPresent()) {
            return limit.get();
        }
        timeline.sync(book);
        Block block = book.block(take.block());
        if (block == null) {
            return new Refused(404, "UNKNOWN_BLOCK", null, "the wallet has no block " + take.block());
        }
        boolean clawBack = take.kind() == MoveKind.CLAW_BACK;
        boolean ended = block.status() == BlockStatus.CLOSING || block.status() == BlockStatus.EXPIRED;
        if (ended && !clawBack) {
            return new Refused(409, "BLOCK_ENDED", null, "the block has ended: nothing of it can be given back");
        }
        long heldHere = block.held() - block.takenBack().voidDue();
        long most = clawBack ? block.chargeable() : block.free() + heldHere;
        long amount = most;
        if (take.amount() != null) {
            switch (HandAmounts.of(take.amount(), book.scale())) {
                case HandAmounts.Wrong wrong -> {
                    return wrong.refused();
                }
                case HandAmounts.Usable usable -> amount = usable.atoms();
            }
        }
        if (amount == 0 || amount > most) {
            return new Refused(
                    409,
                    "NOT_UNUSED",
                    "amount",
                    (clawBack ? "the block has given only " : "only ")
                            + Atoms.format(most, book.scale())
                            + (clawBack ? "" : " of the block is unused"));
        }
        if (block.status() == BlockStatus.PENDING && amount < block.granted()) {
            return new Refused(
                    409, "BLOCK_PENDING", "amount", "a block that has not begun can only be taken back whole");
        }
        Optional<Refused> wrongMoney = wrongMoney(take, block, amount);
        if (wrongMoney.isPresent()) {
            return wrongMoney.get();
        }
        long money = money(take, block, amount);
        Taken taken = clawBack ? clawBack(take, book, block, amount, money) : giveUp(take, book, block, amount, money);
        if (take.freeze()) {
            Freezing.turn(book, true, context(take));
        }
        timeline.reschedule(book);
        return new Outcome.TakenBack(book, block, taken);
    }

    /** Void or refund: what is free now, what is held when it comes back, each with its share of the money. */
    private Taken giveUp(TakeBack take, WalletBook book, Block block, long amount, long money) {
        MoveContext context = context(take);
        long free = Math.min(amount, block.free());
        long held = amount - free;
        long nowPaid = held == 0 ? money : share(money, free, amount);
        if (free > 0) {
            TakeBacks.take(book, block, free, take.kind(), nowPaid, true, context);
        }
        if (held > 0) {
            TakeBacks.mark(book, block, held, money - nowPaid, context);
        }
        return new Taken(free, held, 0, 0, 0, nowPaid, money - nowPaid, 0);
    }

    /**
     * The payment is gone whatever the customer has done with the credit: what is free is voided, what is held when it comes
     * back; what was used is taken from other blocks if asked, then booked as overdraft within the floor. What even that does
     * not cover is a receivable of finance, never debt of the wallet.
     */
    private Taken clawBack(TakeBack take, WalletBook book, Block block, long amount, long money) {
        MoveContext context = context(take);
        long free = Math.min(amount, block.free());
        long held = Math.min(amount - free, block.held() - block.takenBack().voidDue());
        // What has ended is charged back before what was used, and neither of them twice.
        long ended = block.expired() + block.closing() - block.takenBack().chargedBack();
        long gone = Math.min(amount - free - held, Math.max(0, ended));
        long used = amount - free - held - gone;
        long others = take.fromOthers() ? Math.min(used, freeBeside(book, block)) : 0;
        long room = Math.max(
                0, -book.head().floor() - book.head().overdraft() - book.head().overdraftHeld());
        long owed = Math.min(used - others, room);
        long receivable = used - others - owed;
        long receivableMinor = share(money, receivable, amount);
        MoveContext charged = TakeBacks.chargeBack(block, gone + used, context);
        MoveContext first = receivable == 0
                ? charged
                : charged.with("receivable", Long.toString(receivable))
                        .with(JournalRow.RECEIVABLE, Long.toString(receivableMinor));
        TakeBacks.take(book, block, free, MoveKind.CLAW_BACK, money - receivableMinor, true, first);
        if (held > 0) {
            TakeBacks.mark(book, block, held, 0, context);
        }
        long rest = others;
        for (Block other : BurnOrder.live(book.blocks(), null)) {
            long taken = other == block ? 0 : Math.min(rest, other.free());
            if (taken > 0) {
                TakeBacks.take(book, other, taken, MoveKind.CLAW_BACK, 0, true, context);
                rest -= taken;
            }
        }
        if (owed > 0) {
            TakeBacks.owe(book, owed, context);
        }
        return new Taken(free, held, others, owed, receivable, money - receivableMinor, 0, receivableMinor);
    }

    private static long freeBeside(WalletBook book, Block block) {
        return BurnOrder.live(book.blocks(), null).stream()
                .filter(other -> other != block)
                .mapToLong(Block::free)
                .sum();
    }

    private static Optional<Refused> wrongMoney(TakeBack take, Block block, long amount) {
        ByHand.Money money = take.money();
        boolean paid = block.terms().costTotal() > 0;
        if (take.kind() == MoveKind.REFUND && !paid) {
            return Optional.of(new Refused(422, "NOT_PAID", null, "nothing was paid for the block: void it"));
        }
        if (money == null) {
            return Optional.empty();
        }
        if (!money.currency().equals(block.terms().costCurrency())) {
            return Optional.of(new Refused(
                    422,
                    "CURRENCY_MISMATCH",
                    "money.currency",
                    paid ? "the block was paid in " + block.terms().costCurrency() : "nothing was paid for the block"));
        }
        return money.minor() > block.netCost()
                ? Optional.of(new Refused(
                        409,
                        "REFUND_TOO_LARGE",
                        "money.amount",
                        "of what was paid, only " + block.netCost() + " minor units are not paid back yet"))
                : Optional.empty();
    }

    private static long money(TakeBack take, Block block, long amount) {
        ByHand.@Nullable Money money = take.money();
        if (money != null) {
            return money.minor();
        }
        return switch (take.kind()) {
            case VOID -> 0;
            case CLAW_BACK -> block.paidFor(amount);
            default -> block.costOf(amount);
        };
    }

    private MoveContext context(ByHand operation) {
        return MoveContext.byHand(
                operation.transaction(),
                operation.customer(),
                now,
                operation.key().text(),
                operation.actor(),
                operation.reason());
    }

    private static long share(long whole, long part, long of) {
        return BigInteger.valueOf(whole)
                .multiply(BigInteger.valueOf(part))
                .divide(BigInteger.valueOf(of))
                .longValueExact();
    }
}
