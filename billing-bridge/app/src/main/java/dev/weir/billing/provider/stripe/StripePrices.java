package dev.weir.billing.provider.stripe;

import com.stripe.param.PriceCreateParams;
import com.stripe.param.PriceCreateParams.Recurring;
import dev.weir.billing.provider.domain.ProviderCommand.UpsertPrice;
import dev.weir.catalog.contract.Price;
import dev.weir.catalog.contract.PriceModel;
import dev.weir.catalog.contract.PriceTier;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Period;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Our price models in Stripe's words. What Stripe cannot express is refused, never approximated. */
final class StripePrices {
    /** Decimals that Stripe takes in {@code unit_amount_decimal}. */
    private static final int MAX_DECIMALS = 12;

    private StripePrices() {}

    /** A price that Stripe has no words for. */
    static final class NotExpressible extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NotExpressible(String why) {
            super(why, null, false, false);
        }
    }

    static PriceCreateParams params(UpsertPrice command, String productId, @Nullable String meterId) {
        Price price = command.price();
        refuseWrappers(price);
        PriceCreateParams.Builder params = PriceCreateParams.builder()
                .setCurrency(price.currency().toLowerCase(Locale.ROOT))
                .setProduct(productId)
                .setLookupKey(command.key())
                .setNickname(command.nickname())
                .putMetadata("weir_key", command.key())
                .setRecurring(recurring(command.every(), meterId));
        Amounts amounts = new Amounts(price.currency(), meterId == null ? 0 : command.scale(), kept(price));
        switch (price.model()) {
            case FLAT -> params.setUnitAmountDecimal(amounts.flat(price.amount()));
            case PER_UNIT -> params.setUnitAmountDecimal(amounts.perUnit(price.unitPrice()));
            case PACKAGE ->
                params.setUnitAmountDecimal(amounts.flat(price.packagePrice()))
                        .setTransformQuantity(PriceCreateParams.TransformQuantity.builder()
                                .setDivideBy(amounts.quantity(price.packageSize()))
                                .setRound(PriceCreateParams.TransformQuantity.Round.UP)
                                .build());
            case GRADUATED -> tiered(params, PriceCreateParams.TiersMode.GRADUATED, price, amounts);
            case VOLUME, STAIRSTEP -> tiered(params, PriceCreateParams.TiersMode.VOLUME, price, amounts);
            case PERCENTAGE -> throw new NotExpressible("Stripe has no percentage price for metered usage");
        }
        return params.build();
    }

    /** Whether Stripe has words for it: no percentage, no bounds, nothing around the quantity; a percentage off goes into the price. */
    static boolean expressible(Price price) {
        return price.model() != PriceModel.PERCENTAGE
                && price.unitTransform() == null
                && price.freeQuantity() == null
                && price.minimumSpend() == null
                && price.maximumSpend() == null;
    }

    private static void refuseWrappers(Price price) {
        if (!expressible(price)) {
            throw new NotExpressible(
                    "percentages, unitTransform, freeQuantity and minimum or maximum spend must be rated by Weir");
        }
    }

    private static void tiered(
            PriceCreateParams.Builder params, PriceCreateParams.TiersMode mode, Price price, Amounts amounts) {
        params.setBillingScheme(PriceCreateParams.BillingScheme.TIERED).setTiersMode(mode);
        for (PriceTier tier : price.tiers()) {
            PriceCreateParams.Tier.Builder out = PriceCreateParams.Tier.builder();
            if (tier.upTo() == null) {
                out.setUpTo(PriceCreateParams.Tier.UpTo.INF);
            } else {
                out.setUpTo(amounts.quantity(tier.upTo()));
            }
            out.setUnitAmountDecimal(tier.unitPrice() == null ? BigDecimal.ZERO : amounts.perUnit(tier.unitPrice()));
            if (tier.flatPrice() != null && tier.flatPrice().signum() != 0) {
                out.setFlatAmountDecimal(amounts.flat(tier.flatPrice()));
            }
            params.addTier(out.build());
        }
    }

    /** What is left of an amount after the price's percentage off: every amount of a price is linear in it. */
    private static BigDecimal kept(Price price) {
        BigDecimal off = price.percentOff();
        return off == null ? BigDecimal.ONE : BigDecimal.ONE.subtract(off.movePointLeft(2));
    }

    private static Recurring recurring(String every, @Nullable String meterId) {
        Period period;
        try {
            period = Period.parse(every);
        } catch (DateTimeParseException notDays) {
            throw new NotExpressible("Stripe has no billing interval of " + every);
        }
        Recurring.Builder out = Recurring.builder();
        long months = period.toTotalMonths();
        if (months > 0 && period.getDays() == 0) {
            boolean years = months % 12 == 0;
            out.setInterval(years ? Recurring.Interval.YEAR : Recurring.Interval.MONTH)
                    .setIntervalCount(years ? months / 12 : months);
        } else if (months == 0 && period.getDays() > 0) {
            boolean weeks = period.getDays() % 7 == 0;
            out.setInterval(weeks ? Recurring.Interval.WEEK : Recurring.Interval.DAY)
                    .setIntervalCount(weeks ? period.getDays() / 7L : (long) period.getDays());
        } else {
            throw new NotExpressible("Stripe has no billing interval of " + every);
        }
        if (meterId == null) {
            return out.setUsageType(Recurring.UsageType.LICENSED).build();
        }
        return out.setUsageType(Recurring.UsageType.METERED).setMeter(meterId).build();
    }

    /** Amounts in minor units; per-unit ones for a quantity counted in 10^-scale. */
    private record Amounts(String currency, int scale, BigDecimal kept) {
        BigDecimal flat(@Nullable BigDecimal major) {
            return exact(major == null ? BigDecimal.ZERO : StripeMinorUnits.toMinor(major.multiply(kept), currency));
        }

        BigDecimal perUnit(@Nullable BigDecimal major) {
            return exact(flat(major).movePointLeft(scale));
        }

        long quantity(@Nullable BigDecimal units) {
            if (units == null) {
                throw new NotExpressible("a quantity is missing");
            }
            try {
                return units.movePointRight(scale).longValueExact();
            } catch (ArithmeticException fraction) {
                throw new NotExpressible(units.toPlainString() + " is not a whole number of the meter's parts");
            }
        }

        private static BigDecimal exact(BigDecimal minor) {
            try {
                BigDecimal stripped = minor.stripTrailingZeros();
                return stripped.setScale(Math.max(0, stripped.scale()), RoundingMode.UNNECESSARY)
                                        .scale()
                                > MAX_DECIMALS
                        ? stripped.setScale(MAX_DECIMALS, RoundingMode.UNNECESSARY)
                        : stripped.setScale(Math.max(0, stripped.scale()), RoundingMode.UNNECESSARY);
            } catch (ArithmeticException tooFine) {
                throw new NotExpressible("a price has more than " + MAX_DECIMALS + " decimals of the minor unit");
            }
        }
    }
}
