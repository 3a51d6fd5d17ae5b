package dev.weir.catalog.document.domain;

import dev.weir.catalog.contract.Aggregation;
import dev.weir.catalog.contract.ConfigValueType;
import dev.weir.catalog.contract.CreditUnit;
import dev.weir.catalog.contract.Effect;
import dev.weir.catalog.contract.Entitlement;
import dev.weir.catalog.contract.Meter;
import dev.weir.catalog.contract.MeteringMode;
import dev.weir.catalog.contract.OnLimit;
import dev.weir.catalog.contract.Then;
import java.math.BigDecimal;

/** What a plan or an add-on gives fits the feature it gives it of. */
final class EntitlementRule implements CatalogRule {

    @Override
    public void check(CatalogDraft draft, Faults faults) {
        for (PlanDraft plan : draft.plans().values()) {
            plan.entitlements().values().forEach(given -> check(draft, faults, plan.place(), given));
        }
        for (AddonDraft addon : draft.addons().values()) {
            addon.entitlements().values().forEach(given -> check(draft, faults, addon.place(), given));
        }
    }

    private static void check(CatalogDraft draft, Faults faults, String owner, Entitlement given) {
        String place = owner + ".entitlements." + given.feature();
        References references = new References(draft, faults);
        FeatureDraft feature = references.feature(place, given.feature());
        if (feature == null) {
            return;
        }
        Given of = new Given(place, given, feature, faults);
        switch (feature.type()) {
            case BOOLEAN -> {
                of.refuseLimit();
                of.refuse("value", given.value() != null);
                of.refuse("rates", !given.rates().isEmpty());
                of.refuseIncrement();
            }
            case CONFIG -> {
                of.refuseLimit();
                of.refuse("rates", !given.rates().isEmpty());
                of.refuseIncrement();
                config(of);
            }
            case METERED -> {
                of.refuse("value", given.value() != null);
                of.refuse("rates", !given.rates().isEmpty());
                metered(references, of);
            }
            case CREDIT -> {
                of.refuseAmount();
                of.refuse("value", given.value() != null);
                of.refuseIncrement();
                String unitKey = feature.creditUnit();
                CreditUnit unit = unitKey == null ? null : draft.creditUnits().get(unitKey);
                references.rates(place, given.rates(), unit);
            }
        }
    }

    private static void config(Given of) {
        String value = of.given().value();
        if (value == null) {
            of.fault("value", "REQUIRED", "a CONFIG feature is given as a value");
            return;
        }
        ConfigValueType type = of.feature().valueType();
        if (type == ConfigValueType.ENUM && !of.feature().values().contains(value)) {
            of.fault("value", "INVALID_VALUE", "must be one of " + of.feature().values());
        }
        if (type == ConfigValueType.NUMBER && !value.matches("-?[0-9]{1,18}(\\.[0-9]{1,18})?")) {
            of.fault("value", "INVALID_VALUE", "must be a plain decimal number");
        }
    }

    private static void metered(References references, Given of) {
        Entitlement given = of.given();
        FeatureDraft feature = of.feature();
        Meter meter = references.meterOf(feature);
        BigDecimal limit = given.limit();
        if (meter != null) {
            int scale = feature.scale(meter);
            references.decimals(of.place() + ".limit", limit, scale, feature.key());
            references.decimals(of.place() + ".overageCap", given.overageCap(), scale, feature.key());
            boolean analytics = meter.aggregation() == Aggregation.AVG || meter.aggregation() == Aggregation.MIN;
            if (limit != null && analytics) {
                of.fault("limit", "NOT_ALLOWED", "AVG and MIN are for analytics and cannot be limited");
            }
        }
        if (feature.mode() == MeteringMode.LEVEL && given.every() != null) {
            of.fault("every", "NOT_ALLOWED", "a level does not reset");
        }
        if (limit == null && given.effect() == Effect.INCREMENT) {
            of.fault("limit", "REQUIRED", "an INCREMENT says by how much");
        }
        if (given.overageCap() != null && given.onLimit() != OnLimit.SOFT) {
            of.fault("overageCap", "NOT_ALLOWED", "only a SOFT limit can be exceeded");
        }
        then(references, of);
    }

    private static void then(References references, Given of) {
        Then then = of.given().then();
        if (then == null) {
            return;
        }
        if (of.given().limit() == null) {
            of.fault("then", "NOT_ALLOWED", "what is unlimited never comes to a next leg");
        }
        CreditUnit unit = references.unit(of.place() + ".then.unit", then.unit());
        if (unit != null) {
            references.decimals(of.place() + ".then.per", then.per(), unit.scale(), unit.key());
        }
    }

    /** An entitlement beside the feature it is of. */
    private record Given(String place, Entitlement given, FeatureDraft feature, Faults faults) {

        void fault(String member, String code, String detail) {
            faults.add(place + "." + member, code, detail);
        }

        void refuse(String member, boolean present) {
            if (present) {
                fault(member, "NOT_ALLOWED", "a " + feature.type() + " feature has no " + member);
            }
        }

        void refuseAmount() {
            refuse("limit", given.limit() != null);
            refuse("every", given.every() != null);
            refuse("overageCap", given.overageCap() != null);
            refuse("then", given.then() != null);
        }

        void refuseLimit() {
            refuseAmount();
            refuse("onLimit", given.onLimit() != null);
        }

        void refuseIncrement() {
            if (given.effect() == Effect.INCREMENT) {
                fault("effect", "NOT_ALLOWED", "only a METERED feature's limit can be incremented");
            }
        }
    }
}
