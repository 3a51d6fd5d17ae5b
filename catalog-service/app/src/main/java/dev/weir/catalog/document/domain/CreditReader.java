package dev.weir.catalog.document.domain;

import dev.weir.catalog.contract.Category;
import dev.weir.catalog.contract.CreditGrant;
import dev.weir.catalog.contract.CreditLimit;
import dev.weir.catalog.contract.GrantOn;
import dev.weir.catalog.contract.Money;
import dev.weir.catalog.contract.OverdraftSettlement;
import dev.weir.catalog.contract.PerSeat;
import dev.weir.catalog.contract.Recognition;
import dev.weir.catalog.contract.Rollover;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads credit grants and credit limits. */
final class CreditReader {

    private static final int DEFAULT_PRIORITY = 50;
    private static final int MOST_PRIORITY = 1_000;

    private CreditReader() {}

    /** @param ofTrial a trial's grant that says neither {@code every} nor {@code once} is given once */
    static List<Placed<CreditGrant>> grants(Fields owner, boolean ofTrial) {
        List<Placed<CreditGrant>> grants = new ArrayList<>();
        for (Fields item : owner.children("credits")) {
            CreditGrant grant = grant(item, ofTrial);
            if (grant != null) {
                grants.add(new Placed<>(item.place(), grant));
            }
        }
        return grants;
    }

    private static @Nullable CreditGrant grant(Fields fields, boolean ofTrial) {
        String unit = fields.required("unit", fields.key("unit"));
        String key = fields.key("key");
        Category category = fields.required("category", fields.oneOf("category", Category.class));
        Integer priority = fields.integer("priority", 0, MOST_PRIORITY);
        String every = fields.interval("every");
        boolean once = fields.flag("once");
        GrantOn grantOn = fields.oneOf("grantOn", GrantOn.class);
        Money value = MoneyReader.read(fields.child("value"));
        Money price = MoneyReader.read(fields.child("price"));
        Rollover rollover = rollover(fields.child("rollover"));
        PerSeat perSeat = perSeat(fields.child("perSeat"));
        BigDecimal amount = fields.amount("amount");
        String expiresAfter = fields.interval("expiresAfter");
        Recognition recognition = fields.oneOf("recognition", Recognition.class);
        if (!fields.has("perSeat")) {
            fields.required("amount", amount);
        }
        recurrence(fields, every != null || fields.has("every"), once, ofTrial);
        if (category == Category.PROMOTIONAL && (fields.has("value") || fields.has("price"))) {
            fields.fault(
                    fields.has("value") ? "value" : "price",
                    "PROMOTIONAL_HAS_COST",
                    "promotional credit has no cost basis and is not sold");
        }
        fields.finish();
        if (unit == null || category == null) {
            return null;
        }
        return new CreditGrant(
                key == null ? unit : key,
                unit,
                amount == null ? BigDecimal.ZERO : amount,
                every,
                every == null,
                category,
                priority == null ? DEFAULT_PRIORITY : priority,
                grantOn == null ? GrantOn.PERIOD_START : grantOn,
                expiresAfter,
                value,
                price,
                rollover,
                perSeat,
                recognition);
    }

    private static void recurrence(Fields fields, boolean recurring, boolean once, boolean ofTrial) {
        if (recurring && once) {
            fields.fault("once", "NOT_ALLOWED", "a grant recurs (every) or is given once, not both");
        }
        if (!recurring && !once && !ofTrial) {
            fields.fault("every", "REQUIRED", "say every, or once: true");
        }
        if (recurring && fields.has("price")) {
            fields.fault(
                    "price", "NOT_ALLOWED", "only a one-off pack is sold by itself; a plan's charges pay the rest");
        }
        if (!recurring && fields.has("rollover")) {
            fields.fault("rollover", "NOT_ALLOWED", "only a recurring grant rolls over");
        }
        if (!recurring && fields.has("grantOn")) {
            fields.fault("grantOn", "NOT_ALLOWED", "only a recurring grant says when it opens");
        }
    }

    private static @Nullable Rollover rollover(@Nullable Fields fields) {
        if (fields == null) {
            return null;
        }
        BigDecimal most = fields.amount("max");
        String duration = fields.required("for", fields.interval("for"));
        fields.finish();
        return duration == null ? null : new Rollover(most, duration);
    }

    private static @Nullable PerSeat perSeat(@Nullable Fields fields) {
        if (fields == null) {
            return null;
        }
        String feature = fields.required("feature", fields.key("feature"));
        BigDecimal amount = fields.required("amount", fields.amount("amount"));
        fields.finish();
        return feature == null || amount == null ? null : new PerSeat(feature, amount);
    }

    static Map<String, CreditLimit> limits(Fields owner) {
        Map<String, CreditLimit> limits = new LinkedHashMap<>();
        owner.entries("creditLimits").forEach((unit, fields) -> {
            BigDecimal overdraft = fields.required("overdraft", fields.amount("overdraft"));
            OverdraftSettlement settle = fields.oneOf("settle", OverdraftSettlement.class);
            fields.finish();
            limits.put(
                    unit,
                    new CreditLimit(
                            overdraft == null ? BigDecimal.ZERO : overdraft,
                            settle == null ? OverdraftSettlement.REPAY : settle));
        });
        return limits;
    }
}
