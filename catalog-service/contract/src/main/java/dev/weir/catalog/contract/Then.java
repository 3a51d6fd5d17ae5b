package dev.weir.catalog.contract;

import java.math.BigDecimal;
import java.util.Objects;

/** The next leg once the included quantity is used up: {@code per} credits of {@code unit} for each further unit. */
public record Then(String unit, BigDecimal per) {
    public Then {
        Objects.requireNonNull(unit, "unit");
        Objects.requireNonNull(per, "per");
    }
}
