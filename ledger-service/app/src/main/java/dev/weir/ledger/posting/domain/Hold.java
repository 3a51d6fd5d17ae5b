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
    private @Nullable UUID budget;
    private long budgetHeld;
    private boolean changed;

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

    /** The budget that it holds against; null = none. */
    public @Nullable UUID budget() {
        return budget;
    }

    /** How much of the feature it holds against the budget. */
    public long budgetHeld() {
        return budgetHeld;
    }

    /** Puts what is stored. */
    public void attachBudget(@Nullable UUID stored, long held) {
        budget = stored;
        budgetHeld = held;
    }

    void budgeted(UUID by, long held) {
        budget = by;
        budgetHeld = held;
        changed = true;
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
