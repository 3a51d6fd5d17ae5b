package dev.weir.catalog.document.domain;

import dev.weir.catalog.contract.Effect;
import dev.weir.catalog.contract.Entitlement;
import dev.weir.catalog.contract.OnLimit;
import dev.weir.catalog.contract.Then;
import dev.weir.catalog.contract.UsageOnChange;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what a plan or an add-on gives of each feature; whether it fits the feature is a rule's matter. */
final class EntitlementReader {

    private EntitlementReader() {}

    static Map<String, Entitlement> readAll(Fields owner, boolean ofPlan) {
        Map<String, Entitlement> entitlements = new LinkedHashMap<>();
        owner.entries("entitlements")
                .forEach((feature, fields) -> entitlements.put(feature, read(feature, fields, ofPlan)));
        return entitlements;
    }

    private static Entitlement read(String feature, Fields fields, boolean ofPlan) {
        fields.refuse(Set.of("revoke"), "only an override of a single customer revokes");
        if (ofPlan) {
            fields.refuse(Set.of("effect"), "a plan's entitlement is always a value of its own");
        }
        UsageOnChange onChange = fields.oneOf("onChange", UsageOnChange.class);
        Effect effect = fields.oneOf("effect", Effect.class);
        Entitlement entitlement = new Entitlement(
                feature,
                fields.amount("limit"),
                fields.interval("every"),
                fields.oneOf("onLimit", OnLimit.class),
                fields.amount("overageCap"),
                then(fields.child("then")),
                fields.scalar("value"),
                ofPlan ? null : effect,
                onChange == null ? UsageOnChange.KEEP : onChange,
                RateReader.read(fields));
        fields.finish();
        return entitlement;
    }

    private static @Nullable Then then(@Nullable Fields fields) {
        if (fields == null) {
            return null;
        }
        String unit = fields.required("unit", fields.key("unit"));
        BigDecimal per = fields.required("per", fields.positive("per"));
        fields.finish();
        return unit == null || per == null ? null : new Then(unit, per);
    }
}
