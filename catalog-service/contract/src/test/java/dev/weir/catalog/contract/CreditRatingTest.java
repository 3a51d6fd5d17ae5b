package dev.weir.catalog.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CreditRatingTest {

    private static final List<RateRule> TABLE =
            List.of(rule(Map.of("model", "large"), "0.003", "0.015"), rule(Map.of("model", "*"), "0.0005", "0.0015"));

    @Test
    void takesTheFirstRuleThatMatches() {
        CreditCost cost = cost("large", 1000, 100);

        assertThat(cost).isEqualTo(new CreditCost.Priced(4_500_000));
    }

    @Test
    void aStarMatchesAnyPresentValue() {
        CreditCost cost = cost("tiny", 1000, 100);

        assertThat(cost).isEqualTo(new CreditCost.Priced(650_000));
    }

    @Test
    void isUnpricedWhereNoRuleMatches() {
        CreditCost cost = CreditRating.cost(TABLE, Map.of("inputTokens", "5"), 6);

        assertThat(cost).isInstanceOf(CreditCost.Unpriced.class);
    }

    @Test
    void anEmptyMatchMatchesEverything() {
        CreditCost cost = CreditRating.cost(List.of(rule(Map.of(), "1", "1")), Map.of("inputTokens", "5"), 6);

        assertThat(cost).isEqualTo(new CreditCost.Priced(5_000_000));
    }

    @Test
    void comparesNumbersByValue() {
        List<RateRule> rules = List.of(rule(Map.of("tier", "2"), "1", "1"));

        CreditCost cost = CreditRating.cost(rules, Map.of("tier", "2.0", "inputTokens", "1"), 6);

        assertThat(cost).isEqualTo(new CreditCost.Priced(1_000_000));
    }

    @Test
    void refusesANegativeQuantity() {
        CreditCost cost = cost("large", -1, 0);

        assertThat(cost).isInstanceOf(CreditCost.Invalid.class);
    }

    @Test
    void integerQuantitiesCostTheSameHoweverTheyAreSplit() {
        long seed = System.nanoTime();
        System.out.println("seed of CreditRatingTest: " + seed);
        Random random = new Random(seed);
        for (int round = 0; round < 2_000; round++) {
            BigDecimal input = BigDecimal.valueOf(random.nextInt(1_000_000), 6);
            BigDecimal output = BigDecimal.valueOf(random.nextInt(1_000_000), 6);
            List<RateRule> rules =
                    List.of(new RateRule(Map.of(), Map.of("inputTokens", input, "outputTokens", output)));
            int first = random.nextInt(100_000);
            int second = random.nextInt(100_000);
            int third = random.nextInt(100_000);

            long split = priced(rules, first, third) + priced(rules, second, 0);

            assertThat(split).as("seed %s round %s", seed, round).isEqualTo(priced(rules, first + second, third));
        }
    }

    private static long priced(List<RateRule> rules, int input, int output) {
        CreditCost cost = CreditRating.cost(
                rules, Map.of("inputTokens", String.valueOf(input), "outputTokens", String.valueOf(output)), 6);
        return ((CreditCost.Priced) cost).atoms();
    }

    private static CreditCost cost(String model, int input, int output) {
        return CreditRating.cost(
                TABLE,
                Map.of("model", model, "inputTokens", String.valueOf(input), "outputTokens", String.valueOf(output)),
                6);
    }

    private static RateRule rule(Map<String, String> match, String input, String output) {
        return new RateRule(
                match, Map.of("inputTokens", new BigDecimal(input), "outputTokens", new BigDecimal(output)));
    }
}
