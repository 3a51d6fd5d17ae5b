package dev.weir.ledger.verify.domain;

import dev.weir.ledger.contract.WalletKind;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What stands beside the journal of one wallet: everything that must follow from it. Amounts in atoms.
 *
 * @param held in blocks
 * @param periods of a limit, by their starts
 */
public record StoredWallet(
        UUID id,
        WalletKind kind,
        String unit,
        long available,
        long held,
        long overdraft,
        long overdraftHeld,
        long overageHeld,
        long quarantined,
        boolean frozen,
        long seq,
        byte[] headHash,
        @Nullable Instant lastPostedAt,
        List<StoredBlock> blocks,
        Map<Instant, Period> periods,
        OpenHolds holds) {

    /**
     * A block's row.
     *
     * @param voidedForGood of what is voided: still counts as issued
     * @param costRefunded minor units paid back
     * @param chargedBack of what was used or has ended
     */
    public record StoredBlock(
            UUID id,
            boolean pending,
            boolean active,
            long granted,
            long remaining,
            long held,
            long consumed,
            long expired,
            long voided,
            long closing,
            long movedOut,
            long voidedForGood,
            long costRefunded,
            long chargedBack) {}

    /** What was used and is held beyond a limit's blocks in a period. */
    public record Period(long overage, long overageHeld, long overrun) {
        /** Nothing. */
        public static final Period NONE = new Period(0, 0, 0);

        Period plus(long overageBy, long heldBy, long overrunBy) {
            return new Period(overage + overageBy, overageHeld + heldBy, overrun + overrunBy);
        }
    }
}
