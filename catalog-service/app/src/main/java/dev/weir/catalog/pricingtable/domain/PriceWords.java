package dev.weir.catalog.pricingtable.domain;

import dev.weir.catalog.contract.AppliesTo;
import dev.weir.catalog.contract.Charge;
import dev.weir.catalog.contract.Measure;
import dev.weir.catalog.contract.Price;
import dev.weir.catalog.contract.PriceModel;
import dev.weir.catalog.contract.PriceTier;
import dev.weir.catalog.contract.UnitTransform;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A charge in words: "$49.00 per month", "$0.002 per call beyond what is included". */
final class PriceWords {

    private final Figures figures;

    PriceWords(Figures figures) {
        this.figures = figures;
    }

    /**
     * @param price the one of the market
     * @param unit what one of the feature is called; null for a fee
     */
    String of(Charge charge, Price price, @Nullable String unit) {
        List<String> words = new ArrayList<>();
        words.add(model(charge, price, unit == null ? "unit" : unit));
        BigDecimal free = price.freeQuantity();
        if (free != null && free.signum() > 0) {
            words.add("the first " + figures.number(free) + " free");
        }
        BigDecimal off = price.percentOff();
        if (off != null && off.signum() > 0) {
            words.add("less " + figures.number(off) + " %");
        }
        bound(words, "at least ", price.minimumSpend(), price);
        bound(words, "at most ", price.maximumSpend(), price);
        return String.join(", ", words);
    }

    private String model(Charge charge, Price price, String unit) {
        String rest = charge.appliesTo() == AppliesTo.OVERAGE ? " beyond what is included" : measured(charge);
        return switch (price.model()) {
            case FLAT -> money(price.amount(), price) + (charge.once() ? " once" : Figures.per(charge.every()));
            case PER_UNIT -> money(price.unitPrice(), price) + " per " + transformed(price, unit) + rest;
            case PACKAGE ->
                money(price.packagePrice(), price) + " for each " + figures.number(orZero(price.packageSize()))
                        + (price.unitTransform() == null
                                ? " " + Figures.plural(unit)
                                : " x " + transformed(price, unit))
                        + rest;
            case GRADUATED, VOLUME, STAIRSTEP -> tiers(price, transformed(price, unit)) + rest;
            case PERCENTAGE -> percentage(price, unit) + rest;
        };
    }

    private String tiers(Price price, String unit) {
        List<String> words = new ArrayList<>();
        for (PriceTier tier : price.tiers()) {
            BigDecimal upTo = tier.upTo();
            String range = upTo == null ? "above" : "up to " + figures.number(upTo);
            words.add((price.tiers().size() == 1 ? "" : range + ": ") + tier(price, tier, unit));
        }
        return String.join("; ", words);
    }

    private String tier(Price price, PriceTier tier, String unit) {
        List<String> words = new ArrayList<>();
        if (price.model() != PriceModel.STAIRSTEP && tier.unitPrice() != null) {
            words.add(money(tier.unitPrice(), price) + " per " + unit);
        }
        if (tier.flatPrice() != null) {
            words.add(money(tier.flatPrice(), price));
        }
        return String.join(" plus ", words);
    }

    private String percentage(Price price, String unit) {
        String words = figures.number(orZero(price.percent())) + " % of " + unit;
        BigDecimal fee = price.fixedFee();
        return fee == null ? words : words + " plus " + money(fee, price) + " each time";
    }

    private static String measured(Charge charge) {
        Measure measure = charge.measure();
        return switch (measure) {
            case MAX_IN_PERIOD -> " at the highest count";
            case TIME_WEIGHTED -> " on average";
            case null -> "";
        };
    }

    private String transformed(Price price, String unit) {
        UnitTransform transform = price.unitTransform();
        if (transform == null) {
            return unit;
        }
        return switch (transform.operation()) {
            case DIVIDE -> figures.number(transform.factor()) + " " + Figures.plural(unit);
            case MULTIPLY -> "1/" + figures.number(transform.factor()) + " " + unit;
        };
    }

    private void bound(List<String> words, String what, @Nullable BigDecimal bound, Price price) {
        if (bound != null) {
            words.add(what + money(bound, price));
        }
    }

    private String money(@Nullable BigDecimal amount, Price price) {
        return figures.money(amount, price.currency());
    }

    private static BigDecimal orZero(@Nullable BigDecimal value) {
        return value == null ? BigDecimal.ZERO : value;
    }
}
