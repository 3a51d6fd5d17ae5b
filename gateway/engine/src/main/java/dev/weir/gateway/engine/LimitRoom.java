package dev.weir.gateway.engine;

import dev.weir.ledger.contract.BlockState;
import dev.weir.ledger.contract.WalletState;
import dev.weir.ledger.contract.WalletStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a limit leaves at an instant, in atoms. A period that has ended by then counts as fresh: nobody has to wake up for a
 * reset. A limit that was raised or cut since the ledger last wrote the wallet counts as raised or cut by the ledger's rule.
 *
 * @param overage booked and held beyond the limit in this period
 */
record LimitRoom(long used, long held, long remaining, long overage, long quarantined, boolean frozen) {

    static LimitRoom of(Allowance allowance, @Nullable WalletState wallet, Instant now) {
        if (wallet == null) {
            return new LimitRoom(0, 0, allowance.limit(), 0, 0, false);
        }
        boolean frozen = wallet.status() != WalletStatus.ACTIVE;
        Instant periodTo = wallet.periodTo();
        if (periodTo != null && !now.isBefore(periodTo)) {
            return new LimitRoom(0, 0, allowance.limit(), 0, 0, frozen);
        }
        long free = 0;
        long issued = 0;
        for (BlockState block : wallet.blocks()) {
            if (Blocks.live(block, now)) {
                free += block.remaining() - block.held();
                issued += block.granted() - block.voided();
            }
        }
        long overage = wallet.overage() + wallet.overageHeld();
        // What was used before there was a limit has no block.
        Long before = wallet.usedBefore();
        long change = Math.max(0, allowance.limit() - (before == null ? 0 : before)) - issued;
        // A raise first takes back this period's overage; a cut takes only what is free.
        free = change >= 0 ? free + Math.max(0, change - overage) : free + change;
        return new LimitRoom(
                wallet.used(),
                wallet.held() + wallet.overageHeld(),
                Math.max(0, free),
                overage,
                wallet.quarantined(),
                frozen);
    }
}
