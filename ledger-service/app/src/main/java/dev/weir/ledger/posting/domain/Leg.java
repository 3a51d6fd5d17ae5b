package dev.weir.ledger.posting.domain;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What is held in one wallet. */
public final class Leg {
    private final int ordinal;
    private final UUID wallet;
    private final long factor;
    private final List<Alloc> allocs = new ArrayList<>();
    private long overrun;

    /** A stored or new leg; factor: atoms of this wallet for each whole unit of quantity. */
    public Leg(int ordinal, UUID wallet, long factor, long overrun) {
        this.ordinal = ordinal;
        this.wallet = wallet;
        this.factor = factor;
        this.overrun = overrun;
    }

    public int ordinal() {
        return ordinal;
    }

    public UUID wallet() {
        return wallet;
    }

    public long factor() {
        return factor;
    }

    public List<Alloc> allocs() {
        return Collections.unmodifiableList(allocs);
    }

    public long granted() {
        return allocs.stream().mapToLong(Alloc::amount).sum();
    }

    public long spent() {
        return allocs.stream().mapToLong(Alloc::spent).sum();
    }

    public long released() {
        return allocs.stream().mapToLong(Alloc::released).sum();
    }

    public long overrun() {
        return overrun;
    }

    /** What it still holds. */
    public long open() {
        return allocs.stream().mapToLong(Alloc::open).sum();
    }

    /** Adds a stored part. */
    public void attach(Alloc alloc) {
        allocs.add(alloc);
    }

    void hold(Room room, @Nullable UUID block, @Nullable Instant periodFrom, long amount) {
        allocs.add(new Alloc(allocs.size(), room, block, periodFrom, amount, 0, 0));
    }

    void addOverrun(long by) {
        overrun += by;
    }
}
