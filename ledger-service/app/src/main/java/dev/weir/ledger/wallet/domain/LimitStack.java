package dev.weir.ledger.wallet.domain;

import dev.weir.catalog.contract.FeatureType;
import dev.weir.catalog.contract.MeteringMode;
import dev.weir.entitlement.contract.LimitPart;
import dev.weir.entitlement.contract.Recurrence;
import dev.weir.entitlement.contract.ResolvedFeature;
import dev.weir.ledger.contract.BlockSource;
import dev.weir.ledger.contract.BlockStatus;
import dev.weir.platform.kernel.Atoms;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A limit as a stack of blocks, brought up to an instant: periods open, a raise issues max(0, target - sum(granted -
 * voided)) over the period's blocks, a cut voids what exceeds the target and is neither used nor held.
 */
final class LimitStack {
    private final Timeline timeline;
    private final WalletBook book;

    LimitStack(Timeline timeline, WalletBook book) {
        this.timeline = timeline;
        this.book = book;
    }

    /** Replays every boundary since the last time; returns the next one. */
    @Nullable
    Instant replay() {
        Instant now = timeline.now();
        Instant at = book.head().syncedTo();
        if (at == null || at.isAfter(now)) {
            at = now;
        }
        while (true) {
            timeline.due(book, at);
            Optional<ResolvedFeature> resolved = resolve(at);
            Recurrence.@Nullable Numbered period =
                    resolved.map(LimitStack::recurrence).orElse(null) == null ? null : periodAt(resolved.get(), at);
            apply(resolved, period, at);
            @Nullable
            Instant boundary = Timeline.earliest(
                    resolved.map(ResolvedFeature::segmentTo).orElseGet(() -> nextPhase(now)),
                    period == null ? null : period.to());
            if (boundary == null || boundary.isAfter(now) || !boundary.isAfter(at)) {
                return boundary == null || boundary.isAfter(now) ? boundary : null;
            }
            at = skipWhatHasClosed(boundary, resolved, now);
        }
    }

    /** Opens the period that holds the time of late usage, if it can still be used and never was. */
    void openAt(Instant time) {
        Optional<ResolvedFeature> resolved = resolve(time).filter(LimitStack::limited);
        if (resolved.isEmpty() || recurrence(resolved.get()) == null) {
            return;
        }
        Recurrence.Numbered numbered = periodAt(resolved.get(), time);
        Instant closesAt = numbered.to().plus(timeline.closingOf(book));
        if (book.period(numbered.from()) == null && closesAt.isAfter(timeline.now())) {
            LimitPeriod period = new LimitPeriod(numbered.from(), numbered.to(), closesAt);
            book.addPeriod(period);
            fit(resolved.get(), period, time);
            timeline.due(book, timeline.now());
        }
    }

    // A limit that was idle for many short periods need not open those that could not pay for anything any more.
    private Instant skipWhatHasClosed(Instant boundary, Optional<ResolvedFeature> resolved, Instant now) {
        Instant open = now.minus(timeline.closingOf(book));
        @Nullable Instant segmentTo = resolved.map(ResolvedFeature::segmentTo).orElse(null);
        Recurrence recurrence = resolved.map(LimitStack::recurrence).orElse(null);
        if (recurrence == null || !boundary.isBefore(open)) {
            return boundary;
        }
        Instant start = recurrence.at(open).from();
        return start.isAfter(boundary)
                        && (segmentTo == null || segmentTo.equals(boundary))
                        && sameTerms(boundary, start)
                ? start
                : boundary;
    }

    private boolean sameTerms(Instant one, Instant other) {
        Optional<ResolvedFeature> left = resolve(one);
        Optional<ResolvedFeature> right = resolve(other);
        return left.isPresent()
                && right.isPresent()
                && left.get().stack().equals(right.get().stack())
                && left.get().subscription() != null
                && left.get().subscription().equals(right.get().subscription());
    }

    private @Nullable Instant nextPhase(Instant after) {
        return timeline.entitlements().nextPhase(book.key().root(), after).orElse(null);
    }

    private Optional<ResolvedFeature> resolve(Instant at) {
        return timeline.entitlements()
                .feature(book.key().root(), book.key().unit(), book.key().resource(), at);
    }

    private static @Nullable Recurrence recurrence(ResolvedFeature feature) {
        return feature.recurrence();
    }

    private static boolean limited(ResolvedFeature feature) {
        return feature.granted() && feature.definition().type() == FeatureType.METERED && feature.limit() != null;
    }

    private Recurrence.Numbered periodAt(ResolvedFeature feature, Instant at) {
        Recurrence recurrence = feature.recurrence();
        if (recurrence == null) {
            throw new IllegalArgumentException("the limit of " + feature.feature() + " never resets");
        }
        Recurrence.Numbered period = recurrence.at(at);
        return timeline.entitlements()
                .resetWithin(book.key().root(), feature, period.from(), at)
                .map(reset -> new Recurrence.Numbered(period.index(), reset, period.to()))
                .orElse(period);
    }

    private void apply(Optional<ResolvedFeature> resolved, Recurrence.@Nullable Numbered numbered, Instant at) {
        if (resolved.filter(LimitStack::limited).isEmpty()) {
            withdraw(at);
            return;
        }
        ResolvedFeature feature = resolved.get();
        boolean level = feature.definition().mode() == MeteringMode.LEVEL;
        Instant from = numbered == null ? LimitPeriod.FOREVER : numbered.from();
        endOthers(from, at);
        LimitPeriod period = book.period(from);
        if (period == null) {
            period = numbered == null
                    ? new LimitPeriod(from, null, null)
                    : new LimitPeriod(from, numbered.to(), numbered.to().plus(timeline.closingOf(book)));
            book.addPeriod(period);
        }
        book.turn(book.head().inPeriod(from, level || numbered == null));
        fit(feature, period, at);
    }

    private void withdraw(Instant at) {
        LimitPeriod period = book.period();
        if (period != null) {
            book.setTarget(period, 0);
            trim(period, timeline.context(book, at));
        }
    }

    private void endOthers(Instant from, Instant at) {
        MoveContext context = timeline.context(book, at);
        List<Block> others = book.blocks().stream()
                .filter(block -> block.status() == BlockStatus.ACTIVE
                        && !from.equals(block.terms().periodFrom()))
                .toList();
        for (Block block : others) {
            book.close(block, at, at.plus(timeline.closingOf(book)), context);
        }
    }

    /** Raises or cuts a period's blocks to what the entitlement says. */
    private void fit(ResolvedFeature feature, LimitPeriod period, Instant at) {
        MoveContext context = timeline.context(book, at);
        long target = 0;
        for (LimitPart part : feature.stack()) {
            target = Math.addExact(target, atoms(part));
        }
        book.setTarget(period, target);
        timeline.circumstances()
                .usedBefore(book.id(), period.from())
                .ifPresent(before -> book.setUsedBefore(period, before));
        long room = period.room();
        long total = issued(period);
        for (LimitPart part : feature.stack()) {
            BlockSource source = source(part);
            String reference = reference(feature, period, part);
            long need = Math.min(atoms(part) - issued(source, reference), room - total);
            if (need > 0) {
                total += need;
                issue(period, source, reference, need, at);
            }
        }
        trim(period, context);
    }

    private void issue(LimitPeriod period, BlockSource source, String reference, long amount, Instant at) {
        boolean first = issued(period) == 0;
        Instant effective = first && period.to() != null ? period.from() : at;
        int ordinal = (int) book.blocks().stream()
                .filter(block -> block.source() == source
                        && block.terms().sourceReference().equals(reference))
                .count();
        Block block = new Block(
                book.id(),
                BlockTerms.limit(source, reference, ordinal, period.from(), period.to()),
                amount,
                effective,
                period.to(),
                period.closesAt(),
                timeline.now());
        MoveContext context = timeline.context(book, effective);
        book.issue(block, context);
        absorb(period, block, context);
        if (period.overageHeld() > 0 && block.free() > 0) {
            timeline.overage().takeOver(book, period, block, context);
        }
    }

    private void absorb(LimitPeriod period, Block block, MoveContext context) {
        if (period.overage() == 0) {
            return;
        }
        for (OpenOverage open : timeline.overage().openOverage(book, period)) {
            long amount = Math.min(Math.min(open.amount(), period.overage()), block.free());
            if (amount > 0) {
                Repayment.absorb(book, period, block, amount, context);
                timeline.absorbed(new UsageBooking(
                        open.windowId(),
                        open.customer(),
                        book.key().root(),
                        book.key().unit(),
                        FeatureType.METERED,
                        open.resource(),
                        open.windowStart(),
                        open.windowEnd(),
                        book.scale(),
                        0,
                        0,
                        amount,
                        0,
                        List.of(),
                        -amount,
                        0,
                        0,
                        // The window stays the plan's under which the usage happened, whose budget it leaves.
                        open.subscription(),
                        open.plan(),
                        open.planVersion(),
                        open.planHash(),
                        period.to() == null ? null : period.from(),
                        period.to()));
            }
        }
    }

    /** Voids what exceeds the target and is free, the last to burn first. What is held follows when it is released. */
    private void trim(LimitPeriod period, MoveContext context) {
        trim(book, period, context);
    }

    static void trim(WalletBook book, LimitPeriod period, MoveContext context) {
        long excess = book.blocks().stream()
                        .filter(block -> of(block, period))
                        .mapToLong(LimitStack::standing)
                        .sum()
                - period.room();
        if (excess <= 0) {
            return;
        }
        List<Block> lastFirst = book.blocks().stream()
                .filter(block -> of(block, period) && block.status() == BlockStatus.ACTIVE && block.free() > 0)
                .sorted(Comparator.<Block>comparingInt(block -> -block.source().code())
                        .thenComparing(BurnOrder.COMPARATOR.reversed()))
                .toList();
        for (Block block : lastFirst) {
            long amount = Math.min(excess, block.free());
            if (amount > 0) {
                book.voidFree(block, amount, context);
                excess -= amount;
            }
        }
    }

    private static boolean of(Block block, LimitPeriod period) {
        return period.from().equals(block.terms().periodFrom());
    }

    private long issued(LimitPeriod period) {
        return book.blocks().stream()
                .filter(block -> of(block, period))
                .mapToLong(LimitStack::standing)
                .sum();
    }

    private long issued(BlockSource source, String reference) {
        return book.blocks().stream()
                .filter(block -> block.source() == source
                        && block.terms().sourceReference().equals(reference))
                .mapToLong(LimitStack::standing)
                .sum();
    }

    /** A block that was ended before its period did counts with what was used of it: the rest is gone. */
    private static long standing(Block block) {
        return switch (block.status()) {
            case PENDING, ACTIVE -> block.issued();
            case CLOSING, EXPIRED -> block.consumed() + block.held();
        };
    }

    private long atoms(LimitPart part) {
        return Atoms.parse(part.amount(), book.scale());
    }

    private static BlockSource source(LimitPart part) {
        return switch (part.kind()) {
            case BASE -> BlockSource.BASE;
            case INCREMENT -> BlockSource.INCREMENT;
            case PROMOTION -> BlockSource.PROMOTION;
        };
    }

    private static String reference(ResolvedFeature feature, LimitPeriod period, LimitPart part) {
        return (feature.subscription() == null ? "-" : feature.subscription()) + "|" + feature.feature() + "|"
                + (period.to() == null ? "-" : period.from()) + "|" + part.sourceReference();
    }
}
