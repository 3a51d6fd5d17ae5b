package dev.weir.ledger.posting.domain;

import dev.weir.catalog.contract.FeatureType;
import dev.weir.ledger.wallet.domain.Block;
import dev.weir.ledger.wallet.domain.BurnOrder;
import dev.weir.ledger.wallet.domain.LimitPeriod;
import dev.weir.ledger.wallet.domain.MoveContext;
import dev.weir.ledger.wallet.domain.MoveKind;
import dev.weir.ledger.wallet.domain.Reversals;
import dev.weir.ledger.wallet.domain.Trimming;
import dev.weir.ledger.wallet.domain.WalletBook;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How a use of a feature draws on its wallets: the limit's blocks first, then the credit of the {@code then} leg, then
 * overage or overdraft room if the feature is SOFT, and what is left is overrun, which the vendor bears. Hold amounts are
 * spent in that order and given back in reverse.
 */
public final class Drawing {
    private final Terms terms;
    private final @Nullable WalletBook limit;
    private final @Nullable WalletBook credit;
    private final Tally tally;
    private final Rooms rooms;
    private final BudgetRoom budget;

    /** Whether a hold fits, and how much is missing if not. */
    public sealed interface Fit {
        /** It fits. */
        record Fits() implements Fit {}

        /** So many atoms of the wallet's unit are missing. */
        record Short(WalletBook wallet, long by) implements Fit {}
    }

    /** How much may be drawn. */
    Rooms rooms() {
        return rooms;
    }

    public Drawing(Terms terms, @Nullable WalletBook limit, @Nullable WalletBook credit, Tally tally) {
        this(terms, limit, credit, tally, BudgetRoom.UNBOUNDED);
    }

    Drawing(Terms terms, @Nullable WalletBook limit, @Nullable WalletBook credit, Tally tally, BudgetRoom budget) {
        this.budget = budget;
        this.terms = terms;
        this.limit = limit;
        this.credit = credit;
        this.tally = tally;
        this.rooms = new Rooms(terms, limit, credit);
    }

    // Holding ------------------------------------------------------------------------------------------------------

    /** Whether so much can be held now; changes nothing. */
    public Fit fits(long quantity) {
        if (terms.type() == FeatureType.CREDIT) {
            return creditFits(quantity);
        }
        if (limit == null) {
            return new Fit.Fits();
        }
        long rest = quantity - Math.min(quantity, rooms.free(limit));
        if (rest == 0) {
            return new Fit.Fits();
        }
        if (terms.hasThen()) {
            return creditFits(terms.thenCost(rest));
        }
        long room = rooms.overageRoom();
        return rest <= room ? new Fit.Fits() : new Fit.Short(limit, rest - room);
    }

    private Fit creditFits(long cost) {
        WalletBook book = requireCredit();
        long most = Math.addExact(rooms.free(book), rooms.overdraftRoom());
        return cost <= most ? new Fit.Fits() : new Fit.Short(book, cost - most);
    }

    /** Holds what {@link #fits} has said fits. */
    public void hold(Hold hold, long quantity, MoveContext context) {
        if (terms.type() == FeatureType.CREDIT) {
            holdCredit(leg(hold, 0, requireCredit(), 1), quantity, context);
            return;
        }
        if (limit == null) {
            return;
        }
        Leg first = leg(hold, 0, limit, 1);
        long rest = holdBlocks(limit, first, quantity, context);
        if (terms.hasThen()) {
            holdCredit(leg(hold, 1, requireCredit(), terms.thenPer()), terms.thenCost(rest), context);
        } else if (rest > 0) {
            LimitPeriod period = rooms.requirePeriod();
            limit.holdOverage(period, rest, context);
            first.hold(Room.OVERAGE, null, period.from(), rest);
        }
    }

    private void holdCredit(Leg leg, long cost, MoveContext context) {
        WalletBook book = requireCredit();
        long rest = holdBlocks(book, leg, cost, context);
        if (rest > 0) {
            book.holdOverdraft(rest, context);
            leg.hold(Room.OVERDRAFT, null, null, rest);
        }
    }

    private long holdBlocks(WalletBook book, Leg leg, long amount, MoveContext context) {
        long rest = amount;
        for (Block block : rest == 0 ? List.<Block>of() : BurnOrder.live(book.blocks(), scope())) {
            long take = Math.min(rest, block.free());
            if (take > 0) {
                book.hold(block, take, context);
                leg.hold(Room.BLOCK, block.id(), null, take);
                rest -= take;
            }
        }
        return rest;
    }

    private static Leg leg(Hold hold, int ordinal, WalletBook book, long factor) {
        return hold.legs().stream()
                .filter(leg -> leg.ordinal() == ordinal)
                .findFirst()
                .orElseGet(() -> {
                    Leg leg = new Leg(ordinal, book.id(), factor, 0);
                    hold.attach(leg);
                    return leg;
                });
    }

    // Settling -----------------------------------------------------------------------------------------------------

    /** Spends from the hold, then beyond it, until the quantity is covered; nothing is refused any more. */
    public void settle(Hold hold, long quantity, MoveContext context) {
        long rest = quantity;
        if (terms.type() == FeatureType.CREDIT) {
            rest -= spend(requireCredit(), hold.legs().getFirst(), rest, context);
        } else if (limit != null) {
            rest -= spend(limit, hold.legs().getFirst(), rest, context);
            if (rest > 0 && hold.legs().size() > 1) {
                Leg second = hold.legs().get(1);
                long covered = terms.thenAffordable(second.open(), rest);
                spend(requireCredit(), second, terms.thenCost(covered), context);
                tally.coveredByThen(covered);
                rest -= covered;
            }
        }
        long overrun = draw(rest, context, BlockChoice.LIVE);
        if (overrun > 0 && !hold.legs().isEmpty()) {
            hold.legs().getFirst().addOverrun(overrun);
        }
        hold.touch();
    }

    private long spend(WalletBook book, Leg leg, long most, MoveContext context) {
        long rest = most;
        for (Alloc alloc : leg.allocs()) {
            long amount = Math.min(rest, alloc.open());
            if (amount > 0) {
                spend(book, alloc, amount, context);
                rest -= amount;
            }
        }
        return most - rest;
    }

    private void spend(WalletBook book, Alloc alloc, long amount, MoveContext context) {
        switch (alloc.room()) {
            case BLOCK -> {
                Block block = block(book, alloc);
                book.spendHeld(block, amount, context);
                tally.block(book, block, amount);
            }
            case OVERAGE -> {
                book.spendHeldOverage(period(book, alloc), amount, context);
                tally.overage(book, amount);
            }
            case OVERDRAFT -> {
                book.spendHeldOverdraft(amount, context);
                tally.overdraft(book, amount);
            }
        }
        alloc.spend(amount);
    }

    /** Gives back whatever a hold still holds, the last leg and part first; returns it by leg, in leg order. */
    public long[] release(Hold hold, MoveContext context) {
        long[] released = new long[hold.legs().size()];
        for (int l = hold.legs().size() - 1; l >= 0; l--) {
            Leg leg = hold.legs().get(l);
            WalletBook book = bookOf(leg);
            for (int a = leg.allocs().size() - 1; a >= 0; a--) {
                Alloc alloc = leg.allocs().get(a);
                long amount = alloc.open();
                if (amount > 0) {
                    release(book, alloc, amount, context);
                    released[l] += amount;
                }
            }
            LimitPeriod period = book.period();
            if (period != null) {
                Trimming.trim(book, period, context);
            }
        }
        hold.touch();
        return released;
    }

    private void release(WalletBook book, Alloc alloc, long amount, MoveContext context) {
        switch (alloc.room()) {
            case BLOCK -> book.release(block(book, alloc), amount, context);
            case OVERAGE -> book.releaseOverage(period(book, alloc), amount, MoveKind.RELEASE, context);
            case OVERDRAFT -> book.releaseOverdraft(amount, context);
        }
        alloc.release(amount);
    }

    // Debits without a hold ----------------------------------------------------------------------------------------

    /** Which blocks may pay. */
    public enum BlockChoice {
        /** What is live now. */
        LIVE,
        /** For reported usage: first the blocks of the usage's time, then what is live now, marked late. */
        OF_TIME
    }

    /** Covers a quantity without a hold; returns what nothing covered and became overrun. */
    public long draw(long quantity, MoveContext context, BlockChoice choice) {
        if (quantity <= 0) {
            return 0;
        }
        if (terms.type() == FeatureType.CREDIT) {
            WalletBook book = requireCredit();
            long rest = drawCredit(quantity, context, choice);
            if (rest > 0) {
                book.overrun(null, rest, context);
                tally.overrun(book, rest);
            }
            return rest;
        }
        if (limit == null) {
            return 0;
        }
        long rest = quantity - drawBlocks(limit, quantity, context, choice);
        if (rest > 0 && terms.hasThen()) {
            long most = Math.addExact(drawable(requireCredit(), context, choice), rooms.overdraftRoom());
            long covered = terms.thenAffordable(most, rest);
            drawCredit(terms.thenCost(covered), context, choice);
            tally.coveredByThen(covered);
            rest -= covered;
        } else if (rest > 0 && terms.soft()) {
            LimitPeriod period = rooms.periodOfUse(context, choice);
            long over = budget.atMost(Math.min(rest, rooms.overageRoom(period)));
            if (over > 0) {
                limit.debitOverage(period, over, context);
                tally.overage(limit, over);
                rest -= over;
            }
        }
        if (rest > 0) {
            limit.overrun(rooms.periodOfUse(context, choice), rest, context);
            tally.overrun(limit, rest);
        }
        return rest;
    }

    private long drawCredit(long cost, MoveContext context, BlockChoice choice) {
        WalletBook book = requireCredit();
        long rest = cost - drawBlocks(book, cost, context, choice);
        long debt = Math.min(rest, rooms.overdraftRoom());
        if (debt > 0) {
            book.debitOverdraft(debt, context);
            tally.overdraft(book, debt);
            rest -= debt;
        }
        return rest;
    }

    private long drawBlocks(WalletBook book, long amount, MoveContext context, BlockChoice choice) {
        long rest = amount;
        if (choice == BlockChoice.OF_TIME) {
            rest -= drawFrom(book, BurnOrder.ofTime(book.blocks(), scope(), context.effectiveAt()), rest, context);
            rest -= drawFrom(book, BurnOrder.live(book.blocks(), scope()), rest, context.asLate());
        } else {
            rest -= drawFrom(book, BurnOrder.live(book.blocks(), scope()), rest, context);
        }
        return amount - rest;
    }

    private long drawFrom(WalletBook book, List<Block> blocks, long amount, MoveContext context) {
        long rest = amount;
        for (Block block : blocks) {
            long take = Math.min(rest, spendable(block));
            if (take > 0) {
                book.debit(block, take, context);
                tally.block(book, block, take);
                rest -= take;
            }
        }
        return amount - rest;
    }

    private long drawable(WalletBook book, MoveContext context, BlockChoice choice) {
        List<Block> live = BurnOrder.live(book.blocks(), scope());
        long sum = live.stream().mapToLong(Block::free).sum();
        return choice == BlockChoice.LIVE
                ? sum
                : sum
                        + BurnOrder.ofTime(book.blocks(), scope(), context.effectiveAt()).stream()
                                .filter(block -> !live.contains(block))
                                .mapToLong(Block::closing)
                                .sum();
    }

    private static long spendable(Block block) {
        return block.status() == dev.weir.ledger.contract.BlockStatus.CLOSING ? block.closing() : block.free();
    }

    /**
     * Takes reported usage of a limit back: overrun first, then overage, then blocks that have ended, then live ones, the last
     * to burn first. What cannot be given back to anything counts as unpriced.
     */
    public void giveBack(long quantity, MoveContext context) {
        WalletBook book = Objects.requireNonNull(limit, "only limits take usage back");
        long rest = quantity;
        LimitPeriod period = book.periodAt(context.effectiveAt());
        if (period == null) {
            period = book.period();
        }
        if (period != null) {
            long overrun = Math.min(rest, period.overrun());
            if (overrun > 0) {
                Reversals.overrun(book, period, overrun, context);
                tally.overrun(book, -overrun);
                rest -= overrun;
            }
            long overage = Math.min(rest, period.overage());
            if (overage > 0) {
                Reversals.overage(book, period, overage, context);
                tally.overage(book, -overage);
                rest -= overage;
            }
        }
        List<Block> endedThenLastToBurn = book.blocks().stream()
                .filter(block -> block.consumed() > 0)
                .sorted(Comparator.<Block>comparingInt(block -> -block.status().code())
                        .thenComparing(BurnOrder.COMPARATOR.reversed()))
                .toList();
        for (Block block : endedThenLastToBurn) {
            long amount = Math.min(rest, block.consumed());
            if (amount > 0) {
                Reversals.reverse(book, block, amount, context);
                tally.block(book, block, -amount);
                rest -= amount;
            }
        }
        if (period != null) {
            Trimming.trim(book, period, context);
        }
        tally.unpriced(-rest);
    }

    private WalletBook bookOf(Leg leg) {
        if (limit != null && limit.id().equals(leg.wallet())) {
            return limit;
        }
        return requireCredit();
    }

    private static Block block(WalletBook book, Alloc alloc) {
        UUID id = Objects.requireNonNull(alloc.block(), "a block's part names its block");
        return Objects.requireNonNull(book.block(id), () -> "block " + id + " was not loaded");
    }

    private static LimitPeriod period(WalletBook book, Alloc alloc) {
        return Objects.requireNonNull(
                book.period(Objects.requireNonNull(alloc.periodFrom(), "overage room names its period")),
                "the period was not loaded");
    }

    private WalletBook requireCredit() {
        return Objects.requireNonNull(credit, "the credit wallet was not loaded");
    }

    private @Nullable String scope() {
        return terms.feature();
    }
}
