package dev.weir.catalog.document.domain;

import dev.weir.catalog.contract.CurrencyExponent;
import dev.weir.catalog.contract.Price;
import dev.weir.catalog.contract.PriceModel;
import dev.weir.catalog.contract.UnitTransform;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a price and checks everything that its model asks for. */
public final class PriceReader {

    private static final Set<String> OF_ANY_MODEL = Set.of(
            "amount",
            "unitPrice",
            "packageSize",
            "packagePrice",
            "tiers",
            "percent",
            "fixedFee",
            "freeUnits",
            "minimumPerEvent",
            "maximumPerEvent");

    private static final Map<PriceModel, Set<String>> MEMBERS = Map.of(
            PriceModel.FLAT, Set.of("amount"),
            PriceModel.PER_UNIT, Set.of("unitPrice"),
            PriceModel.PACKAGE, Set.of("packageSize", "packagePrice"),
            PriceModel.GRADUATED, Set.of("tiers"),
            PriceModel.VOLUME, Set.of("tiers"),
            PriceModel.STAIRSTEP, Set.of("tiers"),
            PriceModel.PERCENTAGE, Set.of("percent", "fixedFee", "freeUnits", "minimumPerEvent", "maximumPerEvent"));

    private static final Map<PriceModel, Set<String>> REQUIRED = Map.of(
            PriceModel.FLAT, Set.of("amount"),
            PriceModel.PER_UNIT, Set.of("unitPrice"),
            PriceModel.PACKAGE, Set.of("packageSize", "packagePrice"),
            PriceModel.GRADUATED, Set.of("tiers"),
            PriceModel.VOLUME, Set.of("tiers"),
            PriceModel.STAIRSTEP, Set.of("tiers"),
            PriceModel.PERCENTAGE, Set.of("percent"));

    static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
    private static final int MOST_DECIMALS = 12;

    private PriceReader() {}

    /** The price whose members these are; null if it has no usable model or currency. Does not finish the fields. */
    public static @Nullable Price read(Fields fields) {
        return read(fields, fields.required("model", fields.oneOf("model", PriceModel.class)));
    }

    /** The price of a model that may be stated elsewhere; null if there is no usable model or currency. */
    static @Nullable Price read(Fields fields, @Nullable PriceModel model) {
        String currency = currency(fields);
        if (model != null) {
            Set<String> foreign = new HashSet<>(OF_ANY_MODEL);
            foreign.removeAll(MEMBERS.getOrDefault(model, Set.of()));
            fields.refuse(foreign, "a " + model + " price has no such field");
            for (String name : REQUIRED.getOrDefault(model, Set.of())) {
                fields.required(name, fields.has(name) ? name : null);
            }
        }
        boolean mine = model != null;
        PriceModel shape = model == null ? PriceModel.FLAT : model;
        Price price = new Price(
                shape,
                currency == null ? "" : currency,
                fields.money("amount"),
                fields.money("unitPrice"),
                fields.positive("packageSize"),
                fields.money("packagePrice"),
                TierReader.read(fields, shape),
                percentage(fields, "percent"),
                fields.money("fixedFee"),
                fields.amount("freeUnits"),
                fields.money("minimumPerEvent"),
                fields.money("maximumPerEvent"),
                transform(fields.child("unitTransform")),
                fields.amount("freeQuantity"),
                percentage(fields, "percentOff"),
                fields.money("minimumSpend"),
                fields.money("maximumSpend"),
                fields.integer("roundTo", 0, MOST_DECIMALS));
        ordered(fields, "maximumSpend", price.minimumSpend(), price.maximumSpend());
        ordered(fields, "maximumPerEvent", price.minimumPerEvent(), price.maximumPerEvent());
        return mine && currency != null ? price : null;
    }

    /** An ISO 4217 currency. */
    static @Nullable String currency(Fields fields) {
        String currency = fields.required("currency", fields.text("currency"));
        if (currency != null && CurrencyExponent.find(currency).isEmpty()) {
            fields.fault("currency", "UNKNOWN_CURRENCY", "is no ISO 4217 currency");
            return null;
        }
        return currency;
    }

    private static @Nullable BigDecimal percentage(Fields fields, String name) {
        BigDecimal percent = fields.amount(name);
        if (percent != null && percent.compareTo(HUNDRED) > 0) {
            fields.fault(name, "INVALID_VALUE", "must be at most 100");
            return null;
        }
        return percent;
    }

    /** A change of unit; null where there is none or none that can be used. */
    static @Nullable UnitTransform transform(@Nullable Fields fields) {
        if (fields == null) {
            return null;
        }
        UnitTransform.Operation operation =
                fields.required("operation", fields.oneOf("operation", UnitTransform.Operation.class));
        BigDecimal factor = fields.required("factor", fields.positive("factor"));
        UnitTransform.Rounding rounding = fields.oneOf("rounding", UnitTransform.Rounding.class);
        fields.finish();
        if (operation == null || factor == null) {
            return null;
        }
        return new UnitTransform(operation, factor, rounding == null ? UnitTransform.Rounding.NONE : rounding);
    }

    private static void ordered(Fields fields, String name, @Nullable BigDecimal least, @Nullable BigDecimal most) {
        if (least != null && most != null && least.compareTo(most) > 0) {
            fields.fault(name, "INVALID_VALUE", "must not be less than the minimum");
        }
    }
}
