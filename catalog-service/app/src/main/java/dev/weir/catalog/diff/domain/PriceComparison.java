package dev.weir.catalog.diff.domain;

import dev.weir.catalog.contract.Price;
import dev.weir.catalog.contract.PriceRating;
import dev.weir.catalog.contract.PriceTier;
import dev.weir.catalog.contract.UnitTransform;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Says which of two prices in the same currency is the lower, by rating both at every quantity where a tier, a package or a
 * free part ends, on both sides of it, and at round quantities of every order: between bends a price is a straight line or a
 * flight of even steps, and a minimum or maximum bends it but once.
 */
final class PriceComparison {

    private static final BigDecimal BESIDE = new BigDecimal("0.000001");
    private static final List<BigDecimal> ROUND = IntStream.rangeClosed(-3, 12)
            .boxed()
            .flatMap(order ->
                    Stream.of(1, 2, 5).map(digit -> BigDecimal.valueOf(digit).scaleByPowerOfTen(order)))
            .toList();

    /** Rounding to a currency's minor unit would hide differences of small prices. */
    private static final int DECIMALS = 12;

    private PriceComparison() {}

    /**
     * What the step from one price to another is for those who pay it.
     *
     * @param generosity MIXED if it depends on the quantity
     * @param lowerFrom the least quantity tried for which the new price is lower; null = none
     * @param higherFrom the least quantity tried for which it is higher; null = none
     */
    record Step(
            Generosity generosity,
            @Nullable BigDecimal lowerFrom,
            @Nullable BigDecimal higherFrom) {

        /** From which quantity on it is lower or higher, where it depends on that; else empty. */
        String words() {
            BigDecimal lower = lowerFrom;
            BigDecimal higher = higherFrom;
            return lower == null || higher == null
                    ? ""
                    : " (lower for " + lower.stripTrailingZeros().toPlainString() + ", higher for "
                            + higher.stripTrailingZeros().toPlainString() + ")";
        }
    }

    static Step compare(Price before, Price after) {
        Generosity generosity = Generosity.NEUTRAL;
        @Nullable BigDecimal lower = null;
        @Nullable BigDecimal higher = null;
        for (BigDecimal quantity : probes(before, after)) {
            int order = amount(before, quantity).compareTo(amount(after, quantity));
            generosity = generosity.and(Generosity.of(order));
            lower = order > 0 && lower == null ? quantity : lower;
            higher = order < 0 && higher == null ? quantity : higher;
        }
        return new Step(generosity, lower, higher);
    }

    private static TreeSet<BigDecimal> probes(Price before, Price after) {
        TreeSet<BigDecimal> probes = new TreeSet<>(ROUND);
        for (Price price : List.of(before, after)) {
            BigDecimal free = price.freeQuantity() == null ? BigDecimal.ZERO : price.freeQuantity();
            Stream.concat(
                            price.tiers().stream().map(PriceTier::upTo),
                            Stream.of(BigDecimal.ZERO, price.packageSize(), price.freeUnits()))
                    .filter(Objects::nonNull)
                    .map(bend -> metered(price, bend.add(free)))
                    .forEach(bend -> {
                        probes.add(bend);
                        probes.add(bend.add(BESIDE));
                        probes.add(bend.add(BigDecimal.ONE));
                    });
        }
        return probes;
    }

    /** The metered quantity that a price turns into the priced one. */
    private static BigDecimal metered(Price price, BigDecimal priced) {
        UnitTransform transform = price.unitTransform();
        if (transform == null) {
            return priced;
        }
        return switch (transform.operation()) {
            case DIVIDE -> priced.multiply(transform.factor());
            case MULTIPLY -> priced.divide(transform.factor(), DECIMALS, RoundingMode.HALF_UP);
        };
    }

    private static BigDecimal amount(Price price, BigDecimal quantity) {
        return PriceRating.rate(finely(price), quantity, null, 1).amount();
    }

    private static Price finely(Price price) {

        return new Price(
                price.model(),
                price.currency(),
                price.amount(),
                price.unitPrice(),
                price.packageSize(),
                price.packagePrice(),
                price.tiers(),
                price.percent(),
                price.fixedFee(),
                price.freeUnits(),
                price.minimumPerEvent(),
                price.maximumPerEvent(),
                price.unitTransform(),
                price.freeQuantity(),
                price.percentOff(),
                price.minimumSpend(),
                price.maximumSpend(),
                DECIMALS);
    }
}
