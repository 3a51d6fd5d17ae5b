package dev.weir.ledger.verify.domain;

import dev.weir.ledger.contract.WalletKind;
import dev.weir.ledger.verify.domain.Misfit.What;
import dev.weir.ledger.verify.domain.StoredWallet.Period;
import dev.weir.ledger.verify.domain.StoredWallet.StoredBlock;
import dev.weir.ledger.wallet.domain.Account;
import dev.weir.ledger.wallet.domain.JournalEncoding;
import dev.weir.ledger.wallet.domain.JournalRow;
import dev.weir.ledger.wallet.domain.MoveKind;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Adds up one wallet's journal from its first row and compares: each row with what the rows before it make of it, and in the
 * end the wallet's row, its blocks, its periods and its reservations with the whole. It shares no code with the write path
 * but the encoding of rows.
 */
public final class WalletFold {
    private final UUID wallet;
    private final WalletKind kind;
    private final Map<UUID, BlockFold> blocks = new HashMap<>();
    private final Map<Instant, Period> periods = new TreeMap<>();
    private long seq;
    private byte[] hash;
    private @Nullable Instant lastPostedAt;
    private long available;
    private long heldInBlocks;
    private long heldInRoom;
    private long debt;
    private boolean frozen;
    private long transferredIn;
    private long transferredOut;

    /** Before the first row. */
    public WalletFold(UUID wallet, WalletKind kind) {
        this.wallet = wallet;
        this.kind = kind;
        this.hash = JournalEncoding.genesis(wallet);
    }

    public long seq() {
        return seq;
    }

    /** What arrived from blocks of other places, less what left for them. */
    public long transferred() {
        return transferredIn - transferredOut;
    }

    /** Takes the next row; says what does not fit. After a misfit the fold means nothing any more. */
    public Optional<Misfit> next(JournalRow row) {
        if (row.seq() != seq + 1) {
            return misfit(
                    row.seq() > seq + 1 ? seq + 1 : row.seq(),
                    What.SEQUENCE,
                    "after row " + seq + " comes row " + row.seq());
        }
        byte[] expected = JournalEncoding.chain(hash, row);
        if (!Arrays.equals(expected, row.hash())) {
            return misfit(
                    row.seq(),
                    What.HASH,
                    "the row's hash is " + hex(row.hash()) + ", the row and its predecessor give " + hex(expected));
        }
        Instant last = lastPostedAt;
        if (last != null && !row.postedAt().isAfter(last)) {
            return misfit(row.seq(), What.TIME, "posted at " + row.postedAt() + ", the row before at " + last);
        }
        seq = row.seq();
        hash = row.hash();
        lastPostedAt = row.postedAt();
        return move(row);
    }

    private Optional<Misfit> move(JournalRow row) {
        long amount = row.amount();
        UUID block = row.block();
        if (amount == 0 && !row.kind().mayMoveNothing()) {
            return misfit(row.seq(), What.OVERDRAWN, "a row of kind " + row.kind() + " moves nothing");
        }
        frozen = row.kind() == MoveKind.FREEZE || frozen && row.kind() != MoveKind.UNFREEZE;
        if (row.from() == Account.AVAILABLE) {
            available -= amount;
        }
        if (row.to() == Account.AVAILABLE) {
            available += amount;
        }
        if (row.from() == Account.TRANSFER) {
            transferredIn += amount;
        }
        if (row.to() == Account.TRANSFER) {
            transferredOut += amount;
        }
        long held = (row.to() == Account.HELD ? amount : 0) - (row.from() == Account.HELD ? amount : 0);
        if (block == null) {
            heldInRoom += held;
        } else {
            heldInBlocks += held;
        }
        beyond(row, amount);
        if (available != row.availableAfter()) {
            return running(row, "available", row.availableAfter(), available);
        }
        if (heldInBlocks + heldInRoom != row.heldAfter()) {
            return running(row, "held", row.heldAfter(), heldInBlocks + heldInRoom);
        }
        if (debt != row.overdraftAfter()) {
            return running(row, "overdraft", row.overdraftAfter(), debt);
        }
        if (block == null) {
            return Optional.empty();
        }
        BlockFold fold = blocks.computeIfAbsent(block, id -> new BlockFold());
        fold.apply(row);
        Long remaining = row.blockRemainingAfter();
        if (remaining == null || remaining != fold.remaining()) {
            return running(row, "the block's remaining", remaining == null ? 0 : remaining, fold.remaining());
        }
        return fold.sound()
                ? Optional.empty()
                : misfit(
                        row.seq(),
                        What.OVERDRAWN,
                        "block " + block + " has not " + amount + " in " + row.from() + " that could move to "
                                + row.to());
    }

    /** What is used beyond blocks: debt of a credit wallet; overage and overrun of a limit, by period. */
    private void beyond(JournalRow row, long amount) {
        Account from = row.from();
        Account to = row.to();
        if (kind == WalletKind.CREDIT) {
            boolean roomSpent = from == Account.HELD && row.block() == null;
            if (to == Account.CONSUMED && (roomSpent || from == Account.OVERDRAFT)) {
                debt += amount;
            } else if (from == Account.OVERDRAFT && to == Account.VOIDED) {
                debt += amount;
            } else if (to == Account.OVERDRAFT && from != Account.HELD) {
                debt -= amount;
            }
            return;
        }
        Instant period = row.periodFrom();
        if (period == null) {
            return;
        }
        long held = row.block() != null ? 0 : to == Account.HELD ? amount : from == Account.HELD ? -amount : 0;
        long overage = 0;
        long overrun = 0;
        if (to == Account.CONSUMED && row.block() == null) {
            overrun = from == Account.OVERRUN ? amount : 0;
            overage = from == Account.OVERRUN ? 0 : amount;
        } else if (to == Account.OVERRUN) {
            overrun = -amount;
        } else if (to == Account.OVERAGE && from != Account.HELD) {
            overage = -amount;
        }
        if (held != 0 || overage != 0 || overrun != 0) {
            periods.put(period, periods.getOrDefault(period, Period.NONE).plus(overage, held, overrun));
        }
    }

    /** After the last row: compares with what is stored. */
    public Optional<Misfit> end(StoredWallet stored) {
        if (stored.seq() != seq) {
            return misfit(
                    Math.min(stored.seq(), seq) + 1,
                    What.SEQUENCE,
                    "the wallet counts " + stored.seq() + " rows, the journal has " + seq);
        }
        if (!Arrays.equals(stored.headHash(), hash)) {
            return misfit(seq, What.HEAD, "the wallet's head is not the last row's hash");
        }
        if (lastPostedAt != null && !lastPostedAt.equals(stored.lastPostedAt())) {
            return misfit(seq, What.HEAD, "the wallet says it was last posted at " + stored.lastPostedAt());
        }
        return differs(What.WALLET_BALANCE, "available", stored.available(), available)
                .or(() -> differs(What.WALLET_BALANCE, "held", stored.held(), heldInBlocks))
                .or(() -> differs(
                        What.WALLET_BALANCE,
                        "held beyond blocks",
                        stored.overageHeld() + stored.overdraftHeld(),
                        heldInRoom))
                .or(() -> differs(What.WALLET_BALANCE, "overdraft", stored.overdraft(), debt))
                .or(() -> differs(What.WALLET_BALANCE, "frozen", stored.frozen() ? 1 : 0, frozen ? 1 : 0))
                .or(() -> blocks(stored))
                .or(() -> periods(stored))
                .or(() -> reservations(stored));
    }

    private Optional<Misfit> blocks(StoredWallet stored) {
        long live = 0;
        for (StoredBlock block : stored.blocks()) {
            BlockFold fold = blocks.remove(block.id());
            if (block.active()) {
                live += block.remaining() - block.held();
            }
            Optional<Misfit> misfit = fold == null ? silent(block) : block(block, fold);
            if (misfit.isPresent()) {
                return misfit;
            }
        }
        if (!blocks.isEmpty()) {
            return misfit(
                    seq,
                    What.UNKNOWN_BLOCK,
                    "the journal moves amounts of block "
                            + blocks.keySet().iterator().next() + ", which is not stored");
        }
        return differs(What.BLOCK_BALANCE, "free in live blocks", live, available);
    }

    /** A block without a row is pending, or was taken back before it opened. */
    private Optional<Misfit> silent(StoredBlock block) {
        boolean untouched = block.remaining() + block.voided() == block.granted()
                && block.held() == 0
                && (block.pending() || block.remaining() == 0);
        return untouched
                ? Optional.empty()
                : misfit(seq, What.BLOCK_BALANCE, "block " + block.id() + " has no journal row");
    }

    private Optional<Misfit> block(StoredBlock block, BlockFold fold) {
        String name = "block " + block.id() + ": ";
        return differs(What.BLOCK_BALANCE, name + "remaining", block.remaining(), fold.remaining())
                .or(() -> differs(What.BLOCK_BALANCE, name + "held", block.held(), fold.held))
                .or(() -> differs(What.BLOCK_BALANCE, name + "consumed", block.consumed(), fold.consumed))
                .or(() -> differs(What.BLOCK_BALANCE, name + "closing", block.closing(), fold.closing))
                .or(() -> differs(What.BLOCK_BALANCE, name + "expired", block.expired(), fold.expired))
                .or(() -> differs(What.BLOCK_BALANCE, name + "moved out", block.movedOut(), fold.movedOut))
                .or(() -> differs(
                        What.BLOCK_BALANCE, name + "voided for good", block.voidedForGood(), fold.voidedForGood))
                .or(() -> differs(What.BLOCK_BALANCE, name + "refunded", block.costRefunded(), fold.refunded))
                .or(() -> differs(What.BLOCK_BALANCE, name + "charged back", block.chargedBack(), fold.chargedBack))
                // What was voided while it was pending was never issued.
                .or(() -> differs(
                        What.BLOCK_BALANCE,
                        name + "voided",
                        block.voided(),
                        fold.voided + block.granted() - fold.issued));
    }

    private Optional<Misfit> periods(StoredWallet stored) {
        for (Map.Entry<Instant, Period> entry : stored.periods().entrySet()) {
            Period folded = periods.getOrDefault(entry.getKey(), Period.NONE);
            periods.remove(entry.getKey());
            String name = "period of " + entry.getKey() + ": ";
            Period period = entry.getValue();
            Optional<Misfit> misfit = differs(What.PERIODS, name + "overage", period.overage(), folded.overage())
                    .or(() -> differs(What.PERIODS, name + "held", period.overageHeld(), folded.overageHeld()))
                    .or(() -> differs(What.PERIODS, name + "overrun", period.overrun(), folded.overrun()));
            if (misfit.isPresent()) {
                return misfit;
            }
        }
        return periods.isEmpty()
                ? Optional.empty()
                : misfit(
                        seq,
                        What.PERIODS,
                        "the journal knows a period of "
                                + periods.keySet().iterator().next() + ", which is not stored");
    }

    private Optional<Misfit> reservations(StoredWallet stored) {
        OpenHolds holds = stored.holds();
        for (StoredBlock block : stored.blocks()) {
            if (block.held() != holds.ofBlock(block.id())) {
                return differs(
                        What.RESERVATIONS,
                        "held in block " + block.id(),
                        block.held(),
                        holds.ofBlock(block.id()),
                        "open reservations hold ");
            }
        }
        return differs(What.RESERVATIONS, "held", stored.held(), holds.inBlocks(), "open reservations hold ")
                .or(() -> differs(
                        What.RESERVATIONS,
                        "held in overage room",
                        stored.overageHeld(),
                        holds.overage(),
                        "open reservations hold "))
                .or(() -> differs(
                        What.RESERVATIONS,
                        "held in overdraft room",
                        stored.overdraftHeld(),
                        holds.overdraft(),
                        "open reservations hold "))
                .or(() -> differs(
                        What.RESERVATIONS,
                        "quarantined",
                        stored.quarantined(),
                        holds.quarantined(),
                        "lapsed reservations hold "));
    }

    private Optional<Misfit> differs(What what, String name, long stored, long folded) {
        return differs(what, name, stored, folded, "the journal adds up to ");
    }

    private Optional<Misfit> differs(What what, String name, long stored, long other, String of) {
        return stored == other ? Optional.empty() : misfit(seq, what, name + " is " + stored + ", " + of + other);
    }

    private Optional<Misfit> running(JournalRow row, String name, long written, long folded) {
        return misfit(
                row.seq(),
                What.RUNNING_BALANCE,
                name + " after the row is written as " + written + ", the rows add up to " + folded);
    }

    private Optional<Misfit> misfit(long at, What what, String detail) {
        return Optional.of(new Misfit(wallet, at, what, detail));
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
