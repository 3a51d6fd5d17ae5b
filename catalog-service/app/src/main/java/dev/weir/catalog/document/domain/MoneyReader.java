package dev.weir.catalog.document.domain;

import dev.weir.catalog.contract.CurrencyExponent;
import dev.weir.catalog.contract.Money;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Reads an amount of money that is paid or booked, so it has no more decimals than its currency. */
final class MoneyReader {

    private MoneyReader() {}

    static @Nullable Money read(@Nullable Fields fields) {
        if (fields == null) {
            return null;
        }
        BigDecimal amount = fields.required("amount", fields.money("amount"));
        String currency = PriceReader.currency(fields);
        fields.finish();
        if (amount == null || currency == null) {
            return null;
        }
        int decimals = CurrencyExponent.of(currency);
        if (amount.stripTrailingZeros().scale() > decimals) {
            fields.fault("amount", "TOO_MANY_DECIMALS", currency + " has " + decimals + " decimals");
        }
        return new Money(amount, currency);
    }
}
