package dev.weir.ledger.wallet.domain;

import dev.weir.ledger.contract.BlockStatus;
import dev.weir.ledger.contract.WalletKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A wallet under its lock: its live blocks, its periods, and every move that is made on it. All changes go through the moves
 * here; each writes one journal row, so that balances are projections of the journal by construction. Not thread-safe, and
 * never shared: a book lives as long as the lock.
 */
public final class WalletBook {
    private final WalletKey key;
    private final UUID id;
    private final WalletKind kind;
    private final int scale;
    private final boolean fresh;
    private final List<Block> blocks = new ArrayList<>();
    private final Map<UUID, Block> byId = new HashMap<>();
    private final TreeMap<Instant, LimitPeriod> periods = new TreeMap<>();
    private final List<JournalRow> rows = new ArrayList<>();
    private WalletHead head;
    private boolean changed;

    /** A wallet that is not stored yet. */
    public static WalletBook open(WalletKey key, WalletKind kind, int scale, boolean level, Instant now) {
        WalletHead head = WalletHead.fresh(key.id(), level, now);
        WalletBook book = new WalletBook(key, kind, scale, head, List.of(), List.of(), true);
        book.changed = true;
        return book;
    }

    /** A stored wallet with its blocks (all that are not EXPIRED, and those EXPIRED ones that still matter). */
    public WalletBook(
            WalletKey key, WalletKind kind, int scale, WalletHead head, List<Block> blocks, List<LimitPeriod> periods) {
        this(key, kind, scale, head, blocks, periods, false);
    }

    private WalletBook(
            WalletKey key,
            WalletKind kind,
            int scale,
            WalletHead head,
            List<Block> blocks,
            List<LimitPeriod> periods,
            boolean fresh) {
        this.key = key;
        this.id = key.id();
        this.kind = kind;
        this.scale = scale;
        this.head = head;
        this.fresh = fresh;
        blocks.forEach(this::attach);
        periods.forEach(period -> this.periods.put(period.from(), period));
    }

    public WalletKey key() {
        return key;
    }

    public UUID id() {
        return id;
    }

    public WalletKind kind() {
        return kind;
    }

    public int scale() {
        return scale;
    }

    /** The wallet's row as it stands now. */
    public WalletHead head() {
        return head;
    }

    /** Not stored yet. */
    public boolean fresh() {
        return fresh;
    }

    /** Differs from what is stored. */
    public boolean changed() {
        return changed;
    }

    public List<Block> blocks() {
        return Collections.unmodifiableList(blocks);
    }

    public @Nullable Block block(UUID blockId) {
        return byId.get(blockId);
    }

    /** Adds a stored block that a reservation still names. */
    public void attach(Block block) {
        if (byId.putIfAbsent(block.id(), block) == null) {
            blocks.add(block);
        }
    }

    /** The period that holds the instant, if it was opened. */
    public @Nullable LimitPeriod periodAt(Instant time) {
        Map.Entry<Instant, LimitPeriod> entry = periods.floorEntry(time);
        return entry != null && entry.getValue().contains(time) ? entry.getValue() : null;
    }

    public List<LimitPeriod> periods() {
        return List.copyOf(periods.values());
    }

    /** The running period of a limit wallet. */
    public @Nullable LimitPeriod period() {
        Instant from = head.periodFrom();
        return from == null ? null : periods.get(from);
    }

    public @Nullable LimitPeriod period(Instant from) {
        return periods.get(from);
    }

    /** The journal rows made since the lock was taken. */
    public List<JournalRow> rows() {
        return Collections.unmodifiableList(rows);
    }

    /** Puts a state that no amount depends on: the floor, the timeline's progress, the running period. */
    public void turn(WalletHead next) {
        if (!next.equals(head)) {
            head = next;
            changed = true;
        }
    }

    /** Adds a stored period that usage is taken back in. */
    public void attach(LimitPeriod period) {
        periods.putIfAbsent(period.from(), period);
    }

    public void addPeriod(LimitPeriod period) {
        periods.put(period.from(), period);
        changed = true;
    }

    public void setTarget(LimitPeriod period, long target) {
        if (period.target != target) {
            period.target = target;
            period.changed = true;
        }
    }

    public void setUsedBefore(LimitPeriod period, long usedBefore) {
        if (period.usedBefore != usedBefore) {
            period.usedBefore = usedBefore;
            period.changed = true;
            changed = true;
        }
    }

    // Blocks begin and end -----------------------------------------------------------------------------------------

    /** Adds a block; it opens at once if it is effective, else it waits as PENDING. */
    public void issue(Block block, MoveContext context) {
        attach(block);
        changed = true;
        if (!block.effectiveAt().isAfter(context.now())) {
            activate(block, context);
        }
    }

    /** PENDING to ACTIVE. */
    public void activate(Block block, MoveContext context) {
        require(block.status == BlockStatus.PENDING, block, "is not pending");
        block.status = BlockStatus.ACTIVE;
        block.changed = true;
        head = head.moved(block.remaining, 0);
        Origin origin = Origin.of(block);
        post(origin.kind(), origin.account(), Account.AVAILABLE, block.remaining, block, null, context);
    }

    /** ACTIVE to CLOSING: what is free may from now on only pay for reported usage of the block's time. */
    public void close(Block block, Instant endedAt, @Nullable Instant closesAt, MoveContext context) {
        require(block.status == BlockStatus.ACTIVE, block, "is not active");
        long free = block.free();
        block.status = BlockStatus.CLOSING;
        block.expiresAt = endedAt;
        block.closesAt = closesAt;
        block.remaining -= free;
        block.closing += free;
        block.changed = true;
        changed = true;
        head = head.moved(-free, 0);
        post(MoveKind.CLOSE, Account.AVAILABLE, Account.CLOSING, free, block, null, context);
    }

    /** CLOSING to EXPIRED. What is held expires when it is released. */
    public void expire(Block block, MoveContext context) {
        require(block.status == BlockStatus.CLOSING, block, "is not closing");
        long rest = block.closing;
        block.status = BlockStatus.EXPIRED;
        block.closing = 0;
        block.expired += rest;
        block.changed = true;
        changed = true;
        post(MoveKind.EXPIRE, Account.CLOSING, Account.EXPIRED, rest, block, null, context);
    }

    /** Takes back what is neither used nor held. */
    public void voidFree(Block block, long amount, MoveContext context) {
        require(amount <= block.free(), block, "has not that much free");
        block.remaining -= amount;
        block.voided += amount;
        head = block.status == BlockStatus.ACTIVE ? head.moved(-amount, 0) : head;
        block.changed = true;
        changed = true;
        if (block.status == BlockStatus.ACTIVE) {
            post(MoveKind.VOID, Account.AVAILABLE, Account.VOIDED, amount, block, null, context);
        }
    }

    // Holds --------------------------------------------------------------------------------------------------------

    public void hold(Block block, long amount, MoveContext context) {
        require(block.status == BlockStatus.ACTIVE && amount <= block.free(), block, "has not that much free");
        block.held += amount;
        block.changed = true;
        head = head.moved(-amount, amount);
        post(MoveKind.HOLD, Account.AVAILABLE, Account.HELD, amount, block, null, context);
    }

    public void holdOverage(LimitPeriod period, long amount, MoveContext context) {
        period.overageHeld += amount;
        period.changed = true;
        head = head.overageHeldMoved(amount);
        post(MoveKind.HOLD, Account.OVERAGE, Account.HELD, amount, null, period, context);
    }

    public void holdOverdraft(long amount, MoveContext context) {
        head = head.overdraftMoved(0, amount);
        post(MoveKind.HOLD, Account.OVERDRAFT, Account.HELD, amount, null, null, context);
    }

    public void spendHeld(Block block, long amount, MoveContext context) {
        require(amount <= block.held, block, "has not that much held");
        block.held -= amount;
        block.remaining -= amount;
        block.consumed += amount;
        block.changed = true;
        TakeBacks.spent(block);
        head = head.moved(0, -amount);
        post(MoveKind.SPEND, Account.HELD, Account.CONSUMED, amount, block, null, context);
    }

    public void spendHeldOverage(LimitPeriod period, long amount, MoveContext context) {
        period.overageHeld -= amount;
        period.overage += amount;
        period.changed = true;
        head = head.overageHeldMoved(-amount);
        post(MoveKind.SPEND, Account.HELD, Account.CONSUMED, amount, null, period, context);
    }

    public void spendHeldOverdraft(long amount, MoveContext context) {
        head = head.overdraftMoved(amount, -amount);
        post(MoveKind.SPEND, Account.HELD, Account.CONSUMED, amount, null, null, context);
    }

    /** Back to AVAILABLE; of a block that has ended to CLOSING, then to EXPIRED: released credit never comes to life again. */
    public void release(Block block, long amount, MoveContext context) {
        require(amount <= block.held, block, "has not that much held");
        block.held -= amount;
        block.changed = true;
        head = head.moved(block.status == BlockStatus.ACTIVE ? amount : 0, -amount);
        Account to = Account.AVAILABLE;
        if (block.status == BlockStatus.CLOSING) {
            block.remaining -= amount;
            block.closing += amount;
            to = Account.CLOSING;
        } else if (block.status == BlockStatus.EXPIRED) {
            block.remaining -= amount;
            block.expired += amount;
            to = Account.EXPIRED;
        }
        TakeBacks.released(this, block, to, amount, context);
    }

    public void releaseOverage(LimitPeriod period, long amount, MoveKind kind, MoveContext context) {
        period.overageHeld -= amount;
        period.changed = true;
        head = head.overageHeldMoved(-amount);
        post(kind, Account.HELD, Account.OVERAGE, amount, null, period, context);
    }

    public void releaseOverdraft(long amount, MoveContext context) {
        head = head.overdraftMoved(0, -amount);
        post(MoveKind.RELEASE, Account.HELD, Account.OVERDRAFT, amount, null, null, context);
    }

    /** Counts what a lapsed reservation still holds; no amount moves. */
    public void quarantine(long by) {
        head = head.quarantineMoved(by);
        changed = true;
    }

    // Debits without a hold --------------------------------------------------------------------

    /** From what is free, or, of a block that has ended, from what is closing. */
    public void debit(Block block, long amount, MoveContext context) {
        Account from = Account.AVAILABLE;
        if (block.status == BlockStatus.CLOSING) {
            require(amount <= block.closing, block, "has not that much closing");
            block.closing -= amount;
            from = Account.CLOSING;
        } else {
            require(block.status == BlockStatus.ACTIVE && amount <= block.free(), block, "has not that much free");
            block.remaining -= amount;
            head = head.moved(-amount, 0);
        }
        block.consumed += amount;
        block.changed = true;
        post(MoveKind.DEBIT, from, Account.CONSUMED, amount, block, null, context);
    }

    public void debitOverage(LimitPeriod period, long amount, MoveContext context) {
        period.overage += amount;
        period.changed = true;
        post(MoveKind.DEBIT, Account.OVERAGE, Account.CONSUMED, amount, null, period, context);
    }

    public void debitOverdraft(long amount, MoveContext context) {
        head = head.overdraftMoved(amount, 0);
        post(MoveKind.DEBIT, Account.OVERDRAFT, Account.CONSUMED, amount, null, null, context);
    }

    /** The vendor bears it; a limit's period counts it as used. */
    public void overrun(@Nullable LimitPeriod period, long amount, MoveContext context) {
        if (period != null) {
            period.overrun += amount;
            period.changed = true;
        }
        post(MoveKind.DEBIT, Account.OVERRUN, Account.CONSUMED, amount, null, period, context);
    }

    /** Uses free credit for what was used before it came. */
    void useFree(Block block, long amount) {
        block.remaining -= amount;
        block.consumed += amount;
        block.changed = true;
        head = head.moved(-amount, 0);
    }

    void move(long availableBy, long heldBy) {
        head = head.moved(availableBy, heldBy);
    }

    void owe(long by) {
        head = head.overdraftMoved(by, 0);
    }

    /** Writes the row of a move that has been made. A move of nothing has none, but for the kinds that may move nothing. */
    void post(
            MoveKind moveKind,
            Account from,
            Account to,
            long amount,
            @Nullable Block block,
            @Nullable LimitPeriod period,
            MoveContext context) {
        if (block != null) {
            block.requireConserved();
        }
        if (amount == 0 && !moveKind.mayMoveNothing()) {
            return;
        }
        changed = true;
        JournalRow row = context.row(id, head, moveKind, from, to, amount, block, period);
        byte[] hash = JournalEncoding.chain(head.hash(), row);
        rows.add(row.withHash(hash));
        head = head.posted(hash, row.postedAt());
    }

    static void require(boolean holds, Block block, String what) {
        if (!holds) {
            throw new IllegalStateException("block " + block.id() + " " + what);
        }
    }
}
