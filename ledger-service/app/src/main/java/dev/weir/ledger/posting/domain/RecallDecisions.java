package dev.weir.ledger.posting.domain;

import dev.weir.entitlement.contract.CreditEntitlement;
import dev.weir.entitlement.contract.MigrationUndone;
import dev.weir.entitlement.contract.SourceKind;
import dev.weir.ledger.contract.BlockSource;
import dev.weir.ledger.contract.BlockStatus;
import dev.weir.ledger.wallet.domain.Block;
import dev.weir.ledger.wallet.domain.Entitlements;
import dev.weir.ledger.wallet.domain.JournalRow;
import dev.weir.ledger.wallet.domain.MoveContext;
import dev.weir.ledger.wallet.domain.MoveKind;
import dev.weir.ledger.wallet.domain.TakeBacks;
import dev.weir.ledger.wallet.domain.Timeline;
import dev.weir.ledger.wallet.domain.WalletBook;
import dev.weir.platform.kernel.Atoms;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Takes back what an undone migration gave, as far as it is unused. */
final class RecallDecisions {
    private final BatchState state;
    private final Entitlements entitlements;
    private final Timeline timeline;
    private final Instant now;

    RecallDecisions(BatchState state, Entitlements entitlements, Timeline timeline, Instant now) {
        this.state = state;
        this.entitlements = entitlements;
        this.timeline = timeline;
        this.now = now;
    }

    Outcome recall(Operation.Recall recall) {
        WalletBook book = Objects.requireNonNull(state.book(recall.wallet().key()));
        timeline.sync(book);
        MoveContext context = MoveContext.byHand(
                        recall.transaction(), recall.customer(), now, "migration-undone", recall.actor(), null)
                .with("migration", recall.undone().migration().toString())
                .with(JournalRow.REASON, "migration undone");
        for (MigrationUndone.Given given : recall.undone().grants()) {
            if (given.unit().equals(book.key().unit())) {
                byReference(book, recall.undone(), given)
                        .values()
                        .forEach(blocks -> recall(recall, book, given, blocks, context));
            }
        }
        timeline.reschedule(book);
        return new Outcome.Done();
    }

    private void recall(
            Operation.Recall recall,
            WalletBook book,
            MigrationUndone.Given given,
            List<Block> blocks,
            MoveContext context) {
        long excess = blocks.stream().mapToLong(Block::issued).sum() - atoms(given.before(), book);
        // Where the ledger's snapshot still gives more, what is taken back must not be issued again at once.
        boolean forGood = givenNow(recall, given).compareTo(given.before()) > 0;
        for (Block block : blocks) {
            boolean live = block.status() == BlockStatus.ACTIVE
                    || block.status() == BlockStatus.PENDING && excess >= block.granted();
            long free = live ? Math.min(excess, block.free()) : 0;
            if (free > 0) {
                TakeBacks.take(book, block, free, MoveKind.VOID, 0, forGood, context);
                excess -= free;
            }
            long held = live ? Math.min(excess, block.held() - block.takenBack().voidDue()) : 0;
            if (held > 0) {
                TakeBacks.mark(book, block, held, 0, context);
                excess -= held;
            }
        }
    }

    private BigDecimal givenNow(Operation.Recall recall, MigrationUndone.Given given) {
        return entitlements.credits(recall.root(), now, now.plusNanos(1_000)).stream()
                .filter(credit -> credit.subscription().equals(recall.undone().subscription())
                        && credit.grant().key().equals(given.key())
                        && credit.source() == given.source()
                        && (given.source() == SourceKind.PLAN
                                || given.reference().equals(credit.sourceReference())))
                .map(RecallDecisions::amount)
                .reduce(BigDecimal.ZERO, BigDecimal::max);
    }

    private static BigDecimal amount(CreditEntitlement credit) {
        return credit.grant().amount().multiply(BigDecimal.valueOf(Math.max(1, credit.quantity())));
    }

    /** The blocks of each period that was open while the migration held, the latest raise first. */
    private static Map<String, List<Block>> byReference(
            WalletBook book, MigrationUndone undone, MigrationUndone.Given given) {
        String prefix = undone.subscription() + "|" + given.key()
                + (given.source() == SourceKind.PLAN ? "" : "|" + given.source() + ":" + given.reference()) + "|";
        Map<String, List<Block>> byReference = new LinkedHashMap<>();
        for (Block block : book.blocks()) {
            String reference = block.terms().sourceReference();
            if (given.once() == (block.source() != BlockSource.RECURRING)
                    && reference.startsWith(prefix)
                    && reference.indexOf('|', prefix.length()) < 0
                    && openDuring(block, reference.substring(prefix.length()), undone)) {
                byReference.computeIfAbsent(reference, key -> new ArrayList<>()).add(block);
            }
        }
        byReference
                .values()
                .forEach(blocks -> blocks.sort(
                        Comparator.<Block>comparingInt(block -> block.terms().ordinal())
                                .reversed()));
        return byReference;
    }

    private static boolean openDuring(Block block, String period, MigrationUndone undone) {
        if (period.equals("once")) {
            return !block.createdAt().isBefore(undone.from());
        }
        Instant until = block.terms().keyUntil();
        return Instant.parse(period).isBefore(undone.at()) && (until == null || until.isAfter(undone.from()));
    }

    private static long atoms(BigDecimal amount, WalletBook book) {
        return Atoms.parse(amount.setScale(book.scale(), RoundingMode.DOWN), book.scale());
    }
}
