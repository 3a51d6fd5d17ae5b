package dev.weir.gateway.engine;

import dev.weir.ledger.contract.BlockState;
import dev.weir.ledger.contract.BlockStatus;
import java.time.Instant;

/** Which blocks count at an instant, whatever the ledger has written about it so far. */
final class Blocks {
    private Blocks() {}

    static boolean live(BlockState block, Instant now) {
        Instant expiresAt = block.expiresAt();
        return (block.status() == BlockStatus.ACTIVE || block.status() == BlockStatus.PENDING)
                && !now.isBefore(block.effectiveAt())
                && (expiresAt == null || now.isBefore(expiresAt));
    }

    static boolean serves(BlockState block, String feature) {
        return block.features() == null || block.features().contains(feature);
    }
}
