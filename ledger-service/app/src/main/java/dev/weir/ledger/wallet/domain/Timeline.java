package dev.weir.ledger.wallet.domain;

import dev.weir.ledger.contract.BlockStatus;
import dev.weir.ledger.contract.WalletKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What happens to wallets by itself: blocks begin, end, close and roll over; periods open; limits are raised and cut where
 * the entitlement's timeline says so. Nothing is scheduled: every operation first brings its wallets up to now, replaying
 * each boundary passed in order, so that it does not matter when, or whether, anybody looked in between.
 */
public final class Timeline {
    static final Duration LOOK_AT_LEAST = Duration.ofHours(1);
    private static final Comparator<Block> BY_TIME =
            Comparator.comparing(Timeline::due, Comparator.nullsLast(Comparator.naturalOrder()));

    private final Entitlements entitlements;
    private final ClosingTimes closing;
    private final UUID transaction;
    private final Instant now;
    private final OverageSource overage;
    private final Circumstances circumstances;
    private final List<UsageBooking> absorbed = new ArrayList<>();

    /** How long after its end a block may still pay for reported usage of its time. */
    public record ClosingTimes(Duration limits, Duration credits) {}

    /** Where overage that a raise may absorb, and holds that it may take over, come from. */
    public interface OverageSource {
        /** Overage of a running period in windows that are not closed, the oldest first. */
        List<OpenOverage> openOverage(WalletBook book, LimitPeriod period);

        /** Moves up to that much of the period's open overage holds into the block, by {@link WalletBook} moves. */
        void takeOver(WalletBook book, LimitPeriod period, Block block, MoveContext context);
    }

    public Timeline(
            Entitlements entitlements,
            ClosingTimes closing,
            UUID transaction,
            Instant now,
            OverageSource overage,
            Circumstances circumstances) {
        this.entitlements = entitlements;
        this.closing = closing;
        this.transaction = transaction;
        this.now = now;
        this.overage = overage;
        this.circumstances = circumstances;
    }

    /** Takes the bookings that raises have made by absorbing overage since the last time. */
    public List<UsageBooking> takeAbsorbed() {
        List<UsageBooking> taken = List.copyOf(absorbed);
        absorbed.clear();
        return taken;
    }

    /** Opens the period of a limit that holds the time of late usage, if it can still be used. */
    public void openAt(WalletBook book, Instant time) {
        if (book.periodAt(time) == null && time.isBefore(now)) {
            new LimitStack(this, book).openAt(time);
            reschedule(book);
        }
    }

    /** Brings a wallet up to now; cheap when nothing is due. */
    public void sync(WalletBook book) {
        Instant due = book.head().nextDue();
        if (book.head().syncedTo() == null || due == null || !due.isAfter(now)) {
            apply(book);
        }
    }

    /** Brings a wallet up to now, and to the entitlements as they are, whether anything is due or not. */
    public void apply(WalletBook book) {
        @Nullable
        Instant boundary = book.kind() == WalletKind.LIMIT
                ? new LimitStack(this, book).replay()
                : new CreditBlocks(this, book).replay();
        due(book, now);
        Instant next = earliest(boundary, nextDue(book));
        book.turn(book.head().synced(now, next == null ? now.plus(LOOK_AT_LEAST) : next));
    }

    /** Looks again at when something is due, after an operation has added blocks. */
    public void reschedule(WalletBook book) {
        book.turn(book.head().synced(now, earliest(book.head().nextDue(), nextDue(book))));
    }

    Entitlements entitlements() {
        return entitlements;
    }

    ClosingTimes closing() {
        return closing;
    }

    OverageSource overage() {
        return overage;
    }

    Circumstances circumstances() {
        return circumstances;
    }

    Instant now() {
        return now;
    }

    void absorbed(UsageBooking booking) {
        absorbed.add(booking);
    }

    MoveContext context(WalletBook book, Instant effectiveAt) {
        return MoveContext.timeline(book.key().root(), transaction, effectiveAt, now);
    }

    /** Begins, ends and closes every block that is due at an instant, in the order of their times. */
    void due(WalletBook book, Instant at) {
        while (true) {
            @Nullable
            Block next = book.blocks().stream()
                    .filter(block -> {
                        Instant when = due(block);
                        return when != null && !when.isAfter(at);
                    })
                    .min(BY_TIME)
                    .orElse(null);
            if (next == null) {
                return;
            }
            turn(book, next);
        }
    }

    private void turn(WalletBook book, Block block) {
        Instant when = due(block);
        if (when == null) {
            throw new IllegalStateException("block " + block.id() + " is not due");
        }
        MoveContext context = context(book, when);
        switch (block.status()) {
            case PENDING -> {
                book.activate(block, context);
                Repayment.repay(book, block, context);
            }
            case ACTIVE -> {
                if (block.terms().rolloverFor() != null) {
                    Rollovers.roll(book, block, closing, context);
                }
                book.close(block, when, closesAt(book, block, when), context);
            }
            case CLOSING -> book.expire(block, context);
            case EXPIRED -> throw new IllegalStateException("block " + block.id() + " has ended");
        }
    }

    private Instant closesAt(WalletBook book, Block block, Instant endedAt) {
        Instant planned = block.closesAt();
        return planned != null ? planned : endedAt.plus(closingOf(book));
    }

    Duration closingOf(WalletBook book) {
        return book.kind() == WalletKind.LIMIT ? closing.limits() : closing.credits();
    }

    private static @Nullable Instant due(Block block) {
        return switch (block.status()) {
            case PENDING -> block.effectiveAt();
            case ACTIVE -> block.expiresAt();
            case CLOSING -> block.closesAt();
            case EXPIRED -> null;
        };
    }

    private static @Nullable Instant nextDue(WalletBook book) {
        return book.blocks().stream()
                .filter(block -> block.status() != BlockStatus.EXPIRED)
                .map(Timeline::due)
                .flatMap(Stream::ofNullable)
                .min(Comparator.naturalOrder())
                .orElse(null);
    }

    static @Nullable Instant earliest(@Nullable Instant one, @Nullable Instant other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.isBefore(other) ? one : other;
    }
}
