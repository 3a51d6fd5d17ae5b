package dev.weir.ledger.posting.domain;

import dev.weir.ledger.contract.BlockSource;
import dev.weir.ledger.contract.WalletStatus;
import dev.weir.ledger.posting.domain.Outcome.BlockSpend;
import dev.weir.ledger.posting.domain.Outcome.Moved;
import dev.weir.ledger.posting.domain.Outcome.Moved.Part;
import dev.weir.ledger.posting.domain.Outcome.Refused;
import dev.weir.ledger.wallet.domain.Block;
import dev.weir.ledger.wallet.domain.BurnOrder;
import dev.weir.ledger.wallet.domain.MoveContext;
import dev.weir.ledger.wallet.domain.Moves;
import dev.weir.ledger.wallet.domain.Repayment;
import dev.weir.ledger.wallet.domain.Timeline;
import dev.weir.ledger.wallet.domain.WalletBook;
import dev.weir.platform.kernel.Atoms;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Credit used by hand, given to another customer, or turned into another unit: in burn order, all or nothing. */
final class MoveDecisions {
    private final BatchState state;
    private final Timeline timeline;
    private final Duration closing;
    private final Instant now;

    MoveDecisions(BatchState state, Timeline timeline, Duration closing, Instant now) {
        this.state = state;
        this.timeline = timeline;
        this.closing = closing;
        this.now = now;
    }

    Outcome charge(ByHand.Charge charge) {
        WalletBook book = Objects.requireNonNull(state.book(charge.wallet().key()));
        timeline.sync(book);
        Optional<Refused> refused = refused(book, charge.amount(), charge.feature());
        if (refused.isPresent()) {
            return refused.get();
        }
        long amount = Atoms.parse(charge.amount(), book.scale());
        MoveContext context = context(charge, charge.feature());
        List<BlockSpend> spent = new ArrayList<>();
        long rest = amount;
        for (Block block : BurnOrder.live(book.blocks(), charge.feature())) {
            long take = Math.min(rest, block.free());
            if (take > 0) {
                book.debit(block, take, context);
                spent.add(new BlockSpend(block.id(), take));
                rest -= take;
            }
        }
        timeline.reschedule(book);
        return new Outcome.Charged(book, amount, spent);
    }

    Outcome transfer(ByHand.Transfer transfer) {
        WalletBook from = Objects.requireNonNull(state.book(transfer.wallet().key()));
        WalletBook to = Objects.requireNonNull(state.book(transfer.target().key()));
        timeline.sync(from);
        timeline.sync(to);
        Optional<Refused> refused = refused(from, transfer.amount(), null).or(() -> HandAmounts.notCredit(to));
        if (refused.isPresent()) {
            return refused.get();
        }
        long amount = Atoms.parse(transfer.amount(), from.scale());
        return move(from, to, amount, BigDecimal.ONE, BlockSource.TRANSFER, context(transfer, null));
    }

    Outcome convert(ByHand.Convert convert) {
        WalletBook from = Objects.requireNonNull(state.book(convert.wallet().key()));
        WalletBook to = Objects.requireNonNull(state.book(convert.target().key()));
        timeline.sync(from);
        timeline.sync(to);
        Optional<Refused> refused = refused(from, convert.amount(), null).or(() -> HandAmounts.notCredit(to));
        if (refused.isPresent()) {
            return refused.get();
        }
        long amount = Atoms.parse(convert.amount(), from.scale());
        BigDecimal atomRate = convert.rate().scaleByPowerOfTen(to.scale() - from.scale());
        BigDecimal exact = atomRate.multiply(BigDecimal.valueOf(amount));
        if (exact.compareTo(BigDecimal.valueOf(Long.MAX_VALUE / 1_000)) > 0) {
            return new Refused(400, "INVALID_QUANTITY", "rate", "the amount is too large");
        }
        if (exact.compareTo(BigDecimal.ONE) < 0) {
            return new Refused(400, "INVALID_QUANTITY", "amount", "too little to be worth anything in the other unit");
        }
        BigDecimal residue = exact.subtract(exact.setScale(0, RoundingMode.FLOOR));
        MoveContext context = context(convert, null)
                .with("rate", convert.rate().toPlainString())
                .with("rateSource", convert.rateSource())
                .with("residue", residue.stripTrailingZeros().toPlainString());
        return move(from, to, amount, atomRate, BlockSource.CONVERSION, context);
    }

    /** Rounds the sum, not each block: what arrives is the whole amount at the rate, rounded down once. */
    private Outcome move(
            WalletBook from, WalletBook to, long amount, BigDecimal rate, BlockSource source, MoveContext context) {
        List<Part> parts = new ArrayList<>();
        long moved = 0;
        long received = 0;
        for (Block block : BurnOrder.live(from.blocks(), null)) {
            long take = Math.min(amount - moved, block.free());
            if (take == 0) {
                break;
            }
            moved += take;
            long until = rate.multiply(BigDecimal.valueOf(moved))
                    .setScale(0, RoundingMode.FLOOR)
                    .longValueExact();
            @Nullable Block child = Moves.move(from, block, take, to, until - received, source, closing, context);
            received = until;
            parts.add(new Part(block, take, child));
            if (child != null) {
                Repayment.repay(to, child, context);
            }
        }
        timeline.reschedule(from);
        timeline.reschedule(to);
        BigDecimal residue = rate.multiply(BigDecimal.valueOf(amount)).subtract(BigDecimal.valueOf(received));
        return new Moved(from, to, amount, received, parts, residue);
    }

    private static Optional<Refused> refused(WalletBook book, BigDecimal amount, @Nullable String feature) {
        Optional<Refused> limit = HandAmounts.notCredit(book);
        if (limit.isPresent()) {
            return limit;
        }
        return switch (HandAmounts.of(amount, book.scale())) {
            case HandAmounts.Wrong wrong -> Optional.of(wrong.refused());
            case HandAmounts.Usable usable -> unavailable(book, usable.atoms(), feature);
        };
    }

    private static Optional<Refused> unavailable(WalletBook book, long amount, @Nullable String feature) {
        if (book.head().status() != WalletStatus.ACTIVE) {
            return Optional.of(new Refused(
                    403,
                    "FROZEN",
                    null,
                    "wallet " + book.key().unit() + " is " + book.head().status()));
        }
        long free = BurnOrder.live(book.blocks(), feature).stream()
                .mapToLong(Block::free)
                .sum();
        return free >= amount
                ? Optional.empty()
                : Optional.of(new Refused(
                        402,
                        "INSUFFICIENT_CREDIT",
                        "amount",
                        "only " + Atoms.format(free, book.scale()) + " "
                                + book.key().unit() + " is free"));
    }

    private MoveContext context(ByHand operation, @Nullable String feature) {
        MoveContext plain = MoveContext.byHand(
                operation.transaction(),
                operation.customer(),
                now,
                operation.key().text(),
                operation.actor(),
                operation.reason());
        return feature == null ? plain : plain.forFeature(feature);
    }
}
