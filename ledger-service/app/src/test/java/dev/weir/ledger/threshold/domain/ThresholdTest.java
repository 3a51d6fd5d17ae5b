package dev.weir.ledger.threshold.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ThresholdTest {

    @ParameterizedTest
    @CsvSource({"101, 100, true", "100, 99, false", "500, 0, true", "500, 101, false", "0, 500, false"})
    void anAmountIsCrossedFromAboveOnly(long before, long after, boolean crossed) {
        Threshold threshold = new Threshold("low", 100L, null);

        assertThat(threshold.crossed(new Balance(before, 1_000), new Balance(after, 1_000)))
                .isEqualTo(crossed);
    }

    @ParameterizedTest
    @CsvSource({
        // available before, granted before, available after, granted after
        "201, 1000, 200, 1000, true",
        "201, 1000, 201, 2000, true",
        "200, 1000, 150, 1000, false",
        "150, 1000, 150, 100, false"
    })
    void aPercentageGoesByWhatTheLiveBlocksWereGranted(
            long before, long grantedBefore, long after, long grantedAfter, boolean crossed) {
        Threshold threshold = new Threshold("low", null, new BigDecimal("20"));

        assertThat(threshold.crossed(new Balance(before, grantedBefore), new Balance(after, grantedAfter)))
                .isEqualTo(crossed);
    }

    @ParameterizedTest
    @CsvSource({"0.5, 999, 4", "33.333333, 1000000, 333333", "100, 9223372036854775807, 9223372036854775807"})
    void aPercentageIsExactAndRoundedDown(BigDecimal percent, long granted, long at) {
        assertThat(new Threshold("low", null, percent).at(granted)).isEqualTo(at);
    }
}
