package dev.weir.catalog.contract;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CurrencyExponentTest {

    @ParameterizedTest
    @CsvSource({"USD,2", "EUR,2", "JPY,0", "KRW,0", "KWD,3", "CLF,4", "HUF,2", "ISK,0"})
    void knowsTheMinorUnit(String currency, int exponent) {
        int found = CurrencyExponent.of(currency);

        assertThat(found).isEqualTo(exponent);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "usd", "XXX", "US", "USDT"})
    void knowsNothingElse(String currency) {
        boolean found = CurrencyExponent.find(currency).isPresent();

        assertThat(found).isFalse();
    }
}
