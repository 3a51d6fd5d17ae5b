package dev.weir.ledger.posting.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.catalog.contract.AppliesTo;
import dev.weir.catalog.contract.Charge;
import dev.weir.catalog.contract.OnLimit;
import dev.weir.catalog.contract.PlanVersion;
import dev.weir.catalog.contract.PriceRating;
import dev.weir.ledger.Catalogue;
import dev.weir.platform.testkit.Seeds;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A cap on what a period may cost, over several features and tiers. */
class BudgetDecisionsTest {
    private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
    private static final Charge CALLS =
            Catalogue.charge("api-calls", AppliesTo.OVERAGE, Catalogue.tier("10", "2"), Catalogue.tier(null, "1"));
    private static final Charge IMAGES = Catalogue.charge("images", AppliesTo.OVERAGE, Catalogue.tier(null, "3"));

    private final LedgerWorld world = new LedgerWorld(START.plus(1, ChronoUnit.HOURS));

    private static PlanVersion plan(String budget, OnLimit onLimit) {
        return Catalogue.budgeted(
                "budgeted",
                budget,
                onLimit,
                List.of(CALLS, IMAGES),
                Catalogue.limit("api-calls", "5", "P1M", OnLimit.SOFT),
                Catalogue.limit("images", "0", "P1M", OnLimit.SOFT));
    }

    private void on(PlanVersion plan) {
        world.apply(Catalogue.customer("acme", 1, START, List.of(), Catalogue.phase(START, null, plan)), plan);
    }

    @Test
    void refusesWhatWouldBringTheMoneyOverTheBudgetExactlyWithTiers() {
        on(plan("25", OnLimit.HARD));
        Hold calls = world.held("api-calls", "20"); // 5 included, 10 at 2, 5 at 1: 25

        Denial denied = ((Outcome.Denied) world.reserve("api-calls", "1")).denial();
        assertThat(denied.reason()).isEqualTo(Denial.Reason.LIMIT_REACHED);
        Denial.Money money = Objects.requireNonNull(denied.budget());
        assertThat(money.amount()).isEqualByComparingTo("25");
        assertThat(money.shortBy()).isEqualByComparingTo("1");
        assertThat(money.room()).isZero();
        assertThat(world.reserve("images", "1")).isInstanceOf(Outcome.Denied.class);

        world.settle(calls, "17"); // 10 at 2, 2 at 1: 22
        assertThat(world.reserve("images", "2")).isInstanceOf(Outcome.Denied.class);
        assertThat(world.reserve("images", "1")).isInstanceOf(Outcome.Reserved.class);
        assertThat(world.reserve("api-calls", "1")).isInstanceOf(Outcome.Denied.class);
    }

    @Test
    void theIncludedPartCostsNothingAndANewPeriodHasItsMoneyAnew() {
        on(plan("0", OnLimit.HARD));
        world.settle(world.held("api-calls", "5"), "5");
        assertThat(world.reserve("api-calls", "1")).isInstanceOf(Outcome.Denied.class);

        world.now = Instant.parse("2026-04-01T00:00:00Z");
        assertThat(world.reserve("api-calls", "5")).isInstanceOf(Outcome.Reserved.class);
    }

    @Test
    void whatIsReportedBeyondTheBudgetIsTheVendorsLoss() {
        on(plan("21", OnLimit.HARD));
        Instant hour = world.now.truncatedTo(ChronoUnit.HOURS);
        world.total("api-calls", hour, 1, 100, world.now);

        assertThat(world.booked(booking -> booking.overage())).isEqualTo(11);
        assertThat(world.booked(booking -> booking.overrun())).isEqualTo(84);
        assertThat(world.reserve("images", "1")).isInstanceOf(Outcome.Denied.class);

        world.total("api-calls", hour, 2, 13, world.now);
        assertThat(world.reserve("images", "2")).as("16 for 8 calls, 5 left").isInstanceOf(Outcome.Denied.class);
        assertThat(world.reserve("images", "1")).isInstanceOf(Outcome.Reserved.class);
    }

    @Test
    void overageThatARaiseAbsorbsCostsNothingAnyMore() {
        PlanVersion small = plan("25", OnLimit.HARD);
        on(small);
        world.settle(world.held("api-calls", "15"), "15"); // 5 included, 10 at 2: 20
        assertThat(world.reserve("images", "2")).isInstanceOf(Outcome.Denied.class);

        world.pass(Duration.ofHours(1));
        PlanVersion large = Catalogue.budgeted(
                "large",
                "25",
                OnLimit.HARD,
                List.of(CALLS, IMAGES),
                Catalogue.limit("api-calls", "100", "P1M", OnLimit.SOFT),
                Catalogue.limit("images", "0", "P1M", OnLimit.SOFT));
        world.apply(
                Catalogue.customer(
                        "acme",
                        2,
                        START,
                        List.of(),
                        Catalogue.phase(START, world.now, small),
                        Catalogue.phase(world.now, null, large)),
                small,
                large);
        world.settle(world.held("api-calls", "1"), "1");

        assertThat(world.booked(booking -> booking.overage())).isZero();
        assertThat(world.state.budgets())
                .allSatisfy(budget -> assertThat(budget.charged()).isZero());
        assertThat(world.reserve("images", "8")).isInstanceOf(Outcome.Reserved.class);
    }

    @Test
    void aSoftBudgetLetsPassAndTellsOnce() {
        on(plan("5", OnLimit.SOFT));
        world.settle(world.held("images", "1"), "1");
        assertThat(world.state.exceeded()).isEmpty();

        world.settle(world.held("images", "1"), "1");
        world.settle(world.held("images", "4"), "4");

        assertThat(world.state.exceeded()).hasSize(1);
        assertThat(world.state.exceeded().getFirst().money()).isEqualByComparingTo("6");
    }

    @Test
    void payAsYouGoOnAnUnlimitedFeatureCounts() {
        Charge every = Catalogue.charge("storage", AppliesTo.ALL, Catalogue.tier(null, "0.5"));
        on(Catalogue.budgeted(
                "paygo", "2", OnLimit.HARD, List.of(every), Catalogue.limit("storage", null, null, OnLimit.HARD)));
        Hold held = world.held("storage", "4");
        assertThat(world.reserve("storage", "0.02")).isInstanceOf(Outcome.Denied.class);
        world.settle(held, "3");
        assertThat(world.reserve("storage", "1.002")).isInstanceOf(Outcome.Reserved.class);
        assertThat(world.reserve("storage", "0.02")).isInstanceOf(Outcome.Denied.class);
    }

    @Test
    void noProgramOfHoldsSettlesAndReportsEverCostsMoreThanTheBudget() {
        Seeds.check(60, BudgetDecisionsTest::program);
    }

    private static void program(Random random) {
        BudgetDecisionsTest test = new BudgetDecisionsTest();
        LedgerWorld world = test.world;
        test.on(plan("40", OnLimit.HARD));
        List<Hold> holds = new ArrayList<>();
        long reported = 0;
        Instant hour = world.now.truncatedTo(ChronoUnit.HOURS);
        for (int step = 0; step < 60; step++) {
            world.pass(Duration.ofSeconds(1));
            String feature = random.nextBoolean() ? "api-calls" : "images";
            switch (random.nextInt(5)) {
                case 0, 1 -> {
                    if (world.reserve(feature, Integer.toString(1 + random.nextInt(9)))
                            instanceof Outcome.Reserved reserved) {
                        holds.add(reserved.hold());
                    }
                }
                case 2, 3 -> {
                    if (!holds.isEmpty()) {
                        Hold hold = holds.remove(random.nextInt(holds.size()));
                        if (random.nextInt(4) == 0) {
                            world.release(hold);
                        } else {
                            world.settle(hold, Integer.toString(random.nextInt(12)));
                        }
                    }
                }
                default -> {
                    reported = Math.max(0, reported + random.nextInt(9) - 3);
                    world.total("api-calls", hour, step + 1, reported, world.now);
                }
            }
            assertThat(cost(world, "api-calls", CALLS).add(cost(world, "images", IMAGES)))
                    .isLessThanOrEqualTo(new BigDecimal("40"));
        }
        holds.forEach(hold -> world.settle(hold, Long.toString(hold.quantity())));
        assertThat(cost(world, "api-calls", CALLS).add(cost(world, "images", IMAGES)))
                .isLessThanOrEqualTo(new BigDecimal("40"));
        BudgetBook budget = world.state.budgets().iterator().next();
        assertThat(budget.charged())
                .isEqualByComparingTo(cost(world, "api-calls", CALLS).add(cost(world, "images", IMAGES)));
        assertThat(budget.state().charges()).allMatch(charge -> charge.held() == 0);
    }

    private static BigDecimal cost(LedgerWorld world, String feature, Charge charge) {
        long overage = world.booked(booking -> booking.feature().equals(feature) ? booking.overage() : 0);
        return PriceRating.rate(charge.price(), BigDecimal.valueOf(overage), null, 0)
                .amount();
    }
}
