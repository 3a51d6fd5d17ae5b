package dev.weir.ledger.posting.domain;

import dev.weir.catalog.contract.Category;
import dev.weir.catalog.contract.FeatureType;
import dev.weir.ledger.contract.WalletKind;
import dev.weir.ledger.posting.domain.Outcome.BlockSpend;
import dev.weir.ledger.posting.domain.Outcome.LegSpend;
import dev.weir.ledger.wallet.domain.Block;
import dev.weir.ledger.wallet.domain.UsageBooking.BurnedCredit;
import dev.weir.ledger.wallet.domain.WalletBook;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Adds up what one operation spent, in two views: by leg for the answer, and by what bears it for the window.
 *
 * <p>{@code included}, {@code covered}, {@code overage}, {@code overrun} and {@code unpriced} are in the feature's own
 * measure; a reversal counts negative.
 */
public final class Tally {
    private final Map<UUID, Spending> legs = new LinkedHashMap<>();
    private final Map<Category, Long> burned = new EnumMap<>(Category.class);
    private @org.jspecify.annotations.Nullable WalletBook creditWallet;
    private long included;
    private long covered;
    private long overage;
    private long overrun;
    private long unpriced;

    private static final class Spending {
        private final WalletBook book;
        private final Map<UUID, Long> blocks = new LinkedHashMap<>();
        private long overage;
        private long overdraft;
        private long overrun;

        Spending(WalletBook book) {
            this.book = book;
        }
    }

    /** A block of a leg paid. */
    void block(WalletBook book, Block block, long amount) {
        leg(book).blocks.merge(block.id(), amount, Long::sum);
        if (book.kind() == WalletKind.CREDIT) {
            credit(book, block.category(), amount);
        } else {
            included += amount;
        }
    }

    /** Overdraft of a credit leg paid; it counts as PAID credit. */
    void overdraft(WalletBook book, long amount) {
        leg(book).overdraft += amount;
        credit(book, Category.PAID, amount);
    }

    /** It was overage of a limit. */
    void overage(WalletBook book, long amount) {
        leg(book).overage += amount;
        overage += amount;
    }

    /** Nothing covered it. */
    void overrun(WalletBook book, long amount) {
        leg(book).overrun += amount;
        overrun += amount;
    }

    /** A quantity of a METERED feature that its credit leg paid for. */
    void coveredByThen(long quantity) {
        covered += quantity;
    }

    /** Nothing entitles to it, or nothing is there to give back to. */
    void unpriced(long quantity) {
        unpriced += quantity;
    }

    private void credit(WalletBook book, Category category, long amount) {
        creditWallet = book;
        burned.merge(category, amount, Long::sum);
    }

    private Spending leg(WalletBook book) {
        return legs.computeIfAbsent(book.id(), id -> new Spending(book));
    }

    long included() {
        return included;
    }

    /** The quantity that credit covered: all that was burned for a CREDIT feature, the {@code then} quantity otherwise. */
    long creditCovered(FeatureType type) {
        return type == FeatureType.CREDIT
                ? burned.values().stream().mapToLong(Long::longValue).sum()
                : covered;
    }

    long overage() {
        return overage;
    }

    long overrun() {
        return overrun;
    }

    long unpriced() {
        return unpriced;
    }

    List<BurnedCredit> burned() {
        WalletBook book = creditWallet;
        if (book == null) {
            return List.of();
        }
        List<BurnedCredit> credits = new ArrayList<>();
        burned.forEach((category, amount) -> {
            if (amount != 0) {
                credits.add(new BurnedCredit(book.key().unit(), book.scale(), category, amount));
            }
        });
        return credits;
    }

    /** What each leg spent, in the order in which it was touched. */
    List<LegSpend> spent() {
        List<LegSpend> result = new ArrayList<>();
        for (Spending leg : legs.values()) {
            List<BlockSpend> blocks = new ArrayList<>();
            long amount = leg.overage + leg.overdraft;
            for (Map.Entry<UUID, Long> block : leg.blocks.entrySet()) {
                blocks.add(new BlockSpend(block.getKey(), block.getValue()));
                amount += block.getValue();
            }
            result.add(new LegSpend(
                    leg.book.key().unit(),
                    leg.book.scale(),
                    leg.book.kind() == WalletKind.CREDIT,
                    amount,
                    blocks,
                    leg.overage,
                    leg.overdraft,
                    leg.overrun));
        }
        return result;
    }
}
