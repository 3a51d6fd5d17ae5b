package dev.weir.catalog.diff.domain;

import dev.weir.catalog.contract.Entitlement;
import dev.weir.catalog.contract.Price;
import dev.weir.catalog.contract.PriceTier;
import java.math.BigDecimal;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Parts of a catalog in words, for the sentences of a diff. */
final class Words {

    private Words() {}

    static String of(@Nullable Object value) {
        return value == null ? "none" : value instanceof BigDecimal number ? number.toPlainString() : value.toString();
    }

    /** A limit: "10000 every P1M", "5", "unlimited". */
    static String limit(Entitlement given) {
        BigDecimal limit = given.limit();
        return limit == null ? "unlimited" : limit.toPlainString() + every(given.every());
    }

    static String bound(@Nullable BigDecimal bound) {
        return bound == null ? "no bound" : bound.toPlainString();
    }

    static String every(@Nullable String every) {
        return every == null ? "" : " every " + every;
    }

    /** A price in short; what surrounds its model is told member by member elsewhere. */
    static String price(Price price) {
        String currency = " " + price.currency();
        return switch (price.model()) {
            case FLAT -> of(price.amount()) + currency;
            case PER_UNIT -> of(price.unitPrice()) + currency + " each";
            case PACKAGE -> of(price.packagePrice()) + currency + " for each " + of(price.packageSize());
            case PERCENTAGE -> of(price.percent()) + " %";
            case GRADUATED, VOLUME, STAIRSTEP -> tiers(price) + currency;
        };
    }

    /** "0.002 each up to 10000, then 5 + 0.001 each". */
    private static String tiers(Price price) {
        return price.tiers().stream().map(Words::tier).collect(Collectors.joining(", then "));
    }

    private static String tier(PriceTier tier) {
        String flat = tier.flatPrice() == null ? "" : of(tier.flatPrice());
        String unit = tier.unitPrice() == null ? "" : of(tier.unitPrice()) + " each";
        String both = flat.isEmpty() || unit.isEmpty() ? flat + unit : flat + " + " + unit;
        return tier.upTo() == null ? both : both + " up to " + of(tier.upTo());
    }
}
