package dev.weir.ledger.posting.domain;

import java.math.BigDecimal;
import java.util.Map;

/** How much of a feature: a quantity in its own measure, or the dimensions that its rate table prices. */
public sealed interface Measure {
    /** Whole units of a METERED feature, or credits of a CREDIT one; a decimal. */
    record Quantity(BigDecimal value) implements Measure {}

    /** The usage event's fields as text. */
    record Dimensions(Map<String, String> values) implements Measure {
        public Dimensions {
            values = Map.copyOf(values);
        }
    }
}
