package dev.weir.ledger.verify.domain;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something that does not fit.
 *
 * @param wallet null where it concerns no single wallet
 * @param seq the journal row, or the wallet's last row if what is stored beside the journal does not fit
 * @param detail what was found and what was expected
 */
public record Misfit(@Nullable UUID wallet, @Nullable Long seq, What what, String detail) {

    /** What does not fit. */
    public enum What {
        /** A row is missing or is there twice. */
        SEQUENCE,
        /** A row's hash does not follow from the row and the hash before it: one of the two was changed. */
        HASH,
        /** Rows are not in the order of their times. */
        TIME,
        /** A running balance is not what the rows add up to. */
        RUNNING_BALANCE,
        /** More left a block's account than was in it. */
        OVERDRAWN,
        /** A row whose wallet is not stored. */
        UNKNOWN_WALLET,
        /** A row whose block is not stored. */
        UNKNOWN_BLOCK,
        /** The wallet's head is not its last row. */
        HEAD,
        /** A balance of the wallet is not what the journal adds up to. */
        WALLET_BALANCE,
        /** An account of a block is not what the journal adds up to. */
        BLOCK_BALANCE,
        /** Overage or overrun of a limit's period is not what the journal adds up to. */
        PERIODS,
        /** What is held is not what open reservations hold. */
        RESERVATIONS,
        /** More credit arrived by transfer or rollover than left. */
        TRANSFERS,
        /** A seal does not fit its leaves, the seal before or its signature, or the journal does not fit a seal. */
        SEAL
    }
}
