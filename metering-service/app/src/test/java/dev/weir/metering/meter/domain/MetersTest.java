package dev.weir.metering.meter.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.catalog.contract.Aggregation;
import dev.weir.catalog.contract.FilterOperator;
import dev.weir.catalog.contract.Meter;
import dev.weir.catalog.contract.MeterFilter;
import dev.weir.catalog.contract.UnitTransform;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MetersTest {

    @Test
    void sumReadsTheNumberOfItsField() {
        Meter meter = meter(Aggregation.SUM, "tokens");

        MeterReading reading = Meters.read(meter, Map.of("tokens", "12.50"));

        assertThat(reading).isEqualTo(new MeterReading.Quantity(new BigDecimal("12.50")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"NaN", "Infinity", "many", "", "1e999999", "0x10"})
    void sumCannotReadWhatIsNoNumber(String value) {
        MeterReading reading = Meters.read(meter(Aggregation.SUM, "tokens"), Map.of("tokens", value));

        assertThat(reading).isInstanceOf(MeterReading.Unreadable.class);
    }

    @Test
    void uniqueReadsTextAndNumbersAlike() {
        MeterReading reading = Meters.read(meter(Aggregation.UNIQUE, "userId"), Map.of("userId", "42"));

        assertThat(reading).isEqualTo(new MeterReading.Key("42"));
    }

    @ParameterizedTest
    @CsvSource({
        "EQ, large, large, true",
        "EQ, 1.0, 1, true",
        "EQ, small, large, false",
        "NE, small, large, true",
        "LT, 9, 10, true",
        "LE, 10.0, 10, true",
        "GT, 10, 9, true",
        "GT, b, a, true",
        "GE, 9, 10, false",
        "IN, eu, eu, true",
        "IN, ap, eu, false",
        "CONTAINS, gpt-large-2, large, true",
        "STARTS_WITH, gpt-large-2, large, false",
        "EXISTS, x, '', true"
    })
    void filterComparesNumbersByValueAndTextByText(
            FilterOperator operator, String actual, String wanted, boolean counts) {
        Meter meter = new Meter(
                "m", "t", Aggregation.COUNT, null, List.of(), List.of(new MeterFilter("f", operator, List.of(wanted))));

        MeterReading reading = Meters.read(meter, Map.of("f", actual));

        assertThat(reading instanceof MeterReading.Quantity).isEqualTo(counts);
    }

    @Test
    void aChangeOfUnitComesBeforeAnythingIsAddedUp() {
        UnitTransform gigabytes = new UnitTransform(
                UnitTransform.Operation.DIVIDE, new BigDecimal("1000000000"), UnitTransform.Rounding.UP);
        Meter meter = new Meter("m", "t", Aggregation.SUM, "bytes", List.of(), List.of(), gigabytes);

        MeterReading reading = Meters.read(meter, Map.of("bytes", "1500000000"));

        assertThat(reading).isEqualTo(new MeterReading.Quantity(new BigDecimal("2")));
    }

    private static Meter meter(Aggregation aggregation, String value) {
        return new Meter("m", "t", aggregation, value, List.of(), List.of());
    }
}
