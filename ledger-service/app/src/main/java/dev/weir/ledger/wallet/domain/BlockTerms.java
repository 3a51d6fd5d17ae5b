package dev.weir.ledger.wallet.domain;

import dev.weir.catalog.contract.Category;
import dev.weir.ledger.contract.BlockSource;
import dev.weir.platform.kernel.Ids;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a block is from its first day: none of this changes.
 *
 * @param sourceReference what gave it; with {@code ordinal}, which counts raises, it is issued once
 * @param features null = any feature may draw on it
 * @param periodFrom of a limit block: its period
 * @param rolloverMax with rolloverFor: atoms at most; null = all
 * @param rolloverFor ISO 8601; null = nothing lives on when it ends
 * @param costTotal what was paid for it, in minor units of costCurrency; 0 for PROMOTIONAL
 * @param keyUntil until then it counts for what its source reference has issued, expired or not
 */
public record BlockTerms(
        BlockSource source,
        String sourceReference,
        int ordinal,
        @Nullable UUID parent,
        Category category,
        int priority,
        @Nullable List<String> features,
        @Nullable Instant periodFrom,
        @Nullable Long rolloverMax,
        @Nullable String rolloverFor,
        @Nullable String costCurrency,
        long costTotal,
        @Nullable String reference,
        @Nullable String reason,
        @Nullable Instant keyUntil) {

    /** The priority of limit blocks and the default of grants. */
    public static final int DEFAULT_PRIORITY = 50;

    public BlockTerms {
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(sourceReference, "sourceReference");
        features = features == null ? null : List.copyOf(features);
        if (category == Category.PROMOTIONAL && costTotal != 0) {
            throw new IllegalArgumentException("promotional credit bears no cost");
        }
    }

    /** A block of a limit's stack. */
    public static BlockTerms limit(
            BlockSource source, String reference, int ordinal, Instant periodFrom, @Nullable Instant periodTo) {
        return new BlockTerms(
                source,
                reference,
                ordinal,
                null,
                Category.PAID,
                DEFAULT_PRIORITY,
                null,
                periodFrom,
                null,
                null,
                null,
                0,
                null,
                null,
                periodTo);
    }

    /** The id of this block in a wallet: it follows from what makes it unique there. */
    public UUID idIn(UUID wallet) {
        return Ids.of("block\n" + wallet + "\n" + source.code() + "\n" + sourceReference + "\n" + ordinal);
    }
}
