package dev.weir.ledger.posting.domain;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A reservation under the locks of its wallets: what is held for one use of a feature, leg by leg, and out of which blocks
 * or rooms. Its counters only grow: granted, spent, released.
 */
public final class Hold {
    private final UUID id;
    private final String root;
    private final String customer;
    private final @Nullable String resource;
    private final Terms terms;
    private final OnLapse onLapse;
    private final byte[] operationKey;
    private final String actor;
    private final Instant createdAt;
    private final boolean fresh;
    private final List<Leg> legs = new ArrayList<>();
    private @Nullable Long atLeast;
    private HoldState state;
    private boolean lapsed;
    private long quantity;
    private @Nullable Long used;
    private Instant deadlineAt;
    private @Nullable Instant closedAt;
    private boolean changed;

    /** Where a reservation stands. The code is stored: never renumber. */
    public enum HoldState {
        HELD(0),
        LAPSED(1),
        QUARANTINED(2),
        SETTLED(3),
        RELEASED(4),
        CAPTURED(5);

        private final int code;

        HoldState(int code) {
            this.code = code;
        }

        /** The number in the database. */
        public int code() {
            return code;
        }

        /** Whether it still holds something. */
        public boolean open() {
            return this == HELD || this == LAPSED || this == QUARANTINED;
        }

        /** The state with that number. */
        public static HoldState of(int code) {
            return values()[code];
        }
    }

    /** What becomes of a hold whose deadline passes without a word. The code is stored: never renumber. */
    public enum OnLapse {
        RELEASE,
        CAPTURE,
        QUARANTINE
    }

    /** What holds a part of a leg. The code is stored: never renumber. */
    public enum Room {
        BLOCK,
        OVERAGE,
        OVERDRAFT
    }

    /** A part of a leg: out of one block, or of overage or overdraft room. */
    public static final class Alloc {
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

    /** What is held in one wallet. */
    public static final class Leg {
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

    /** A new reservation. */
    public static Hold open(Operation.Reserve reserve, Terms terms, Instant deadlineAt, Instant now) {
        Hold hold = new Hold(
                reserve.reservation(),
                reserve.root(),
                reserve.customer(),
                reserve.resource(),
                terms,
                reserve.onLapse(),
                reserve.key().bytes(),
                reserve.actor(),
                now,
                HoldState.HELD,
                false,
                0,
                null,
                null,
                deadlineAt,
                null,
                true);
        hold.changed = true;
        return hold;
    }

    /** A stored reservation; its legs are attached next. */
    public Hold(
            UUID id,
            String root,
            String customer,
            @Nullable String resource,
            Terms terms,
            OnLapse onLapse,
            byte[] operationKey,
            String actor,
            Instant createdAt,
            HoldState state,
            boolean lapsed,
            long quantity,
            @Nullable Long used,
            @Nullable Long atLeast,
            Instant deadlineAt,
            @Nullable Instant closedAt) {
        this(
                id,
                root,
                customer,
                resource,
                terms,
                onLapse,
                operationKey,
                actor,
                createdAt,
                state,
                lapsed,
                quantity,
                used,
                atLeast,
                deadlineAt,
                closedAt,
                false);
    }

    private Hold(
            UUID id,
            String root,
            String customer,
            @Nullable String resource,
            Terms terms,
            OnLapse onLapse,
            byte[] operationKey,
            String actor,
            Instant createdAt,
            HoldState state,
            boolean lapsed,
            long quantity,
            @Nullable Long used,
            @Nullable Long atLeast,
            Instant deadlineAt,
            @Nullable Instant closedAt,
            boolean fresh) {
        this.id = Objects.requireNonNull(id, "id");
        this.root = root;
        this.customer = customer;
        this.resource = resource;
        this.terms = terms;
        this.onLapse = onLapse;
        this.operationKey = operationKey;
        this.actor = actor;
        this.createdAt = createdAt;
        this.state = state;
        this.lapsed = lapsed;
        this.quantity = quantity;
        this.used = used;
        this.atLeast = atLeast;
        this.deadlineAt = deadlineAt;
        this.closedAt = closedAt;
        this.fresh = fresh;
    }

    public UUID id() {
        return id;
    }

    public String root() {
        return root;
    }

    public String customer() {
        return customer;
    }

    public @Nullable String resource() {
        return resource;
    }

    public Terms terms() {
        return terms;
    }

    public OnLapse onLapse() {
        return onLapse;
    }

    public byte[] operationKey() {
        return operationKey;
    }

    public String actor() {
        return actor;
    }

    public Instant createdAt() {
        return createdAt;
    }

    public HoldState state() {
        return state;
    }

    /** Its deadline passed before anything was reported. */
    public boolean lapsed() {
        return lapsed;
    }

    /** What was reserved, in the feature's own measure. */
    public long quantity() {
        return quantity;
    }

    public @Nullable Long used() {
        return used;
    }

    /** What is certainly used, in the feature's own measure. */
    public @Nullable Long atLeast() {
        return atLeast;
    }

    public Instant deadlineAt() {
        return deadlineAt;
    }

    public @Nullable Instant closedAt() {
        return closedAt;
    }

    public List<Leg> legs() {
        return Collections.unmodifiableList(legs);
    }

    /** Not stored yet. */
    public boolean fresh() {
        return fresh;
    }

    /** Differs from what is stored. */
    public boolean changed() {
        return changed;
    }

    /** Adds a leg, stored or new. */
    public void attach(Leg leg) {
        legs.add(leg);
    }

    void touch() {
        changed = true;
    }

    void reserved(long more, @Nullable Long certainly, Instant deadline) {
        quantity = Math.addExact(quantity, more);
        atLeast = certainly == null ? atLeast : certainly;
        deadlineAt = deadline;
        changed = true;
    }

    void lapse(HoldState next, Instant deadline) {
        state = next;
        lapsed = true;
        deadlineAt = deadline;
        changed = true;
    }

    void close(HoldState next, @Nullable Long usedQuantity, Instant at) {
        state = next;
        used = usedQuantity;
        closedAt = at;
        changed = true;
    }
}
