package dev.weir.ledger.wallet.domain;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A limit's period under its wallet's lock: what it may reach, and what went beyond. */
public final class LimitPeriod {

    /** The start of the one period of a limit that never resets. */
    public static final Instant FOREVER = Instant.EPOCH;

    private final Instant from;
    private final @Nullable Instant to;
    private final @Nullable Instant closesAt;
    private final boolean fresh;
    long target;
    long overage;
    long overageHeld;
    long overrun;
    long usedBefore;
    boolean changed;

    /** A new period. */
    public LimitPeriod(Instant from, @Nullable Instant to, @Nullable Instant closesAt) {
        this(from, to, closesAt, 0, 0, 0, 0, 0, true);
    }

    /** A stored period. */
    public LimitPeriod(
            Instant from,
            @Nullable Instant to,
            @Nullable Instant closesAt,
            long target,
            long overage,
            long overageHeld,
            long overrun,
            long usedBefore) {
        this(from, to, closesAt, target, overage, overageHeld, overrun, usedBefore, false);
    }

    private LimitPeriod(
            Instant from,
            @Nullable Instant to,
            @Nullable Instant closesAt,
            long target,
            long overage,
            long overageHeld,
            long overrun,
            long usedBefore,
            boolean fresh) {
        this.from = from;
        this.to = to;
        this.closesAt = closesAt;
        this.target = target;
        this.overage = overage;
        this.overageHeld = overageHeld;
        this.overrun = overrun;
        this.usedBefore = usedBefore;
        this.fresh = fresh;
        this.changed = fresh;
    }

    public Instant from() {
        return from;
    }

    /** Null for a limit that never resets. */
    public @Nullable Instant to() {
        return to;
    }

    /** Until then reported usage of the period is booked in it; null: for ever. */
    public @Nullable Instant closesAt() {
        return closesAt;
    }

    /** The resolved limit, last known, in atoms. */
    public long target() {
        return target;
    }

    public long overage() {
        return overage;
    }

    public long overageHeld() {
        return overageHeld;
    }

    public long overrun() {
        return overrun;
    }

    /** What was used of it while there was no limit: no block has paid for it, but the blocks are so much smaller. */
    public long usedBefore() {
        return usedBefore;
    }

    /** What its blocks may sum up to: the limit less what was used before there was one. */
    public long room() {
        return Math.max(0, target - usedBefore);
    }

    /** Not stored yet. */
    public boolean fresh() {
        return fresh;
    }

    /** Differs from what is stored. */
    public boolean changed() {
        return changed;
    }

    /** Whether the instant lies in it. */
    public boolean contains(Instant instant) {
        return !instant.isBefore(from) && (to == null || instant.isBefore(to));
    }
}
