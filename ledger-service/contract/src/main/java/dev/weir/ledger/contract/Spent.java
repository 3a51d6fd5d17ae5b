package dev.weir.ledger.contract;

import java.util.List;
import java.util.UUID;

/** What one leg of a settled reservation spent, in atoms of its unit: by block, then overage, overdraft and overrun. */
public record Spent(
        String unit,
        int scale,
        WalletKind kind,
        long amount,
        List<BlockAmount> blocks,
        long overage,
        long overdraft,
        long overrun) {
    /** A block's share. */
    public record BlockAmount(UUID block, long amount) {}

    public Spent {
        blocks = blocks == null ? List.of() : List.copyOf(blocks);
    }
}
