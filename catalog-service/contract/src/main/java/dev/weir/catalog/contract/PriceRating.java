package dev.weir.catalog.contract;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * From a quantity to money. Pure, so that every service and the simulators' checks agree to the cent.
 *
 * <p>In this order: {@code unitTransform} on the quantity, {@code freeQuantity}, the model, {@code percentOff},
 * {@code minimumSpend}, {@code maximumSpend}; everything at full precision, rounded once at the end, half up, to the
 * currency's minor unit or to {@code roundTo}.
 *
 * <ul>
 *   <li>A tier's {@code upTo} is inclusive; a fraction above it is already in the next tier.
 *   <li>GRADUATED: each tier prices its own part; its {@code flatPrice} is due once its part is reached, the first tier's
 *       even at 0.
 *   <li>VOLUME: the tier that holds the whole quantity prices all of it, plus its {@code flatPrice}; 0 is in the first.
 *   <li>STAIRSTEP: the {@code flatPrice} of the tier that holds the quantity, nothing else.
 *   <li>PACKAGE: a partial package counts whole.
 *   <li>PERCENTAGE: of {@code percentOf} less {@code freeUnits}, plus {@code fixedFee} for each event; that sum is kept
 *       within {@code minimumPerEvent} and {@code maximumPerEvent} times the events. What lies within {@code freeUnits}
 *       as a whole costs nothing, neither fee nor minimum.
 * </ul>
 *
 * <p>Late usage: rate the period's new cumulative quantity and book the difference to what was booked.
 */
public final class PriceRating {

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private PriceRating() {}

    /**
     * The price of a quantity.
     *
     * @param price a valid price: the members that its model needs are there, the tiers ascend and the last is open
     * @param quantity the period's cumulative quantity, not negative
     * @param percentOf the amount that a PERCENTAGE price applies to; null = the quantity itself
     * @param events how many events a PERCENTAGE price's fixed fee and bounds count; not negative
     * @throws IllegalArgumentException if the quantity, amount or number of events is negative, or the price is not valid
     */
    public static RatedPrice rate(Price price, BigDecimal quantity, @Nullable BigDecimal percentOf, long events) {
        if (quantity.signum() < 0 || events < 0 || (percentOf != null && percentOf.signum() < 0)) {
            throw new IllegalArgumentException("quantity, percentOf and events must not be negative");
        }
        BigDecimal priced = less(transformed(price, quantity), price.freeQuantity());
        List<PriceLine> lines = new ArrayList<>(
                switch (price.model()) {
                    case FLAT -> List.of(line(PriceLineKind.FLAT, null, null, needed(price.amount(), "amount")));
                    case PER_UNIT -> List.of(times(PriceLineKind.UNIT, priced, needed(price.unitPrice(), "unitPrice")));
                    case PACKAGE -> List.of(packages(price, priced));
                    case GRADUATED -> graduated(price.tiers(), priced);
                    case VOLUME -> List.of(volume(price.tiers(), priced));
                    case STAIRSTEP -> List.of(stairstep(price.tiers(), priced));
                    case PERCENTAGE -> PercentagePrice.lines(price, percentOf == null ? priced : percentOf, events);
                });
        discount(price, lines);
        commitments(price, lines);
        Integer roundTo = price.roundTo();
        int decimals = roundTo == null ? CurrencyExponent.of(price.currency()) : roundTo;
        return new RatedPrice(sum(lines).setScale(decimals, RoundingMode.HALF_UP), price.currency(), lines);
    }

    private static BigDecimal transformed(Price price, BigDecimal quantity) {
        UnitTransform transform = price.unitTransform();
        return transform == null ? quantity : transform.apply(quantity);
    }

    /** What is left of a value after a free part; never negative. */
    static BigDecimal less(BigDecimal value, @Nullable BigDecimal free) {
        return free == null ? value : value.subtract(free).max(BigDecimal.ZERO);
    }

    private static PriceLine packages(Price price, BigDecimal quantity) {
        BigDecimal count = quantity.divide(needed(price.packageSize(), "packageSize"), 0, RoundingMode.CEILING);
        return times(PriceLineKind.PACKAGE, count, needed(price.packagePrice(), "packagePrice"));
    }

    private static List<PriceLine> graduated(List<PriceTier> tiers, BigDecimal quantity) {
        List<PriceLine> lines = new ArrayList<>();
        BigDecimal from = BigDecimal.ZERO;
        for (int index = 0; index < tiers.size(); index++) {
            PriceTier tier = tiers.get(index);
            if (index > 0 && quantity.compareTo(from) <= 0) {
                break;
            }
            BigDecimal upTo = tier.upTo();
            BigDecimal end = upTo == null ? quantity : quantity.min(upTo);
            lines.add(tier(index, tier, end.subtract(from), orZero(tier.unitPrice())));
            from = end;
        }
        return lines;
    }

    private static PriceLine volume(List<PriceTier> tiers, BigDecimal quantity) {
        int index = tierOf(tiers, quantity);
        return tier(index, tiers.get(index), quantity, orZero(tiers.get(index).unitPrice()));
    }

    private static PriceLine stairstep(List<PriceTier> tiers, BigDecimal quantity) {
        int index = tierOf(tiers, quantity);
        return tier(index, tiers.get(index), quantity, BigDecimal.ZERO);
    }

    private static int tierOf(List<PriceTier> tiers, BigDecimal quantity) {
        for (int index = 0; index < tiers.size(); index++) {
            BigDecimal upTo = tiers.get(index).upTo();
            if (upTo == null || quantity.compareTo(upTo) <= 0) {
                return index;
            }
        }
        throw new IllegalArgumentException("the last tier must be open");
    }

    private static PriceLine tier(int index, PriceTier tier, BigDecimal quantity, BigDecimal unitPrice) {
        BigDecimal flatPrice = orZero(tier.flatPrice());
        return new PriceLine(
                PriceLineKind.TIER,
                index + 1,
                plain(quantity),
                plain(unitPrice),
                plain(flatPrice),
                plain(quantity.multiply(unitPrice).add(flatPrice)));
    }

    private static void discount(Price price, List<PriceLine> lines) {
        BigDecimal percentOff = price.percentOff();
        if (percentOff != null && percentOff.signum() != 0) {
            BigDecimal off = percent(sum(lines), percentOff);
            lines.add(line(PriceLineKind.DISCOUNT, null, percentOff, off.negate()));
        }
    }

    private static void commitments(Price price, List<PriceLine> lines) {
        raise(lines, price.minimumSpend());
        cap(lines, price.maximumSpend());
    }

    /** Adds the MINIMUM line that is missing to reach a least amount. */
    static void raise(List<PriceLine> lines, @Nullable BigDecimal least) {
        BigDecimal sum = sum(lines);
        if (least != null && sum.compareTo(least) < 0) {
            lines.add(line(PriceLineKind.MINIMUM, null, null, least.subtract(sum)));
        }
    }

    /** Adds the (negative) MAXIMUM line that brings the sum down to a greatest amount. */
    static void cap(List<PriceLine> lines, @Nullable BigDecimal most) {
        BigDecimal sum = sum(lines);
        if (most != null && sum.compareTo(most) > 0) {
            lines.add(line(PriceLineKind.MAXIMUM, null, null, most.subtract(sum)));
        }
    }

    static PriceLine times(PriceLineKind kind, BigDecimal quantity, BigDecimal unitPrice) {
        return line(kind, quantity, unitPrice, quantity.multiply(unitPrice));
    }

    static PriceLine line(
            PriceLineKind kind, @Nullable BigDecimal quantity, @Nullable BigDecimal unitPrice, BigDecimal amount) {
        return new PriceLine(
                kind,
                null,
                quantity == null ? null : plain(quantity),
                unitPrice == null ? null : plain(unitPrice),
                null,
                plain(amount));
    }

    static BigDecimal percent(BigDecimal amount, BigDecimal percent) {
        return amount.multiply(percent).divide(HUNDRED); // by 100 always ends
    }

    private static BigDecimal sum(List<PriceLine> lines) {
        return lines.stream().map(PriceLine::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static BigDecimal orZero(@Nullable BigDecimal value) {
        return value == null ? BigDecimal.ZERO : value;
    }

    static BigDecimal needed(@Nullable BigDecimal value, String member) {
        if (value == null) {
            throw new IllegalArgumentException("the price lacks " + member);
        }
        return value;
    }

    private static BigDecimal plain(BigDecimal value) {
        BigDecimal stripped = value.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }
}
