package dev.weir.ledger.posting.domain;

import dev.weir.ledger.wallet.domain.Block;
import dev.weir.ledger.wallet.domain.LimitPeriod;
import dev.weir.ledger.wallet.domain.MoveContext;
import dev.weir.ledger.wallet.domain.MoveKind;
import dev.weir.ledger.wallet.domain.WalletBook;
import java.util.List;

/** A raise takes over what open holds have in overage room: they move into the new block, and nothing else about them changes. */
public final class TakeOver {

    private TakeOver() {}

    /** Moves as much as the block has free. */
    public static void apply(WalletBook book, LimitPeriod period, Block block, List<Hold> holds, MoveContext context) {
        for (Hold hold : holds) {
            for (Leg leg : hold.legs()) {
                if (!leg.wallet().equals(book.id())) {
                    continue;
                }
                for (Alloc alloc : List.copyOf(leg.allocs())) {
                    long amount = Math.min(alloc.open(), block.free());
                    if (alloc.room() == Room.OVERAGE && period.from().equals(alloc.periodFrom()) && amount > 0) {
                        MoveContext of = context.forReservation(hold.id(), hold.customer());
                        book.releaseOverage(period, amount, MoveKind.TAKE_OVER, of);
                        book.hold(block, amount, of);
                        alloc.shrink(amount);
                        leg.hold(Room.BLOCK, block.id(), null, amount);
                        hold.touch();
                    }
                }
            }
        }
    }
}
