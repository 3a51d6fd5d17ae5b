package dev.weir.gateway.engine;

import static dev.weir.catalog.contract.OnLimit.HARD;
import static dev.weir.gateway.engine.Sample.NOW;
import static dev.weir.gateway.engine.Sample.RESET;
import static dev.weir.gateway.engine.Sample.START;
import static dev.weir.gateway.engine.Sample.sample;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class CustomerViewTest {

    @Test
    void walletsMustBeReadAgainWhenTheLedgerWouldOpenTheNextGrant() {
        CustomerView view =
                sample().credit(HARD).monthlyCredits("1000").completeAsOf(NOW).view();

        assertThat(view.creditDue(RESET.minusMillis(1))).isFalse();
        assertThat(view.creditDue(RESET.plusMillis(1))).isTrue();
    }

    @Test
    void withoutRecurringCreditNothingIsEverDue() {
        CustomerView view = sample().credit(HARD).completeAsOf(NOW).view();

        assertThat(view.creditDue(NOW.plus(Duration.ofDays(500)))).isFalse();
    }

    @Test
    void aGrantThatBeganSinceTheWalletsWereReadIsDue() {
        CustomerView view = sample().credit(HARD)
                .monthlyCredits("1000")
                .completeAsOf(START.minusSeconds(1))
                .view();

        assertThat(view.creditDue(NOW)).isTrue();
    }
}
