package dev.weir.ledger.contract;

import dev.weir.catalog.contract.Price;
import dev.weir.catalog.contract.PriceModel;
import dev.weir.catalog.contract.PriceRating;
import dev.weir.catalog.contract.PriceTier;
import java.math.BigDecimal;
import java.util.List;

/**
 * What the charges of a budget cost, by the rating that bills them. Pure: the ledger decides by this, and an edge says by it what
 * the ledger would decide. Money is the sum of each charge's rounded amount for its cumulative quantity, as an invoice has it;
 * never a sum of prices of single uses.
 */
public final class BudgetMoney {
    private BudgetMoney() {}

    /** What is charged for certain. */
    public static BigDecimal charged(List<BudgetCharge> charges) {
        return charges.stream()
                .map(charge -> rate(charge.price(), charge.charged(), charge.scale()))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** The most that it may come to when every open reservation is settled with anything from nothing to all it holds. */
    public static BigDecimal worst(List<BudgetCharge> charges) {
        return charges.stream().map(BudgetMoney::worst).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** The most that it may come to with so much more usage of a feature. */
    public static BigDecimal worst(List<BudgetCharge> charges, String feature, String planHash, long more) {
        return charges.stream()
                .map(charge -> charge.counts(feature, planHash)
                        ? worst(charge.with(charge.charged(), Math.addExact(charge.held(), more)))
                        : worst(charge))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** The largest quantity up to {@code wanted} with which the worst stays within the amount. */
    public static long room(
            List<BudgetCharge> charges, BigDecimal amount, String feature, String planHash, long wanted) {
        long fits = 0;
        long least = wanted + 1;
        if (worst(charges, feature, planHash, wanted).compareTo(amount) <= 0) {
            return wanted;
        }
        // The worst never falls with the quantity.
        while (fits + 1 < least) {
            long middle = fits + (least - fits) / 2;
            if (worst(charges, feature, planHash, middle).compareTo(amount) <= 0) {
                fits = middle;
            } else {
                least = middle;
            }
        }
        return fits;
    }

    /** A volume price may cost less for more: then the worst is at the end of a tier on the way. */
    private static BigDecimal worst(BudgetCharge charge) {
        long most = Math.addExact(charge.charged(), charge.held());
        BigDecimal worst =
                rate(charge.price(), charge.charged(), charge.scale()).max(rate(charge.price(), most, charge.scale()));
        PriceModel model = charge.price().model();
        if (model == PriceModel.VOLUME || model == PriceModel.STAIRSTEP) {
            BigDecimal from = BigDecimal.valueOf(charge.charged(), charge.scale());
            BigDecimal to = BigDecimal.valueOf(most, charge.scale());
            for (PriceTier tier : charge.price().tiers()) {
                BigDecimal end = tier.upTo();
                if (end != null && end.compareTo(from) > 0 && end.compareTo(to) < 0) {
                    worst = worst.max(rate(charge.price(), end));
                }
            }
        }
        return worst;
    }

    private static BigDecimal rate(Price price, long atoms, int scale) {
        return rate(price, BigDecimal.valueOf(Math.max(0, atoms), scale));
    }

    private static BigDecimal rate(Price price, BigDecimal quantity) {
        return PriceRating.rate(price, quantity, null, 0).amount();
    }
}
