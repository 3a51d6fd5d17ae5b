package dev.weir.catalog.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.platform.kernel.Json;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Inputs and expected outputs of other systems, where our rules are theirs; a difference stands beside its case. */
class RatingVectorsTest {

    static Stream<Arguments> lago() throws IOException {
        return cases("rating_lago.json");
    }

    static Stream<Arguments> openMeter() throws IOException {
        return cases("late_usage_delta_openmeter.json");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("lago")
    void ratesLikeLago(String id, JsonNode vector) {
        BigDecimal amount = vector.at("/ours/series").asBoolean() ? eventByEvent(vector) : wholePeriod(vector);

        JsonNode ours = vector.at("/ours/amount");
        String expected = ours.isMissingNode() ? vector.at("/expected/amount").asText() : ours.asText();
        assertThat(amount).as(id).isEqualByComparingTo(expected);
    }

    @Test
    void everyCaseOfTheSourceIsRunOrLeftOutForAReason() throws IOException {
        JsonNode root = file("rating_lago.json");

        assertThat(root.get("cases")).hasSize(40);
        assertThat(root.get("left_out"))
                .allSatisfy(group -> assertThat(group.path("why").asText()).isNotBlank());
        assertThat(root.get("left_out").findValues("ids").stream()
                        .mapToInt(JsonNode::size)
                        .sum())
                .isEqualTo(63 - 40);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("openMeter")
    void booksTheDifferenceLikeOpenMeter(String id, JsonNode vector) {
        List<BigDecimal> booked = new ArrayList<>();
        BigDecimal total = BigDecimal.ZERO;
        for (JsonNode run : vector.get("runs")) {
            Price price =
                    openMeterPrice(vector, run.get("is_final_run_of_period").asBoolean());
            BigDecimal now = PriceRating.rate(price, decimal(run.get("cumulative_quantity")), null, 0)
                    .amount();
            booked.add(now.subtract(total));
            total = now;
        }

        for (int index = 0; index < booked.size(); index++) {
            String expected =
                    vector.at("/runs/" + index + "/expected_delta/total").asText();
            assertThat(booked.get(index)).as(id + " run " + index).isEqualByComparingTo(expected);
        }
    }

    private static BigDecimal wholePeriod(JsonNode vector) {
        long events = vector.at("/input/events").asLong();
        JsonNode ours = vector.at("/ours/units");
        JsonNode units = ours.isMissingNode() ? vector.at("/input/units") : ours;
        return PriceRating.rate(lagoPrice(vector.get("price")).build(), decimal(units), null, events)
                .amount();
    }

    private static BigDecimal eventByEvent(JsonNode vector) {
        BigDecimal free = decimal(vector.at("/price/free_units"));
        BigDecimal sum = BigDecimal.ZERO;
        for (JsonNode event : vector.at("/input/event_amounts")) {
            BigDecimal amount = decimal(event);
            Price price = lagoPrice(vector.get("price"))
                    .with("freeUnits", free.toPlainString())
                    .build();
            sum = sum.add(PriceRating.rate(price, BigDecimal.ZERO, amount, 1).amount());
            free = free.subtract(amount).max(BigDecimal.ZERO);
        }
        return sum;
    }

    private static Prices lagoPrice(JsonNode price) {
        // The source does not round here, we round once at the end: ten decimals show the same.
        return switch (price.get("model").asText()) {
            case "graduated" ->
                lagoTiers(Prices.of(PriceModel.GRADUATED), price).roundTo(10);
            case "graduated_percentage" -> lagoRates(price).roundTo(10);
            case "volume" -> lagoTiers(Prices.of(PriceModel.VOLUME), price).roundTo(10);
            case "package" ->
                Prices.of(PriceModel.PACKAGE)
                        .with("packageSize", text(price, "package_size"))
                        .with("packagePrice", text(price, "amount"))
                        .with("freeQuantity", text(price, "free_units"))
                        .roundTo(10);
            case "standard" ->
                Prices.of(PriceModel.PER_UNIT)
                        .with("unitPrice", text(price, "unit"))
                        .roundTo(10);
            case "percentage" ->
                Prices.of(PriceModel.PERCENTAGE)
                        .with("percent", text(price, "rate_percent"))
                        .with("fixedFee", text(price, "fixed_per_event"))
                        .with("freeUnits", text(price, "free_units"))
                        .with("minimumPerEvent", text(price, "min_per_event"))
                        .with("maximumPerEvent", text(price, "max_per_event"))
                        .roundTo(10);
            default -> throw new IllegalStateException("a model that was to be left out: " + price);
        };
    }

    private static Prices lagoTiers(Prices prices, JsonNode price) {
        price.get("ranges").forEach(range -> prices.tier(text(range, "to"), text(range, "unit"), text(range, "flat")));
        return prices;
    }

    private static Prices lagoRates(JsonNode price) {
        Prices prices = Prices.of(PriceModel.GRADUATED);
        price.get("ranges").forEach(range -> {
            BigDecimal unitPrice = decimal(range.get("rate_percent")).movePointLeft(2);
            prices.tier(text(range, "to"), unitPrice.toPlainString(), text(range, "flat"));
        });
        return prices;
    }

    private static Price openMeterPrice(JsonNode vector, boolean finalRun) {
        JsonNode price = vector.get("price");
        Prices prices = switch (price.get("model").asText()) {
            // "dynamic" prices a metered amount of money times a factor: our PER_UNIT of that amount.
            case "dynamic" -> Prices.of(PriceModel.PER_UNIT).with("unitPrice", text(price, "multiplier"));
            case "unit" -> Prices.of(PriceModel.PER_UNIT).with("unitPrice", text(price, "unit"));
            case "package" ->
                Prices.of(PriceModel.PACKAGE)
                        .with("packageSize", text(price, "quantity_per_package"))
                        .with("packagePrice", text(price, "amount"));
            case "graduated" -> openMeterTiers(Prices.of(PriceModel.GRADUATED), price);
            case "volume" -> openMeterTiers(Prices.of(PriceModel.VOLUME), price);
            default -> throw new IllegalStateException("unknown model: " + price);
        };
        prices.with("freeQuantity", text(vector, "usage_discount_quantity"));
        prices.with("maximumSpend", text(price, "maximum_amount"));
        // A minimum is due only at the period's end: the caller rates an open period without it.
        prices.with("minimumSpend", finalRun ? text(price, "minimum_amount") : null);
        return prices.build();
    }

    private static Prices openMeterTiers(Prices prices, JsonNode price) {
        price.get("tiers").forEach(tier -> prices.tier(text(tier, "up_to"), text(tier, "unit"), text(tier, "flat")));
        return prices;
    }

    private static @Nullable String text(JsonNode node, String member) {
        JsonNode value = node.get(member);
        return value == null || value.isNull() ? null : value.asText();
    }

    private static BigDecimal decimal(JsonNode node) {
        return new BigDecimal(node.asText());
    }

    private static Stream<Arguments> cases(String name) throws IOException {
        return file(name)
                .get("cases")
                .valueStream()
                .map(vector -> Arguments.of(vector.get("id").asText(), vector));
    }

    private static JsonNode file(String name) throws IOException {
        try (InputStream in = RatingVectorsTest.class.getResourceAsStream("/vectors/" + name)) {
            return Json.mapper().readTree(Objects.requireNonNull(in, name));
        }
    }
}
