package dev.weir.catalog.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.catalog.contract.UnitTransform.Operation;
import dev.weir.catalog.contract.UnitTransform.Rounding;
import java.math.BigDecimal;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PriceRatingTest {

    private static final Prices DOCUMENTED = Prices.of(PriceModel.GRADUATED)
            .tier("5", "10", null)
            .tier(null, "8", "1")
            .with("minimumSpend", "20");

    static Stream<Arguments> cases() {
        return Stream.of(
                Arguments.of("flat, whatever the quantity", flat("49.00"), "0", "49.00"),
                Arguments.of("per unit rounds once, half up", perUnit("0.005"), "1", "0.01"),
                Arguments.of("per unit, below half", perUnit("0.0049"), "1", "0.00"),
                Arguments.of("a yen has no decimals", perUnit("0.5").currency("JPY"), "3", "2"),
                Arguments.of("a dinar has three", perUnit("0.0005").currency("KWD"), "1", "0.001"),
                Arguments.of("roundTo asks otherwise", perUnit("0.0005").roundTo(4), "1", "0.0005"),
                Arguments.of("a partial package counts whole", pack(), "10.000001", "30.00"),
                Arguments.of("a full package", pack(), "10", "15.00"),
                Arguments.of("no package at 0", pack(), "0", "0.00"),
                Arguments.of("graduated, upTo inclusive", DOCUMENTED, "5", "50.00"),
                Arguments.of("graduated, a fraction above is in the next tier", DOCUMENTED, "5.5", "55.00"),
                Arguments.of("graduated, documented", DOCUMENTED, "7", "67.00"),
                Arguments.of("minimum spend", DOCUMENTED, "1", "20.00"),
                Arguments.of(
                        "graduated, first tier's flat price even at 0", flatTiers(PriceModel.GRADUATED), "0", "2.00"),
                Arguments.of(
                        "graduated, second flat price only once reached",
                        flatTiers(PriceModel.GRADUATED),
                        "10",
                        "12.00"),
                Arguments.of("graduated, second flat price reached", flatTiers(PriceModel.GRADUATED), "10.1", "15.05"),
                Arguments.of("volume prices all of it", flatTiers(PriceModel.VOLUME), "20", "13.00"),
                Arguments.of("volume, 0 is in the first tier", flatTiers(PriceModel.VOLUME), "0", "2.00"),
                Arguments.of("volume, upTo inclusive", flatTiers(PriceModel.VOLUME), "10", "12.00"),
                Arguments.of("stairstep, the flat price only", flatTiers(PriceModel.STAIRSTEP), "20", "3.00"),
                Arguments.of(
                        "transform up", perUnit("1").transform(Operation.DIVIDE, "1000", Rounding.UP), "1001", "2.00"),
                Arguments.of(
                        "transform down",
                        perUnit("1").transform(Operation.DIVIDE, "1000", Rounding.DOWN),
                        "1999",
                        "1.00"),
                Arguments.of(
                        "transform half up",
                        perUnit("1").transform(Operation.DIVIDE, "1000", Rounding.HALF_UP),
                        "1500",
                        "2.00"),
                Arguments.of(
                        "transform without rounding",
                        perUnit("1").transform(Operation.DIVIDE, "3", Rounding.NONE),
                        "1",
                        "0.33"),
                Arguments.of(
                        "transform multiplies",
                        perUnit("1").transform(Operation.MULTIPLY, "1.5", Rounding.UP),
                        "3",
                        "5.00"),
                Arguments.of(
                        "free quantity comes after the transform",
                        perUnit("1")
                                .transform(Operation.DIVIDE, "10", Rounding.UP)
                                .with("freeQuantity", "2"),
                        "31",
                        "2.00"),
                Arguments.of(
                        "percent off before the minimum",
                        perUnit("1").with("percentOff", "50").with("minimumSpend", "8"),
                        "10",
                        "8.00"),
                Arguments.of("maximum spend", perUnit("1").with("maximumSpend", "7.5"), "10", "7.50"),
                Arguments.of("percent of the quantity itself", percentage(), "100", "3.20"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void pricesTheQuantity(String rule, Prices price, String quantity, String expected) {
        RatedPrice rated = PriceRating.rate(price.build(), new BigDecimal(quantity), null, 1);

        assertThat(rated.amount().toPlainString()).as(rule).isEqualTo(expected);
    }

    @Test
    void showsALineForEachTierAndForTheMaximum() {
        Price price = DOCUMENTED.build();

        RatedPrice rated = PriceRating.rate(price, new BigDecimal("7"), null, 0);

        assertThat(rated.lines()).containsExactly(tierLine(1, "5", "10", "0", "50"), tierLine(2, "2", "8", "1", "17"));
    }

    @Test
    void addsTheCommitmentAsALine() {
        RatedPrice rated =
                PriceRating.rate(perUnit("1").with("maximumSpend", "7").build(), BigDecimal.TEN, null, 0);

        assertThat(rated.lines()).last().satisfies(line -> {
            assertThat(line.kind()).isEqualTo(PriceLineKind.MAXIMUM);
            assertThat(line.amount()).isEqualByComparingTo("-3");
        });
    }

    @Test
    void takesThePercentageOfTheAmountGivenAndFeesByEvent() {
        RatedPrice rated = PriceRating.rate(percentage().build(), BigDecimal.ZERO, new BigDecimal("1000"), 3);

        assertThat(rated.amount()).isEqualByComparingTo("29.90");
    }

    @Test
    void freeUnitsThatCoverAllAreFreeOfFeesToo() {
        Price price = percentage()
                .with("freeUnits", "100")
                .with("minimumPerEvent", "1")
                .build();

        RatedPrice rated = PriceRating.rate(price, new BigDecimal("100"), null, 2);

        assertThat(rated.amount()).isEqualByComparingTo("0");
    }

    @Test
    void refusesANegativeQuantity() {
        Price price = perUnit("1").build();

        assertThatThrownBy(() -> PriceRating.rate(price, new BigDecimal("-1"), null, 0))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theLinesAddUpToTheAmountWhateverTheQuantity() {
        Price price = flatTiers(PriceModel.GRADUATED)
                .with("percentOff", "7")
                .with("maximumSpend", "60")
                .build();

        for (int quantity = 0; quantity < 40; quantity++) {
            RatedPrice rated = PriceRating.rate(price, BigDecimal.valueOf(quantity), null, 0);
            BigDecimal sum = rated.lines().stream().map(PriceLine::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
            assertThat(rated.amount()).isEqualByComparingTo(sum.setScale(2, java.math.RoundingMode.HALF_UP));
        }
    }

    private static PriceLine tierLine(int tier, String quantity, String unitPrice, String flatPrice, String amount) {
        return new PriceLine(
                PriceLineKind.TIER,
                tier,
                new BigDecimal(quantity),
                new BigDecimal(unitPrice),
                new BigDecimal(flatPrice),
                new BigDecimal(amount));
    }

    private static Prices flat(String amount) {
        return Prices.of(PriceModel.FLAT).with("amount", amount);
    }

    private static Prices perUnit(String unitPrice) {
        return Prices.of(PriceModel.PER_UNIT).with("unitPrice", unitPrice);
    }

    private static Prices pack() {
        return Prices.of(PriceModel.PACKAGE).with("packageSize", "10").with("packagePrice", "15");
    }

    private static Prices flatTiers(PriceModel model) {
        return Prices.of(model).tier("10", "1", "2").tier(null, "0.5", "3");
    }

    private static Prices percentage() {
        return Prices.of(PriceModel.PERCENTAGE).with("percent", "2.9").with("fixedFee", "0.30");
    }
}
