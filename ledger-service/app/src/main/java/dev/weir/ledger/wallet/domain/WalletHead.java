package dev.weir.ledger.wallet.domain;

import dev.weir.ledger.contract.WalletStatus;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A wallet's row: its balances, and how far its timeline has come. Amounts in atoms.
 *
 * @param level a limit that never resets
 * @param floor 0 or below; bounds new overdraft
 * @param repay the next grant repays overdraft
 * @param available sum of (remaining - held) of the live blocks
 * @param held in blocks; overageHeld and overdraftHeld are held beyond them
 * @param quarantined the part of what is held whose reservations have lapsed without a report
 * @param periodFrom the running period of a limit wallet; null before the first
 * @param syncedTo the entitlement's timeline is applied up to here
 * @param nextDue before then nothing happens by itself; null = not known, look
 */
public record WalletHead(
        boolean level,
        long floor,
        boolean repay,
        WalletStatus status,
        long available,
        long held,
        long overdraft,
        long overdraftHeld,
        long overageHeld,
        long quarantined,
        long seq,
        byte[] hash,
        @Nullable Instant lastPostedAt,
        @Nullable Instant periodFrom,
        @Nullable Instant syncedTo,
        @Nullable Instant nextDue,
        Instant createdAt) {
    public WalletHead {
        Objects.requireNonNull(status, "status");
        if (available < 0 || held < 0 || overdraft < 0 || overdraftHeld < 0 || overageHeld < 0 || quarantined < 0) {
            throw new IllegalStateException("a balance fell below zero: available " + available + ", held " + held
                    + ", overdraft " + overdraft + ", overdraft held " + overdraftHeld + ", overage held "
                    + overageHeld);
        }
    }

    /** Of a wallet that nothing was ever put into. */
    static WalletHead fresh(UUID wallet, boolean level, Instant now) {
        return new WalletHead(
                level,
                0,
                true,
                WalletStatus.ACTIVE,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                JournalEncoding.genesis(wallet),
                null,
                null,
                null,
                null,
                now);
    }

    WalletHead moved(long availableBy, long heldBy) {
        return balances(
                Math.addExact(available, availableBy),
                Math.addExact(held, heldBy),
                overdraft,
                overdraftHeld,
                overageHeld);
    }

    WalletHead overdraftMoved(long bookedBy, long heldBy) {
        return balances(
                available, held, Math.addExact(overdraft, bookedBy), Math.addExact(overdraftHeld, heldBy), overageHeld);
    }

    WalletHead overageHeldMoved(long by) {
        return balances(available, held, overdraft, overdraftHeld, Math.addExact(overageHeld, by));
    }

    WalletHead quarantineMoved(long by) {
        return new WalletHead(
                level,
                floor,
                repay,
                status,
                available,
                held,
                overdraft,
                overdraftHeld,
                overageHeld,
                Math.addExact(quarantined, by),
                seq,
                hash,
                lastPostedAt,
                periodFrom,
                syncedTo,
                nextDue,
                createdAt);
    }

    WalletHead posted(byte[] newHash, Instant at) {
        return new WalletHead(
                level,
                floor,
                repay,
                status,
                available,
                held,
                overdraft,
                overdraftHeld,
                overageHeld,
                quarantined,
                seq + 1,
                newHash,
                at,
                periodFrom,
                syncedTo,
                nextDue,
                createdAt);
    }

    /** The same with another bound on overdraft. */
    public WalletHead withFloor(long newFloor, boolean newRepay) {
        return new WalletHead(
                level,
                newFloor,
                newRepay,
                status,
                available,
                held,
                overdraft,
                overdraftHeld,
                overageHeld,
                quarantined,
                seq,
                hash,
                lastPostedAt,
                periodFrom,
                syncedTo,
                nextDue,
                createdAt);
    }

    /** The same, to be drawn on or not. */
    public WalletHead withStatus(WalletStatus newStatus) {
        return new WalletHead(
                level,
                floor,
                repay,
                newStatus,
                available,
                held,
                overdraft,
                overdraftHeld,
                overageHeld,
                quarantined,
                seq,
                hash,
                lastPostedAt,
                periodFrom,
                syncedTo,
                nextDue,
                createdAt);
    }

    /** The same in another running period. */
    public WalletHead inPeriod(Instant from, boolean newLevel) {
        return new WalletHead(
                newLevel,
                floor,
                repay,
                status,
                available,
                held,
                overdraft,
                overdraftHeld,
                overageHeld,
                quarantined,
                seq,
                hash,
                lastPostedAt,
                from,
                syncedTo,
                nextDue,
                createdAt);
    }

    /** The same with the timeline applied up to an instant. */
    public WalletHead synced(Instant to, @Nullable Instant due) {
        return new WalletHead(
                level,
                floor,
                repay,
                status,
                available,
                held,
                overdraft,
                overdraftHeld,
                overageHeld,
                quarantined,
                seq,
                hash,
                lastPostedAt,
                periodFrom,
                to,
                due,
                createdAt);
    }

    private WalletHead balances(long newAvailable, long newHeld, long newDebt, long newDebtHeld, long newOverageHeld) {
        return new WalletHead(
                level,
                floor,
                repay,
                status,
                newAvailable,
                newHeld,
                newDebt,
                newDebtHeld,
                newOverageHeld,
                quarantined,
                seq,
                hash,
                lastPostedAt,
                periodFrom,
                syncedTo,
                nextDue,
                createdAt);
    }
}
