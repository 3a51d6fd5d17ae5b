package dev.weir.catalog.document.domain;

import dev.weir.catalog.contract.Budget;
import dev.weir.catalog.contract.CreditGrant;
import dev.weir.catalog.contract.OnLimit;
import dev.weir.catalog.contract.Trial;
import dev.weir.catalog.contract.TrialEnd;
import dev.weir.catalog.contract.Visibility;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a plan and an add-on. */
final class PlanReader {

    private static final int MOST_OF_AN_ADDON = 1_000_000;

    private PlanReader() {}

    static PlanDraft plan(String key, Fields fields) {
        Fields trialFields = fields.child("trial");
        List<Placed<CreditGrant>> trialCredits =
                trialFields == null ? List.of() : CreditReader.grants(trialFields, true);
        PlanDraft plan = new PlanDraft(
                key,
                fields.key("product"),
                fields.text("name"),
                fields.key("extends"),
                fields.prose("description"),
                fields.oneOf("visibility", Visibility.class),
                fields.keys("groups"),
                EntitlementReader.readAll(fields, true),
                CreditReader.grants(fields, false),
                CreditReader.limits(fields),
                ChargeReader.read(fields),
                trialFields == null ? null : trial(key, trialFields),
                trialCredits,
                budget(fields.child("budget")));
        fields.finish();
        return plan;
    }

    static @Nullable AddonDraft addon(String key, Fields fields) {
        String product = fields.required("product", fields.key("product"));
        AddonDraft addon = new AddonDraft(
                key,
                product == null ? "" : product,
                fields.text("name"),
                fields.prose("description"),
                fields.keys("compatibleWith"),
                fields.keys("requires"),
                fields.integer("minQuantity", 1, MOST_OF_AN_ADDON),
                fields.integer("maxQuantity", 1, MOST_OF_AN_ADDON),
                fields.keys("groups"),
                EntitlementReader.readAll(fields, false),
                CreditReader.grants(fields, false),
                ChargeReader.read(fields));
        Integer least = addon.minQuantity();
        Integer most = addon.maxQuantity();
        if (least != null && most != null && least > most) {
            fields.fault("minQuantity", "INVALID_VALUE", "must not be more than the maxQuantity");
        }
        fields.finish();
        return product == null ? null : addon;
    }

    private static @Nullable Trial trial(String plan, Fields fields) {
        String duration = fields.required("for", fields.interval("for"));
        String tried = fields.key("of");
        TrialEnd atEnd = fields.required("atEnd", fields.oneOf("atEnd", TrialEnd.class));
        String downgradeTo = fields.key("downgradeTo");
        if (atEnd == TrialEnd.DOWNGRADE) {
            fields.required("downgradeTo", downgradeTo);
        } else if (atEnd != null && downgradeTo != null) {
            fields.fault("downgradeTo", "NOT_ALLOWED", "only a trial that ends with DOWNGRADE names a plan");
        }
        Boolean untilCreditsUsed = fields.flag("untilCreditsUsed") ? Boolean.TRUE : null;
        if (untilCreditsUsed != null && !fields.has("credits")) {
            fields.fault(
                    "untilCreditsUsed", "NOT_ALLOWED", "only a trial that gives credits can last until they are used");
        }
        fields.finish();
        return duration == null || atEnd == null
                ? null
                : new Trial(
                        duration, tried == null ? plan : tried, null, List.of(), atEnd, downgradeTo, untilCreditsUsed);
    }

    private static @Nullable Budget budget(@Nullable Fields fields) {
        if (fields == null) {
            return null;
        }
        BigDecimal amount = fields.required("amount", fields.money("amount"));
        String currency = PriceReader.currency(fields);
        OnLimit onLimit = fields.oneOf("onLimit", OnLimit.class);
        fields.finish();
        return amount == null || currency == null
                ? null
                : new Budget(amount, currency, onLimit == null ? OnLimit.HARD : onLimit);
    }
}
