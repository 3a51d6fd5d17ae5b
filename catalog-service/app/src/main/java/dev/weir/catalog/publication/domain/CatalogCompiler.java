package dev.weir.catalog.publication.domain;

import dev.weir.catalog.contract.AddonVersion;
import dev.weir.catalog.contract.ContentHash;
import dev.weir.catalog.contract.Entitlement;
import dev.weir.catalog.contract.FeatureDefinition;
import dev.weir.catalog.contract.Meter;
import dev.weir.catalog.diff.domain.CatalogBodies;
import dev.weir.catalog.document.domain.AddonDraft;
import dev.weir.catalog.document.domain.CatalogDraft;
import dev.weir.catalog.document.domain.FeatureDraft;
import dev.weir.catalog.document.domain.Placed;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** From a draft without faults to closed bodies: everything that a version uses is written into it. */
public final class CatalogCompiler {

    private CatalogCompiler() {}

    /** Compiles a draft in which no fault was found. */
    public static CatalogBodies compile(CatalogDraft draft, KnownVersions plans, KnownVersions addons) {
        Map<String, FeatureDefinition> features = new LinkedHashMap<>();
        draft.features().forEach((key, feature) -> features.put(key, define(draft, feature)));
        Closure closure = new Closure(features, draft.creditUnits());
        Map<String, AddonVersion> addonBodies = new LinkedHashMap<>();
        draft.addons().forEach((key, addon) -> addonBodies.put(key, addon(draft, addon, closure, addons)));
        return new CatalogBodies(
                draft.creditUnits(),
                draft.meters(),
                features,
                draft.allProducts(),
                new PlanCompiler(draft, closure, plans).all(),
                addonBodies,
                draft.featureGroups(),
                draft.coupons());
    }

    private static FeatureDefinition define(CatalogDraft draft, FeatureDraft feature) {
        String meterKey = feature.meter();
        Meter meter = meterKey == null ? null : draft.meters().get(meterKey);
        FeatureDefinition unhashed = define(feature, meter, "");
        return define(feature, meter, ContentHash.of(unhashed));
    }

    private static FeatureDefinition define(FeatureDraft feature, @Nullable Meter meter, String hash) {
        return new FeatureDefinition(
                feature.key(),
                hash,
                feature.type(),
                feature.valueType(),
                feature.values(),
                feature.better(),
                meter,
                feature.unit(),
                feature.mode(),
                feature.scale(meter),
                feature.creditUnit(),
                feature.eventType(),
                feature.rates(),
                feature.name(),
                feature.description());
    }

    private static AddonVersion addon(CatalogDraft draft, AddonDraft addon, Closure closure, KnownVersions known) {
        AddonVersion unhashed = addon(draft, addon, closure, 0, "");
        String hash = ContentHash.of(unhashed);
        return addon(draft, addon, closure, known.versionOf(addon.key(), hash), hash);
    }

    private static AddonVersion addon(CatalogDraft draft, AddonDraft addon, Closure closure, int version, String hash) {
        Map<String, Entitlement> entitlements = draft.entitlementsOf(addon);
        Closure.Used used = closure.used()
                .entitlements(entitlements.values())
                .credits(values(addon.credits()))
                .charges(values(addon.charges()));
        return new AddonVersion(
                addon.key(),
                version,
                hash,
                addon.product(),
                addon.name() == null ? addon.key() : addon.name(),
                addon.compatibleWith(),
                addon.maxQuantity(),
                entitlements,
                used.features(),
                used.creditUnits(),
                values(addon.credits()),
                values(addon.charges()),
                addon.description(),
                addon.requires(),
                addon.minQuantity());
    }

    static <T> List<T> values(List<Placed<T>> placed) {
        return placed.stream().map(Placed::value).toList();
    }
}
