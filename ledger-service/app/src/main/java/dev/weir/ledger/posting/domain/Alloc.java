package dev.weir.ledger.posting.domain;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A part of a leg: out of one block, or of overage or overdraft room. */
public final class Alloc {
    private final int ordinal;
    private final Room room;
    private final @Nullable UUID block;
    private final @Nullable Instant periodFrom;
    private long amount;
    private long spent;
    private long released;

    /** A stored or new part. */
    public Alloc(
            int ordinal,
            Room room,
            @Nullable UUID block,
            @Nullable Instant periodFrom,
            long amount,
            long spent,
            long released) {
        this.ordinal = ordinal;
        this.room = room;
        this.block = block;
        this.periodFrom = periodFrom;
        this.amount = amount;
        this.spent = spent;
        this.released = released;
    }

    public int ordinal() {
        return ordinal;
    }

    public Room room() {
        return room;
    }

    public @Nullable UUID block() {
        return block;
    }

    public @Nullable Instant periodFrom() {
        return periodFrom;
    }

    public long amount() {
        return amount;
    }

    public long spent() {
        return spent;
    }

    public long released() {
        return released;
    }

    /** What it still holds. */
    public long open() {
        return amount - spent - released;
    }

    void spend(long by) {
        spent += by;
    }

    void release(long by) {
        released += by;
    }

    /** Gives a part away to another alloc of the same leg. */
    void shrink(long by) {
        amount -= by;
    }
}
