package dev.weir.ledger.wallet.domain;

import dev.weir.catalog.contract.Category;
import dev.weir.catalog.contract.CreditGrant;
import dev.weir.catalog.contract.CurrencyExponent;
import dev.weir.catalog.contract.Money;
import dev.weir.catalog.contract.PerSeat;
import dev.weir.entitlement.contract.CreditEntitlement;
import dev.weir.entitlement.contract.Recurrence;
import dev.weir.entitlement.contract.SourceKind;
import dev.weir.platform.kernel.Atoms;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/** How much a subscription's grant gives, until when, and what was paid for it. */
final class CreditAmounts {

    private CreditAmounts() {}

    /**
     * What the grant gives in one period, in atoms: its amount, and so much for each seat; a fraction of the smallest part is
     * not given.
     */
    static long target(CreditEntitlement credit, BigDecimal seats, int scale) {
        CreditGrant grant = credit.grant();
        BigDecimal amount = grant.amount();
        PerSeat perSeat = grant.perSeat();
        if (perSeat != null) {
            amount = amount.add(perSeat.amount().multiply(seats.max(BigDecimal.ZERO)));
        }
        return Math.multiplyExact(Atoms.parse(amount.setScale(scale, RoundingMode.DOWN), scale), quantity(credit));
    }

    /** When the block ends; null = never. */
    static @Nullable Instant expiry(CreditEntitlement credit, Recurrence.@Nullable Numbered period, Instant effective) {
        Recurrence recurrence = credit.recurrence();
        ZoneId zone = recurrence == null ? Spans.UTC : recurrence.zone();
        String after = credit.grant().expiresAfter();
        @Nullable
        Instant expires = after != null ? Spans.plus(effective, after, zone) : period == null ? null : period.to();
        return credit.source() == SourceKind.TRIAL ? Timeline.earliest(expires, credit.validTo()) : expires;
    }

    /** The currency of the cost basis. */
    static @Nullable String currency(CreditGrant grant) {
        Money value = basis(grant);
        return value == null ? null : value.currency();
    }

    /** The cost basis in minor units; a raise bears its share. The value of a grant {@code perSeat} is that of one seat. */
    static long cost(CreditEntitlement credit, BigDecimal seats, long amount, long target) {
        Money value = basis(credit.grant());
        if (value == null) {
            return 0;
        }
        long whole = value.amount()
                .multiply(BigDecimal.valueOf(quantity(credit)))
                .multiply(seats)
                .movePointRight(CurrencyExponent.of(value.currency()))
                .setScale(0, RoundingMode.HALF_UP)
                .longValueExact();
        return Spans.share(whole, amount, target);
    }

    private static int quantity(CreditEntitlement credit) {
        return Math.max(1, credit.quantity());
    }

    private static @Nullable Money basis(CreditGrant grant) {
        if (grant.category() == Category.PROMOTIONAL) {
            return null;
        }
        return grant.value() != null ? grant.value() : grant.price();
    }
}
