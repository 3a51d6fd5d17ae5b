package dev.weir.catalog.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CouponTest {

    @ParameterizedTest(name = "{0} % or {1} USD off {2} {3}: {4}")
    @CsvSource({
        "20,    , 49.00,  USD, 9.80",
        "33,    , 9.99,   USD, 3.30",
        "100,   , 12.34,  USD, 12.34",
        "12.5,  , 1001,   JPY, 125",
        "  , 25.00, 49.00, USD, 25.00",
        "  , 25.00, 10.00, USD, 10.00",
        "  , 25.00, 49.00, EUR, 0.00"
    })
    void takesOffNoMoreThanThereIs(
            @Nullable BigDecimal percent,
            @Nullable BigDecimal dollars,
            BigDecimal amount,
            String currency,
            String expected) {
        Coupon coupon = new Coupon(
                "c",
                "c",
                percent,
                dollars == null ? null : new Money(dollars, "USD"),
                CouponDuration.ONCE,
                null,
                List.of());

        BigDecimal off = coupon.off(amount, currency);

        assertThat(off).isEqualTo(expected);
    }
}
