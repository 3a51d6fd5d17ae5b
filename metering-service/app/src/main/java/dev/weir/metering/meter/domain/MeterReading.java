package dev.weir.metering.meter.domain;

import java.math.BigDecimal;
import java.util.Objects;

/** What a meter reads from one event. */
public sealed interface MeterReading {

    /** The event counts with this number. */
    record Quantity(BigDecimal value) implements MeterReading {
        public Quantity {
            Objects.requireNonNull(value, "value");
        }
    }

    /** The event counts as this one of the things that UNIQUE counts. */
    record Key(String value) implements MeterReading {
        public Key {
            Objects.requireNonNull(value, "value");
        }
    }

    /** A filter of the meter does not hold: the event does not count. */
    record FilteredOut() implements MeterReading {}

    /** The field that the meter needs is missing, or is not a number where one is needed. */
    record Unreadable(String field, String why) implements MeterReading {}
}
