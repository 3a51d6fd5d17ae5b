package dev.weir.ledger.posting.domain;

import dev.weir.catalog.contract.FeatureType;
import dev.weir.ledger.wallet.domain.Block;
import dev.weir.ledger.wallet.domain.BurnOrder;
import dev.weir.ledger.wallet.domain.LimitPeriod;
import dev.weir.ledger.wallet.domain.MoveContext;
import dev.weir.ledger.wallet.domain.WalletBook;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How much a feature may draw: what is free in blocks, and the room beyond them if it is SOFT. */
record Rooms(
        Terms terms, @Nullable WalletBook limit, @Nullable WalletBook credit) {

    /** What this feature may draw on in a wallet now. */
    long free(WalletBook book) {
        return BurnOrder.live(book.blocks(), terms.feature()).stream()
                .mapToLong(Block::free)
                .sum();
    }

    /** What of a quantity money would be charged for: overage, or all of an unlimited feature. */
    long charged(long quantity) {
        if (terms.type() == FeatureType.CREDIT || terms.hasThen()) {
            return 0;
        }
        return limit == null ? quantity : quantity - Math.min(quantity, free(limit));
    }

    /** How much new debt this feature may make. */
    long overdraftRoom() {
        WalletBook book = Objects.requireNonNull(credit, "the credit wallet was not loaded");
        if (!terms.soft()) {
            return 0;
        }
        return Math.max(
                0, -book.head().floor() - book.head().overdraft() - book.head().overdraftHeld());
    }

    /** How much beyond the limit may be held now. */
    long overageRoom() {
        LimitPeriod period = limit == null ? null : limit.period();
        return terms.soft() && period != null ? overageRoom(period) : 0;
    }

    /** How much beyond the limit may be used in a period. */
    long overageRoom(LimitPeriod period) {
        Long cap = terms.overageCap();
        return cap == null ? Long.MAX_VALUE : Math.max(0, cap - period.overage() - period.overageHeld());
    }

    /** The period in which usage beyond the limit is booked. */
    LimitPeriod periodOfUse(MoveContext context, Drawing.BlockChoice choice) {
        LimitPeriod ofTime =
                choice == Drawing.BlockChoice.OF_TIME && limit != null ? limit.periodAt(context.effectiveAt()) : null;
        return ofTime != null ? ofTime : requirePeriod();
    }

    /** The running period. */
    LimitPeriod requirePeriod() {
        WalletBook book = Objects.requireNonNull(limit, "the limit's wallet was not loaded");
        LimitPeriod period = book.period();
        if (period != null) {
            return period;
        }
        // Nothing ever entitled to it here: what is booked anyway needs a period to stand in.
        LimitPeriod made = new LimitPeriod(LimitPeriod.FOREVER, null, null);
        book.addPeriod(made);
        book.turn(book.head().inPeriod(LimitPeriod.FOREVER, book.head().level()));
        return made;
    }
}
