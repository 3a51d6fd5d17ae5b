package dev.weir.gateway.engine;

import dev.weir.catalog.contract.OnLimit;
import dev.weir.ledger.contract.BlockState;
import dev.weir.ledger.contract.WalletState;
import dev.weir.ledger.contract.WalletStatus;
import java.time.Instant;

/**
 * What one feature may draw from a credit unit at an instant, in atoms.
 *
 * @param available of the blocks that it may draw on
 * @param overdraft how far its draws may go below zero; 0 for HARD
 */
record CreditRoom(
        String unit,
        int scale,
        long available,
        long overdraft,
        long used,
        long held,
        long quarantined,
        boolean frozen) {

    static CreditRoom of(CustomerView view, String unit, Allowance allowance, Instant now) {
        WalletState wallet = view.wallets().find(unit, allowance.resource());
        String feature = allowance.definition().key();
        boolean soft = allowance.onLimit() == OnLimit.SOFT;
        if (wallet == null) {
            int scale = view.creditScale(unit);
            return new CreditRoom(unit, scale, 0, soft ? view.overdraft(unit, scale, now) : 0, 0, 0, 0, false);
        }
        long available = 0;
        long used = 0;
        long held = 0;
        for (BlockState block : wallet.blocks()) {
            if (Blocks.live(block, now) && Blocks.serves(block, feature)) {
                available += block.remaining() - block.held();
                used += block.consumed();
                held += block.held();
            }
        }
        long overdraft = soft ? Math.max(0, -wallet.floor() - wallet.overdraft() - wallet.overdraftHeld()) : 0;
        return new CreditRoom(
                unit,
                wallet.scale(),
                Math.max(0, available),
                overdraft,
                used,
                held,
                wallet.quarantined(),
                wallet.status() != WalletStatus.ACTIVE);
    }

    /** What may be drawn, overdraft included. */
    long drawable() {
        long sum = available + overdraft;
        return sum < 0 ? Long.MAX_VALUE : sum;
    }
}
