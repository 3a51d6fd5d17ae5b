package dev.weir.catalog.contract;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The PERCENTAGE model of {@link PriceRating}. */
final class PercentagePrice {

    private PercentagePrice() {}

    static List<PriceLine> lines(Price price, BigDecimal amount, long events) {
        List<PriceLine> lines = new ArrayList<>();
        BigDecimal percent = PriceRating.needed(price.percent(), "percent");
        BigDecimal base = PriceRating.less(amount, price.freeUnits());
        lines.add(PriceRating.line(PriceLineKind.PERCENTAGE, base, percent, PriceRating.percent(base, percent)));
        if (coveredByFreeUnits(price.freeUnits(), base)) {
            return lines;
        }
        BigDecimal count = BigDecimal.valueOf(events);
        BigDecimal fixedFee = price.fixedFee();
        if (fixedFee != null) {
            lines.add(PriceRating.times(PriceLineKind.FIXED_FEE, count, fixedFee));
        }
        PriceRating.raise(lines, perEvent(price.minimumPerEvent(), count));
        if (events > 0) {
            PriceRating.cap(lines, perEvent(price.maximumPerEvent(), count));
        }
        return lines;
    }

    private static boolean coveredByFreeUnits(@Nullable BigDecimal freeUnits, BigDecimal base) {
        return freeUnits != null && freeUnits.signum() > 0 && base.signum() == 0;
    }

    private static @Nullable BigDecimal perEvent(@Nullable BigDecimal bound, BigDecimal count) {
        return bound == null ? null : bound.multiply(count);
    }
}
