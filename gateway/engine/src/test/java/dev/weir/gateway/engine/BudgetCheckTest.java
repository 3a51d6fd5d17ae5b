package dev.weir.gateway.engine;

import static dev.weir.gateway.engine.Sample.sample;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.catalog.contract.OnLimit;
import dev.weir.catalog.contract.Price;
import dev.weir.catalog.contract.PriceModel;
import dev.weir.ledger.contract.BudgetCharge;
import dev.weir.ledger.contract.BudgetState;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a check says of a budget that the ledger has told of. */
class BudgetCheckTest {

    private static CustomerView view(
            boolean soft, boolean overageOnly, @Nullable String limit, long charged, long held) {
        Price price = new Price(
                PriceModel.PER_UNIT,
                "USD",
                null,
                new BigDecimal("2"),
                null,
                null,
                List.of(),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
        BudgetCharge charge =
                new BudgetCharge("pro@3/calls", "plan-hash", "api-calls", overageOnly, price, 0, charged, held);
        return sample().limit("api-calls", limit, OnLimit.SOFT)
                .view()
                .withBudgets(List.of(new BudgetState(
                        new UUID(0, 1),
                        Sample.CUSTOMER,
                        Sample.SUBSCRIPTION,
                        "pro",
                        Sample.START,
                        Sample.RESET,
                        new BigDecimal("20"),
                        "USD",
                        soft,
                        List.of(charge),
                        null,
                        1)));
    }

    private static Decision check(CustomerView view, String quantity) {
        return Check.decide(
                view,
                new CheckRequest(Sample.CUSTOMER, "api-calls", new BigDecimal(quantity), Map.of(), null, null),
                Sample.START.plusSeconds(60));
    }

    @Test
    void refusesOverageThatTheBudgetHasNoMoneyFor() {
        CustomerView view = view(false, true, "5", 6, 2);
        assertThat(check(view, "7").allowed()).as("5 included, 2 at 2 USD: 20").isTrue();
        Decision refused = check(view, "8");
        assertThat(refused.allowed()).isFalse();
        assertThat(refused.reason()).isEqualTo(DenialReason.LIMIT_REACHED);
        BudgetView budget = Objects.requireNonNull(refused.budget());
        assertThat(budget.charged()).isEqualByComparingTo("12");
        assertThat(budget.held()).isEqualByComparingTo("4");
        assertThat(budget.shortBy()).isEqualByComparingTo("2");
        assertThat(budget.room()).isEqualByComparingTo("2");
        assertThat(refused.resetAt()).isEqualTo(Sample.RESET);
    }

    @Test
    void refusesPayAsYouGoToo() {
        CustomerView view = view(false, false, null, 6, 2);
        assertThat(check(view, "2").allowed()).isTrue();
        assertThat(check(view, "3").reason()).isEqualTo(DenialReason.LIMIT_REACHED);
    }

    @Test
    void aSoftBudgetRefusesNothingAndAnOlderStateChangesNothing() {
        assertThat(check(view(true, true, "5", 60, 2), "8").allowed()).isTrue();
        CustomerView view = view(false, true, "5", 6, 2);
        assertThat(view.withBudgets(view.budgets())).isSameAs(view);
    }
}
