package dev.weir.ledger.posting.domain;

import dev.weir.catalog.contract.FeatureType;
import dev.weir.ledger.contract.WalletStatus;
import dev.weir.ledger.posting.domain.Denial.Balance;
import dev.weir.ledger.posting.domain.Denial.Reason;
import dev.weir.ledger.wallet.domain.LimitPeriod;
import dev.weir.ledger.wallet.domain.WalletBook;
import dev.weir.platform.kernel.Atoms;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Says why balances refuse a use, with the numbers that a caller needs to do something about it. */
final class Denials {
    private final Instant now;

    Denials(Instant now) {
        this.now = now;
    }

    /** A frozen wallet refuses whatever it holds. */
    Optional<Denial> frozen(Terms by, @Nullable WalletBook limit, @Nullable WalletBook credit, Drawing drawing) {
        return Stream.of(Optional.ofNullable(limit), Optional.ofNullable(credit))
                .flatMap(Optional::stream)
                .filter(book -> book.head().status() != WalletStatus.ACTIVE)
                .findFirst()
                .map(book -> build(
                        Reason.FROZEN,
                        "wallet " + book.key().unit() + " is " + book.head().status(),
                        by,
                        limit,
                        credit,
                        drawing,
                        null,
                        null));
    }

    /** Too little is there. */
    Denial missing(
            Terms by,
            @Nullable WalletBook limit,
            @Nullable WalletBook credit,
            Drawing drawing,
            long quantity,
            Drawing.Fit.Short missing) {
        boolean ofLimit = limit != null && missing.wallet() == limit;
        String unit = missing.wallet().key().unit();
        String detail = Atoms.format(missing.by(), missing.wallet().scale()) + " " + unit + " missing";
        long cost = by.type() == FeatureType.CREDIT
                ? quantity
                : limit == null
                        ? 0
                        : by.thenCost(
                                quantity - Math.min(quantity, drawing.rooms().free(limit)));
        return build(
                ofLimit ? Reason.LIMIT_REACHED : Reason.INSUFFICIENT_CREDIT,
                detail,
                by,
                limit,
                credit,
                drawing,
                credit == null ? null : Long.valueOf(cost),
                missing);
    }

    /** A budget has no money for it. */
    Denial overBudget(
            Terms by, @Nullable WalletBook limit, @Nullable WalletBook credit, Drawing drawing, Denial.Money money) {
        String detail = "the budget of " + money.amount().toPlainString() + " " + money.currency() + " for plan "
                + money.plan() + " is short by " + money.shortBy().toPlainString() + " " + money.currency();
        return build(Reason.LIMIT_REACHED, detail, by, limit, credit, drawing, null, null)
                .by(money);
    }

    private Denial build(
            Reason reason,
            String detail,
            Terms by,
            @Nullable WalletBook limit,
            @Nullable WalletBook credit,
            Drawing drawing,
            @Nullable Long cost,
            Drawing.Fit.@Nullable Short missing) {
        LimitPeriod period = limit == null ? null : limit.period();
        long quarantined = (limit == null ? 0 : limit.head().quarantined())
                + (credit == null ? 0 : credit.head().quarantined());
        return new Denial(
                reason,
                detail,
                by.feature(),
                by.type().name(),
                by.soft(),
                by.scale(),
                period == null ? null : Long.valueOf(period.target()),
                limit == null ? 0 : used(limit),
                limit == null ? 0 : limit.head().held() + limit.head().overageHeld(),
                limit == null ? 0 : limit.head().available(),
                period == null ? null : period.to(),
                credit == null
                        ? List.of()
                        : List.of(new Balance(
                                credit.key().unit(),
                                credit.scale(),
                                drawing.rooms().free(credit),
                                cost)),
                missing == null ? null : missing.wallet().key().unit(),
                missing == null ? 0 : missing.wallet().scale(),
                missing == null ? 0 : missing.by(),
                quarantined,
                now);
    }

    /** What a limit's running period has used: consumed, overage and overrun, and what was used before there was a limit. */
    static long used(WalletBook limit) {
        LimitPeriod period = limit.period();
        if (period == null) {
            return 0;
        }
        return period.usedBefore()
                + period.overage()
                + period.overrun()
                + limit.blocks().stream()
                        .filter(block -> period.from().equals(block.terms().periodFrom()))
                        .mapToLong(dev.weir.ledger.wallet.domain.Block::consumed)
                        .sum();
    }
}
