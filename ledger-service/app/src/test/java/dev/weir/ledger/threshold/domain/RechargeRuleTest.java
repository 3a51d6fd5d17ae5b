package dev.weir.ledger.threshold.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.ledger.threshold.domain.RechargeRule.History;
import dev.weir.ledger.threshold.domain.RechargeRule.Purchase;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RechargeRuleTest {
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

    private static RechargeRule rule(@Nullable Long target, @Nullable Long amount, @Nullable String cap) {
        return new RechargeRule(
                2, 1_000, target, amount, new BigDecimal("0.015"), "USD", cap == null ? null : new BigDecimal(cap));
    }

    private static History spent(String spent) {
        return new History(false, 0, null, new BigDecimal(spent));
    }

    @ParameterizedTest
    @CsvSource({"1001, 0", "1000, 9000", "999, 9001", "0, 10000"})
    void buysUpToItsTargetAtOrBelowItsThreshold(long available, long bought) {
        long quantity = rule(10_000L, null, null)
                .decide(available, History.NONE, NOW)
                .map(Purchase::quantity)
                .orElse(0L);

        assertThat(quantity).isEqualTo(bought);
    }

    @Test
    void buysItsAmountForThePriceHalfUp() {
        Purchase purchase =
                rule(null, 4_300L, null).decide(5, History.NONE, NOW).orElseThrow();

        assertThat(purchase).isEqualTo(new Purchase(4_300, new BigDecimal("0.65"), 1));
    }

    @Test
    void buysNothingWhileARequestIsOpen() {
        assertThat(rule(null, 500L, null).decide(0, new History(true, 0, null, BigDecimal.ZERO), NOW))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"9.92, true", "9.93, false"})
    void staysWithinItsMonthlyCap(String spent, boolean buys) {
        assertThat(rule(null, 500L, "10.00").decide(0, spent(spent), NOW).isPresent())
                .isEqualTo(buys);
    }

    @Test
    void triesAgainWhenTheTimeHasCome() {
        History failed = new History(false, 2, NOW, BigDecimal.ZERO);

        assertThat(rule(null, 500L, null).decide(0, failed, NOW.minusMillis(1))).isEmpty();
        assertThat(rule(null, 500L, null).decide(0, failed, NOW).orElseThrow().attempt())
                .isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource({"1, PT5M", "2, PT10M", "3, PT20M", "9, PT21H20M", "10, PT24H", "1000, PT24H"})
    void waitsLongerAfterEachFailure(int failures, Duration wait) {
        assertThat(RechargeRule.backoff(failures)).isEqualTo(wait);
    }
}
