package dev.weir.ledger.contract;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A wallet as it stands: the state {@code ledger.wallet.v1} (aggregate id = wallet id, aggregate version = {@link #seq},
 * shard of the root). All amounts in atoms of 10^-scale.
 *
 * @param unit a credit unit's key, or the key of the limited METERED feature
 * @param available sum of (remaining - held) of the live blocks; never below 0
 * @param held in blocks, for open reservations
 * @param overdraft booked debt of a credit wallet; floor (0 or below) bounds new one
 * @param used of a limit wallet in the running period: consumed + overage + overrun + usedBefore
 * @param overage of a limit wallet in the running period; overageCap null = no bound
 * @param periodFrom the running period of a limit wallet; null for credit and for limits that never reset
 * @param quarantined the part of held whose reservations have lapsed without a report
 * @param usedBefore the part of used that is from before the running period had a limit: no block paid for it, and the blocks
 *     sum up to the limit less this; null = 0
 * @param blocks every block that is not EXPIRED, used-up ones too
 */
public record WalletState(
        UUID wallet,
        String root,
        String unit,
        @Nullable String resource,
        WalletKind kind,
        WalletStatus status,
        int scale,
        long seq,
        long available,
        long held,
        long quarantined,
        long overdraft,
        long overdraftHeld,
        long floor,
        long used,
        long overage,
        long overageHeld,
        long overrun,
        @Nullable Instant periodFrom,
        @Nullable Instant periodTo,
        List<BlockState> blocks,
        Instant asOf,
        @Nullable Long usedBefore) {
    public WalletState {
        Objects.requireNonNull(wallet, "wallet");
        Objects.requireNonNull(root, "root");
        Objects.requireNonNull(unit, "unit");
        blocks = blocks == null ? List.of() : List.copyOf(blocks);
    }

    /** A wallet whose limit, if it is one, has stood all its period. */
    public WalletState(
            UUID wallet,
            String root,
            String unit,
            @Nullable String resource,
            WalletKind kind,
            WalletStatus status,
            int scale,
            long seq,
            long available,
            long held,
            long quarantined,
            long overdraft,
            long overdraftHeld,
            long floor,
            long used,
            long overage,
            long overageHeld,
            long overrun,
            @Nullable Instant periodFrom,
            @Nullable Instant periodTo,
            List<BlockState> blocks,
            Instant asOf) {
        this(
                wallet,
                root,
                unit,
                resource,
                kind,
                status,
                scale,
                seq,
                available,
                held,
                quarantined,
                overdraft,
                overdraftHeld,
                floor,
                used,
                overage,
                overageHeld,
                overrun,
                periodFrom,
                periodTo,
                blocks,
                asOf,
                null);
    }
}
