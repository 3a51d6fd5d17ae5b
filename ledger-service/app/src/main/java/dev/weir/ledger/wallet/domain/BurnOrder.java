package dev.weir.ledger.wallet.domain;

import dev.weir.ledger.contract.BlockStatus;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which block pays first: the lower priority, the earlier expiry (never last), PROMOTIONAL before PAID, the earlier
 * effective, the earlier created, then the id.
 */
public final class BurnOrder {

    /** The order itself. */
    public static final Comparator<Block> COMPARATOR = Comparator.comparingInt(
                    (Block block) -> block.terms().priority())
            .thenComparing(Block::expiresAt, Comparator.nullsLast(Comparator.naturalOrder()))
            .thenComparing(Block::category)
            .thenComparing(Block::effectiveAt)
            .thenComparing(Block::createdAt)
            .thenComparing(Block::id);

    private BurnOrder() {}

    /** Live blocks with free credit that the feature may draw on, the first to burn first. */
    public static List<Block> live(List<Block> blocks, @Nullable String feature) {
        return blocks.stream()
                .filter(block -> block.status() == BlockStatus.ACTIVE && block.free() > 0 && block.serves(feature))
                .sorted(COMPARATOR)
                .toList();
    }

    /** Live and closing blocks whose validity holds the time of reported usage. */
    public static List<Block> ofTime(List<Block> blocks, @Nullable String feature, Instant time) {
        return blocks.stream()
                .filter(block -> block.validAt(time) && block.serves(feature))
                .filter(block -> block.status() == BlockStatus.ACTIVE && block.free() > 0
                        || block.status() == BlockStatus.CLOSING && block.closing() > 0)
                .sorted(COMPARATOR)
                .toList();
    }
}
