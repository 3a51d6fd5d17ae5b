package dev.weir.entitlement.bulk.app;

import dev.weir.catalog.contract.CatalogInForce;
import dev.weir.entitlement.catalog.app.CatalogReadModel;
import dev.weir.entitlement.input.domain.Faults;
import dev.weir.entitlement.subscription.app.AddonRequest;
import dev.weir.platform.servicekit.events.KeyWait;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What an import may name of the catalog. A single write waits for a key that may be on its way; an import waits once for all of
 * its items, else a thousand unknown plans would wait a thousand times.
 */
@Singleton
class KnownCatalog {
    private final CatalogReadModel catalog;
    private final KeyWait keyWait;

    KnownCatalog(CatalogReadModel catalog, KeyWait keyWait) {
        this.catalog = catalog;
        this.keyWait = keyWait;
    }

    /** A look at the catalog for one import. */
    Look look() {
        return new Look();
    }

    /** What one import has found so far. */
    final class Look {
        private final Map<String, Boolean> known = new HashMap<>();
        private boolean waited;

        /** Refuses an item that names what the catalog does not have, with each of its places. */
        void check(ImportItem item) {
            Faults faults = new Faults();
            subscriptions(item.subscriptions(), faults);
            List<ImportItem.Promotion> promotions = item.promotions();
            for (int i = 0; promotions != null && i < promotions.size(); i++) {
                feature(
                        "promotions[" + i + "].feature",
                        promotions.get(i) == null ? null : promotions.get(i).feature(),
                        faults);
            }
            List<ImportItem.Override> overrides = item.overrides();
            for (int i = 0; overrides != null && i < overrides.size(); i++) {
                feature(
                        "overrides[" + i + "].feature",
                        overrides.get(i) == null ? null : overrides.get(i).feature(),
                        faults);
            }
            faults.refuse(422);
        }

        private void subscriptions(@Nullable List<ImportItem.Subscription> subscriptions, Faults faults) {
            for (int i = 0; subscriptions != null && i < subscriptions.size(); i++) {
                ImportItem.Subscription wish = subscriptions.get(i);
                if (wish == null) {
                    continue;
                }
                String place = "subscriptions[" + i + "].";
                String plan = wish.plan();
                if (plan != null
                        && isMissing(
                                "plan " + plan + "@" + wish.version(), () -> catalog.findPlan(plan, wish.version()))) {
                    faults.add(place + "plan", "UNKNOWN_PLAN", "is no plan of the catalog in that version");
                }
                List<AddonRequest> addons = wish.addons() == null ? List.of() : wish.addons();
                for (int j = 0; j < addons.size(); j++) {
                    String addon = addons.get(j) == null ? null : addons.get(j).addon();
                    if (addon != null && isMissing("addon " + addon, () -> catalog.findAddon(addon))) {
                        faults.add(place + "addons[" + j + "].addon", "UNKNOWN_ADDON", "is no add-on of the catalog");
                    }
                }
                String coupon = wish.coupon();
                if (coupon != null && isMissing("coupon " + coupon, () -> named(CatalogInForce::coupons, coupon))) {
                    faults.add(place + "coupon", "UNKNOWN_COUPON", "is no coupon of the catalog");
                }
            }
        }

        private void feature(String place, @Nullable String feature, Faults faults) {
            if (feature != null && isMissing("feature " + feature, () -> named(CatalogInForce::features, feature))) {
                faults.add(place, "UNKNOWN_FEATURE", "is no feature of the catalog");
            }
        }

        private Optional<?> named(Function<CatalogInForce, Map<String, ?>> part, String key) {
            return catalog.inForce().map(part).flatMap(parts -> Optional.ofNullable(parts.get(key)));
        }

        private boolean isMissing(String name, Probe probe) {
            return !known.computeIfAbsent(name, key -> {
                if (probe.find().isPresent()) {
                    return true;
                }
                if (waited) {
                    return false;
                }
                waited = true;
                return keyWait.forValue(() -> probe.find().map(found -> true)).isPresent();
            });
        }
    }

    private interface Probe {
        Optional<?> find();
    }
}
