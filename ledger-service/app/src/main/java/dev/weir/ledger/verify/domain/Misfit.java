package dev.weir.ledger.verify.domain;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something that does not fit.
 *
 * @param wallet null where it concerns no single wallet
 * @param seq the journal row, or the wallet's last row if what is stored beside the journal does not fit
 * @param detail what was found and what was expected
 * @param invariants of the ledger's seventeen, those that are broken
 */
public record Misfit(@Nullable UUID wallet, @Nullable Long seq, What what, String detail, String invariants) {

    public Misfit(@Nullable UUID wallet, @Nullable Long seq, What what, String detail) {
        this(wallet, seq, what, detail, what.invariants());
    }

    /** What does not fit. */
    public enum What {
        /** A row is missing or is there twice. */
        SEQUENCE("L5"),
        /** A row's hash does not follow from the row and the hash before it: one of the two was changed. */
        HASH("L6 and L17"),
        /** Rows are not in the order of their times. */
        TIME("L5"),
        /** A running balance is not what the rows add up to. */
        RUNNING_BALANCE("L3 and L15"),
        /** More left a block's account than was in it. */
        OVERDRAWN("L2 and L12"),
        /** A row whose wallet is not stored. */
        UNKNOWN_WALLET("L3"),
        /** A row whose block is not stored. */
        UNKNOWN_BLOCK("L3"),
        /** The wallet's head is not its last row. */
        HEAD("L6"),
        /** A balance of the wallet is not what the journal adds up to. */
        WALLET_BALANCE("L3"),
        /** An account of a block is not what the journal adds up to. */
        BLOCK_BALANCE("L1, L2 and L3"),
        /** Overage or overrun of a limit's period is not what the journal adds up to. */
        PERIODS("L3"),
        /** What is held is not what open reservations hold. */
        RESERVATIONS("L9 and L10"),
        /** More credit arrived by transfer or rollover than left. */
        TRANSFERS("L7"),
        /** A seal does not fit its leaves, the seal before or its signature, or the journal does not fit a seal. */
        SEAL("L6"),
        /** Two operations were done under one key. */
        REPEATED("L8"),
        /** A block was opened before its time. */
        EARLY("L12"),
        /** A block's money is not all recognised, breakage, refunded or handed on although nothing of the block is left. */
        MONEY("L14");

        private final String invariants;

        What(String invariants) {
            this.invariants = invariants;
        }

        /** Which of the ledger's invariants are broken then; the service's README lists them. */
        public String invariants() {
            return invariants;
        }
    }
}
