package dev.weir.ledger.wallet.domain;

import dev.weir.catalog.contract.Category;
import dev.weir.catalog.contract.CreditGrant;
import dev.weir.catalog.contract.CreditLimit;
import dev.weir.catalog.contract.GrantOn;
import dev.weir.catalog.contract.Money;
import dev.weir.catalog.contract.OverdraftSettlement;
import dev.weir.catalog.contract.Rollover;
import dev.weir.entitlement.contract.CreditEntitlement;
import dev.weir.entitlement.contract.Recurrence;
import dev.weir.entitlement.contract.SourceKind;
import dev.weir.ledger.contract.BlockSource;
import dev.weir.platform.kernel.Atoms;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The credit that subscriptions give, issued as its periods come: for each (subscription, grant key, period) at most what
 * the grant says, counted over everything issued under that key, so that no change of plan gives anything twice.
 */
final class CreditBlocks {
    // A safeguard against a recurrence of seconds and a wallet idle for a year.
    private static final int PERIODS_AT_ONCE = 2_000;
    private static final Instant FOR_EVER = Instant.parse("9999-12-31T00:00:00Z");

    private final Timeline timeline;
    private final WalletBook book;

    /** A grant that is due at an instant. */
    private record Due(Instant at, CreditEntitlement credit, Recurrence.@Nullable Numbered period) {}

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
            due.add(new Due(validFrom, credit, null));
            return null;
        }
        Recurrence.Numbered period = recurrence.at(validFrom.isAfter(from) ? validFrom : from);
        for (int count = 0; count < PERIODS_AT_ONCE && !period.from().isAfter(now); count++) {
            if (validTo != null && !period.from().isBefore(validTo)) {
                return null;
            }
            Instant at = period.from().isBefore(validFrom) ? validFrom : period.from();
            due.add(new Due(at, credit, period));
            period = recurrence.number(period.index() + 1);
        }
        return validTo == null || period.from().isBefore(validTo) ? period.from() : null;
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
        long target = Math.multiplyExact(Atoms.parse(grant.amount(), book.scale()), Math.max(1, credit.quantity()));
        List<Block> known = book.blocks().stream()
                .filter(block -> block.source() == source
                        && block.terms().sourceReference().equals(reference))
                .toList();
        long amount = target - known.stream().mapToLong(Block::issued).sum();
        Instant effective = due.at();
        @Nullable Instant expires = expiry(credit, due.period(), effective);
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
                currency(grant),
                cost(credit, amount, target),
                null,
                null,
                due.period() == null ? FOR_EVER : due.period().to());
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

    private static @Nullable Instant expiry(
            CreditEntitlement credit, Recurrence.@Nullable Numbered period, Instant effective) {
        Recurrence recurrence = credit.recurrence();
        ZoneId zone = recurrence == null ? Spans.UTC : recurrence.zone();
        String after = credit.grant().expiresAfter();
        @Nullable
        Instant expires = after != null ? Spans.plus(effective, after, zone) : period == null ? null : period.to();
        return credit.source() == SourceKind.TRIAL ? Timeline.earliest(expires, credit.validTo()) : expires;
    }

    private static @Nullable String currency(CreditGrant grant) {
        Money value = basis(grant);
        return value == null ? null : value.currency();
    }

    private static @Nullable Money basis(CreditGrant grant) {
        if (grant.category() == Category.PROMOTIONAL) {
            return null;
        }
        return grant.value() != null ? grant.value() : grant.price();
    }

    /** The grant's cost basis in minor units; a raise bears its share. */
    private static long cost(CreditEntitlement credit, long amount, long target) {
        Money value = basis(credit.grant());
        if (value == null) {
            return 0;
        }
        long whole = value.amount()
                .multiply(BigDecimal.valueOf(Math.max(1, credit.quantity())))
                .movePointRight(Currency.getInstance(value.currency()).getDefaultFractionDigits())
                .setScale(0, RoundingMode.HALF_UP)
                .longValueExact();
        return Spans.share(whole, amount, target);
    }
}
