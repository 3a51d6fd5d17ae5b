package dev.weir.ledger.wallet.domain;

import dev.weir.catalog.contract.Category;
import dev.weir.catalog.contract.CreditGrant;
import dev.weir.catalog.contract.CreditLimit;
import dev.weir.catalog.contract.GrantOn;
import dev.weir.catalog.contract.OverdraftSettlement;
import dev.weir.catalog.contract.PerSeat;
import dev.weir.catalog.contract.Rollover;
import dev.weir.entitlement.contract.CreditEntitlement;
import dev.weir.entitlement.contract.Recurrence;
import dev.weir.entitlement.contract.SourceKind;
import dev.weir.ledger.contract.BlockSource;
import dev.weir.platform.kernel.Atoms;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The credit that subscriptions give, issued as its periods come: for each (subscription, grant key, period) at most what
 * the grant says, counted over everything issued under that key, so that no change of plan gives anything twice.
 *
 * <p>A grant {@code perSeat} says so much for each seat held: at the period's start what is held then, and later, by the
 * same rule, more for seats that are added; seats that are given back take nothing away. A grant {@code INVOICE_PAID} opens
 * when the provider reports that the invoice of its period is paid, and never before the period.
 */
final class CreditBlocks {
    // A safeguard against a recurrence of seconds and a wallet idle for a year.
    private static final int PERIODS_AT_ONCE = 2_000;
    private static final Instant FOR_EVER = Instant.parse("9999-12-31T00:00:00Z");

    private final Timeline timeline;
    private final WalletBook book;

    // How long a payment that is reported late still opens the blocks of its period.
    private static final Duration PAYMENT_REACH = Duration.ofDays(90);

    /**
     * A grant that is due at an instant.
     *
     * @param keyUntil until then what its key has issued must be known
     */
    private record Due(Instant at, CreditEntitlement credit, Recurrence.@Nullable Numbered period, Instant keyUntil) {}

    CreditBlocks(Timeline timeline, WalletBook book) {
        this.timeline = timeline;
        this.book = book;
    }

    /** Issues everything that came due since the last time; returns the next instant at which something will. */
    @Nullable
    Instant replay() {
        Instant now = timeline.now();
        Instant since = book.head().syncedTo();
        Instant from = since == null || since.isAfter(now) ? now : since;
        floor(now);
        List<CreditEntitlement> credits =
                timeline.entitlements().credits(book.key().root(), from, now.plusNanos(1_000)).stream()
                        .filter(credit ->
                                credit.grant().unit().equals(book.key().unit()))
                        .filter(credit -> credit.grant().grantOn() == GrantOn.PERIOD_START)
                        .toList();
        @Nullable
        Instant next = timeline.entitlements().nextPhase(book.key().root(), now).orElse(null);
        List<Due> due = new ArrayList<>();
        for (CreditEntitlement credit : credits) {
            next = Timeline.earliest(next, collect(credit, from, now, due));
        }
        if (timeline.entitlements().grantsOnPayment(book.key().root())) {
            next = Timeline.earliest(next, collectPaid(now, due));
            // A payment and the snapshot that waits for it may have come at once, so that neither saw the other: look
            // again.
            next = Timeline.earliest(next, now.plus(Timeline.LOOK_AT_LEAST));
        }
        due.sort(Comparator.comparing(Due::at)
                .thenComparing(item -> item.credit().grant().key()));
        for (Due item : due) {
            timeline.due(book, item.at().isAfter(now) ? now : item.at());
            issue(item);
        }
        return next;
    }

    private void floor(Instant now) {
        Optional<CreditLimit> limit = timeline.entitlements()
                .creditLimit(book.key().root(), book.key().unit(), now);
        long floor = limit.map(value -> -Atoms.parse(value.overdraft(), book.scale()))
                .orElse(0L);
        boolean repay =
                limit.map(value -> value.settle() == OverdraftSettlement.REPAY).orElse(true);
        book.turn(book.head().withFloor(floor, repay));
    }

    private static @Nullable Instant collect(CreditEntitlement credit, Instant from, Instant now, List<Due> due) {
        Instant validFrom = credit.validFrom();
        Instant validTo = credit.validTo();
        if (validFrom.isAfter(now)) {
            return validFrom;
        }
        Recurrence recurrence = credit.recurrence();
        if (recurrence == null) {
            due.add(new Due(validFrom, credit, null, FOR_EVER));
            return null;
        }
        Recurrence.Numbered period = recurrence.at(validFrom.isAfter(from) ? validFrom : from);
        for (int count = 0; count < PERIODS_AT_ONCE && !period.from().isAfter(now); count++) {
            if (validTo != null && !period.from().isBefore(validTo)) {
                return null;
            }
            Instant at = period.from().isBefore(validFrom) ? validFrom : period.from();
            due.add(new Due(at, credit, period, period.to()));
            period = recurrence.number(period.index() + 1);
        }
        return validTo == null || period.from().isBefore(validTo) ? period.from() : null;
    }

    /** Grants that wait for a payment: those of paid periods that have begun, whenever the payment came. */
    private @Nullable Instant collectPaid(Instant now, List<Due> due) {
        @Nullable Instant next = null;
        List<CreditEntitlement> credits =
                timeline
                        .entitlements()
                        .credits(book.key().root(), now.minus(PAYMENT_REACH), now.plusNanos(1_000))
                        .stream()
                        .filter(credit -> credit.grant().grantOn() == GrantOn.INVOICE_PAID
                                && credit.grant().unit().equals(book.key().unit()))
                        .toList();
        for (CreditEntitlement credit : credits) {
            for (PaidPeriod paid : timeline.circumstances().paid(credit.subscription())) {
                if (paid.to().plus(PAYMENT_REACH).isAfter(now)) {
                    next = Timeline.earliest(next, collect(credit, paid, now, due));
                }
            }
        }
        return next;
    }

    private static @Nullable Instant collect(CreditEntitlement credit, PaidPeriod paid, Instant now, List<Due> due) {
        Recurrence recurrence = credit.recurrence();
        if (recurrence == null) {
            return null;
        }
        Instant validTo = credit.validTo();
        Recurrence.Numbered period = recurrence.at(paid.from());
        for (int count = 0; count < PERIODS_AT_ONCE && period.from().isBefore(paid.to()); count++) {
            boolean valid = (validTo == null || period.from().isBefore(validTo))
                    && period.to().isAfter(credit.validFrom());
            if (valid && paid.covers(period.from())) {
                if (period.from().isAfter(now)) {
                    return period.from();
                }
                due.add(new Due(now, credit, period, paid.to().plus(PAYMENT_REACH)));
            }
            period = recurrence.number(period.index() + 1);
        }
        return null;
    }

    private void issue(Due due) {
        CreditEntitlement credit = due.credit();
        CreditGrant grant = credit.grant();
        String reference = credit.subscription() + "|" + grant.key()
                + (credit.source() == SourceKind.PLAN ? "" : "|" + credit.source() + ":" + credit.sourceReference())
                + "|" + (due.period() == null ? "once" : due.period().from());
        BlockSource source = due.period() != null
                ? BlockSource.RECURRING
                : grant.category() == Category.PAID ? BlockSource.PREPAID : BlockSource.PROMOTIONAL;
        BigDecimal seats = seats(grant);
        long target = CreditAmounts.target(credit, seats, book.scale());
        List<Block> known = book.blocks().stream()
                .filter(block -> block.source() == source
                        && block.terms().sourceReference().equals(reference))
                .toList();
        long amount = target - known.stream().mapToLong(Block::issued).sum();
        // Seats that were added are worth something from now on, not from the period's start.
        Instant effective = grant.perSeat() != null && !known.isEmpty() ? timeline.now() : due.at();
        @Nullable Instant expires = CreditAmounts.expiry(credit, due.period(), effective);
        if (amount <= 0 || expires != null && !expires.isAfter(effective)) {
            return;
        }
        Rollover rollover = due.period() == null ? null : grant.rollover();
        BlockTerms terms = new BlockTerms(
                source,
                reference,
                known.size(),
                null,
                grant.category(),
                grant.priority(),
                null,
                null,
                rollover == null || rollover.max() == null ? null : Atoms.parse(rollover.max(), book.scale()),
                rollover == null ? null : rollover.duration(),
                CreditAmounts.currency(grant),
                CreditAmounts.cost(credit, seats, amount, target),
                null,
                null,
                due.keyUntil());
        Block block = new Block(
                book.id(),
                terms,
                amount,
                effective,
                expires,
                expires == null ? null : expires.plus(timeline.closing().credits()),
                timeline.now());
        MoveContext context = timeline.context(book, effective);
        book.issue(block, context);
        Repayment.repay(book, block, context);
    }

    private BigDecimal seats(CreditGrant grant) {
        PerSeat perSeat = grant.perSeat();
        return perSeat == null
                ? BigDecimal.ONE
                : timeline.circumstances().level(book.key().root(), perSeat.feature());
    }
}
