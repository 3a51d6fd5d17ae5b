package dev.weir.catalog.contract;

import java.math.BigDecimal;
import java.util.Objects;

/** An amount of money in major units of an ISO 4217 currency. */
public record Money(BigDecimal amount, String currency) {
    public Money {
        Objects.requireNonNull(amount, "amount");
        Objects.requireNonNull(currency, "currency");
    }
}
