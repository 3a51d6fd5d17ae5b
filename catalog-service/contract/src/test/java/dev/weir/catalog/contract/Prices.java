package dev.weir.catalog.contract;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Builds prices for tests, member by member. */
final class Prices {

    private final PriceModel model;
    private final Map<String, BigDecimal> members = new LinkedHashMap<>();
    private final List<PriceTier> tiers = new ArrayList<>();
    private String currency = "USD";
    private @Nullable Integer roundTo;
    private @Nullable UnitTransform transform;

    private Prices(PriceModel model) {
        this.model = model;
    }

    static Prices of(PriceModel model) {
        return new Prices(model);
    }

    Prices with(String member, @Nullable String value) {
        if (value != null) {
            members.put(member, new BigDecimal(value));
        }
        return this;
    }

    Prices tier(@Nullable String upTo, @Nullable String unitPrice, @Nullable String flatPrice) {
        tiers.add(new PriceTier(decimal(upTo), decimal(unitPrice), decimal(flatPrice)));
        return this;
    }

    Prices currency(String code) {
        this.currency = code;
        return this;
    }

    Prices roundTo(int decimals) {
        this.roundTo = decimals;
        return this;
    }

    Prices transform(UnitTransform.Operation operation, String factor, UnitTransform.Rounding rounding) {
        this.transform = new UnitTransform(operation, new BigDecimal(factor), rounding);
        return this;
    }

    Price build() {
        return new Price(
                model,
                currency,
                members.get("amount"),
                members.get("unitPrice"),
                members.get("packageSize"),
                members.get("packagePrice"),
                tiers,
                members.get("percent"),
                members.get("fixedFee"),
                members.get("freeUnits"),
                members.get("minimumPerEvent"),
                members.get("maximumPerEvent"),
                transform,
                members.get("freeQuantity"),
                members.get("percentOff"),
                members.get("minimumSpend"),
                members.get("maximumSpend"),
                roundTo);
    }

    static @Nullable BigDecimal decimal(@Nullable String text) {
        return text == null ? null : new BigDecimal(text);
    }
}
