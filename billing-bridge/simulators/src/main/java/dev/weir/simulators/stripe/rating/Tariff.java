package dev.weir.simulators.stripe.rating;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a quantity costs, in the currency's minor unit. Exact in between, rounded once at the end, half up (away from zero).
 * This is the simulator's own rating; it must not share a line with the bridge's.
 */
public sealed interface Tariff {

    /** The exact amount in minor units, unrounded. */
    BigDecimal exact(BigDecimal quantity);

    /** The amount of a line in whole minor units. */
    default long amount(BigDecimal quantity) {
        return exact(quantity).setScale(0, RoundingMode.HALF_UP).longValueExact();
    }

    /**
     * A constant price for a unit.
     *
     * @param unit minor units for one unit (or one package)
     * @param divideBy size of a package; 1 for none
     * @param roundUp whether an opened package is paid whole
     */
    record PerUnit(BigDecimal unit, BigDecimal divideBy, boolean roundUp) implements Tariff {
        @Override
        public BigDecimal exact(BigDecimal quantity) {
            if (divideBy.compareTo(BigDecimal.ONE) == 0) {
                return quantity.multiply(unit);
            }
            RoundingMode mode = roundUp ? RoundingMode.CEILING : RoundingMode.FLOOR;
            return quantity.divide(divideBy, 0, mode).multiply(unit);
        }
    }

    /**
     * A range of quantities, above the tier before it and up to its own end.
     *
     * @param upTo inclusive end; null for the last tier, which has none
     * @param unit minor units for one unit
     * @param flat minor units for entering the tier
     */
    record Tier(@Nullable BigDecimal upTo, BigDecimal unit, BigDecimal flat) {
        boolean holds(BigDecimal quantity) {
            return upTo == null || quantity.compareTo(upTo) <= 0;
        }
    }

    /** Each part of the quantity at the price of the tier it falls in. The first tier's flat amount is due even at zero. */
    record Graduated(List<Tier> tiers) implements Tariff {
        public Graduated {
            tiers = List.copyOf(tiers);
        }

        @Override
        public BigDecimal exact(BigDecimal quantity) {
            BigDecimal sum = BigDecimal.ZERO;
            BigDecimal below = BigDecimal.ZERO;
            for (Tier tier : tiers) {
                BigDecimal end = tier.upTo() == null ? quantity : quantity.min(tier.upTo());
                sum = sum.add(end.subtract(below).multiply(tier.unit())).add(tier.flat());
                below = end;
                if (tier.holds(quantity)) {
                    return sum;
                }
            }
            throw new IllegalStateException("the last tier has no end");
        }
    }

    /** The whole quantity at the price of the tier in which it ends. */
    record Volume(List<Tier> tiers) implements Tariff {
        public Volume {
            tiers = List.copyOf(tiers);
        }

        @Override
        public BigDecimal exact(BigDecimal quantity) {
            for (Tier tier : tiers) {
                if (tier.holds(quantity)) {
                    return quantity.multiply(tier.unit()).add(tier.flat());
                }
            }
            throw new IllegalStateException("the last tier has no end");
        }
    }

    /** Reads the tariff of a price document. */
    static Tariff of(JsonNode price) {
        if ("tiered".equals(price.path("billing_scheme").asText())) {
            List<Tier> tiers = new ArrayList<>();
            for (JsonNode tier : price.path("tiers")) {
                tiers.add(new Tier(
                        tier.path("up_to").isNull()
                                ? null
                                : new BigDecimal(tier.path("up_to").asText()),
                        amount(tier, "unit_amount_decimal"),
                        amount(tier, "flat_amount_decimal")));
            }
            return "volume".equals(price.path("tiers_mode").asText()) ? new Volume(tiers) : new Graduated(tiers);
        }
        JsonNode pack = price.path("transform_quantity");
        return new PerUnit(
                amount(price, "unit_amount_decimal"),
                pack.isObject() ? BigDecimal.valueOf(pack.path("divide_by").asLong()) : BigDecimal.ONE,
                "up".equals(pack.path("round").asText()));
    }

    private static BigDecimal amount(JsonNode node, String field) {
        JsonNode value = node.path(field);
        return value.isNull() || value.isMissingNode() ? BigDecimal.ZERO : new BigDecimal(value.asText());
    }
}
