package dev.weir.catalog.document.domain;

import dev.weir.catalog.contract.Coupon;
import dev.weir.catalog.contract.CouponDuration;
import dev.weir.catalog.contract.Money;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a coupon: it takes off a percentage or an amount, not both. */
final class CouponReader {

    private static final int MOST_MONTHS = 1_200;

    private CouponReader() {}

    static @Nullable Coupon read(String key, Fields fields) {
        String name = fields.text("name");
        BigDecimal percentOff = percent(fields);
        Money amountOff = MoneyReader.read(fields.child("amountOff"));
        CouponDuration duration = fields.required("duration", fields.oneOf("duration", CouponDuration.class));
        Integer months = fields.integer("months", 1, MOST_MONTHS);
        List<String> products = fields.keys("products");
        if (fields.has("percentOff") == fields.has("amountOff")) {
            fields.fault(
                    fields.has("percentOff") ? "amountOff" : "percentOff",
                    fields.has("percentOff") ? "NOT_ALLOWED" : "REQUIRED",
                    "a coupon takes off a percentage (percentOff) or an amount (amountOff)");
        }
        if (amountOff != null && amountOff.amount().signum() == 0) {
            fields.fault("amountOff.amount", "INVALID_VALUE", "must be more than 0");
        }
        if (duration == CouponDuration.REPEATING) {
            fields.required("months", months);
        } else if (duration != null && fields.has("months")) {
            fields.fault("months", "NOT_ALLOWED", "only a REPEATING coupon lasts a number of months");
        }
        fields.finish();
        return duration == null
                ? null
                : new Coupon(key, name == null ? key : name, percentOff, amountOff, duration, months, products);
    }

    private static @Nullable BigDecimal percent(Fields fields) {
        BigDecimal percent = fields.positive("percentOff");
        if (percent != null && percent.compareTo(PriceReader.HUNDRED) > 0) {
            fields.fault("percentOff", "INVALID_VALUE", "must be at most 100");
        }
        return percent;
    }
}
