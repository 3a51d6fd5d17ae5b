package dev.weir.ledger.posting.domain;

import dev.weir.ledger.wallet.domain.Block;
import dev.weir.ledger.wallet.domain.WalletBook;
import java.math.BigDecimal;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What became of an operation. */
public sealed interface Outcome {

    /** Nothing to say: it is done, or was before. */
    record Done() implements Outcome {}

    /** A block was issued. */
    record Granted(WalletBook wallet, Block block) implements Outcome {}

    /** Held; or more held. */
    record Reserved(Hold hold, List<UnitAmount> held) implements Outcome {}

    /** Refused by the customer's entitlements or balances; nothing changed. */
    record Denied(Denial denial) implements Outcome {}

    /** Booked. */
    record Settled(Hold hold, List<LegSpend> spent, List<UnitAmount> released, boolean alreadyCharged, boolean late)
            implements Outcome {}

    /** Given back. */
    record Released(Hold hold, List<UnitAmount> released) implements Outcome {}

    /** Taken back from a block. */
    record TakenBack(WalletBook wallet, Block block, Taken taken) implements Outcome {}

    /** A wallet may be drawn on again, or not any more. */
    record Turned(WalletBook wallet) implements Outcome {}

    /** Used by hand. */
    record Charged(WalletBook wallet, long amount, List<BlockSpend> blocks) implements Outcome {}

    /**
     * Moved to another wallet.
     *
     * @param residue what a conversion lost by rounding down, a decimal of the target's atoms; 0 for a transfer
     */
    record Moved(WalletBook from, WalletBook to, long amount, long received, List<Part> parts, BigDecimal residue)
            implements Outcome {
        /** What one block gave; child is null where nothing arrived. */
        public record Part(
                Block block, long amount, @Nullable Block child) {}
    }

    /**
     * What was taken back, in atoms and in minor units.
     *
     * @param voided of the block itself
     * @param marked of it, held: voided when it comes back, with {@code refundDue}
     * @param fromOthers of other blocks
     * @param overdraft owed as overdraft
     * @param receivable owed to finance; {@code receivableMinor} of it
     */
    record Taken(
            long voided,
            long marked,
            long fromOthers,
            long overdraft,
            long receivable,
            long refundMinor,
            long refundDue,
            long receivableMinor) {}

    /**
     * Taken back.
     *
     * @param quantity in the feature's own measure, atoms of {@code scale}
     * @param parts what went where, in the order in which it was taken back
     */
    record Reversed(ByHand.Reverse asked, long quantity, int scale, List<Restored> parts) implements Outcome {}

    /** Part of a reversal: an amount of a wallet's unit. successor is the block that stands in for one that has ended. */
    record Restored(
            WalletBook wallet,
            Where where,
            long amount,
            @Nullable Block block,
            @Nullable Block successor) {
        /** Where it went. */
        public enum Where {
            BLOCK,
            ENDED_BLOCK,
            OVERAGE,
            OVERDRAFT,
            OVERRUN
        }
    }

    /** Reported usage that nothing entitles to yet; to be kept and tried again. */
    record Unpriced(String why) implements Outcome {}

    /** The event was charged before with other content. */
    record EventConflict(String detail) implements Outcome {}

    /** The request cannot be carried out as it stands. */
    record Refused(int status, String code, @Nullable String field, String detail) implements Outcome {}

    /** An amount of a wallet's unit, in atoms. */
    record UnitAmount(String unit, int scale, long amount) {}

    /**
     * What one leg spent, in atoms of its unit.
     *
     * @param amount blocks, overage and overdraft together; overrun comes on top
     */
    record LegSpend(
            String unit,
            int scale,
            boolean credit,
            long amount,
            List<BlockSpend> blocks,
            long overage,
            long overdraft,
            long overrun) {}

    /** A block's share. */
    record BlockSpend(UUID block, long amount) {}
}
