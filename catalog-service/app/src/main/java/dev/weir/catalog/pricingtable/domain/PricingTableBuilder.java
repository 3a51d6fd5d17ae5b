package dev.weir.catalog.pricingtable.domain;

import dev.weir.catalog.contract.AddonVersion;
import dev.weir.catalog.contract.Charge;
import dev.weir.catalog.contract.CreditGrant;
import dev.weir.catalog.contract.Entitlement;
import dev.weir.catalog.contract.FeatureDefinition;
import dev.weir.catalog.contract.FeatureGroup;
import dev.weir.catalog.contract.FeatureType;
import dev.weir.catalog.contract.PlanVersion;
import dev.weir.catalog.contract.Price;
import dev.weir.catalog.contract.Product;
import dev.weir.catalog.contract.Trial;
import dev.weir.catalog.contract.Visibility;
import dev.weir.catalog.diff.domain.CatalogBodies;
import dev.weir.catalog.offer.domain.OfferedFeature;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Lays out what is sold in one market. */
public final class PricingTableBuilder {

    private final CatalogBodies catalog;
    private final KeyOrder order;
    private final Market market;
    private final Figures figures;

    private PricingTableBuilder(CatalogBodies catalog, KeyOrder order, Market market) {
        this.catalog = catalog;
        this.order = order;
        this.market = market;
        this.figures = new Figures(market.language());
    }

    /**
     * The products of a catalog with their public plans.
     *
     * @param product only this one; null = all that have a public plan
     */
    public static List<ProductOffer> products(
            CatalogBodies catalog, KeyOrder order, Market market, @Nullable String product) {
        PricingTableBuilder builder = new PricingTableBuilder(catalog, order, market);
        return catalog.products().values().stream()
                .filter(each -> product == null || each.key().equals(product))
                .sorted(Comparator.comparing(Product::key, order.products()))
                .map(builder::product)
                .filter(offer -> product != null || !offer.plans().isEmpty())
                .toList();
    }

    private ProductOffer product(Product product) {
        List<PlanVersion> plans = catalog.plans().values().stream()
                .filter(plan -> plan.product().equals(product.key()) && plan.shownTo() == Visibility.PUBLIC)
                .sorted(Comparator.comparing(PlanVersion::plan, order.plans()))
                .toList();
        List<String> shown = plans.stream().map(PlanVersion::plan).toList();
        List<AddonOffer> addons = catalog.addons().values().stream()
                .filter(addon -> addon.product().equals(product.key()))
                .sorted(Comparator.comparing(AddonVersion::addon, order.addons()))
                .map(addon -> addon(addon, shown))
                .filter(offer -> !offer.compatibleWith().isEmpty())
                .toList();
        return new ProductOffer(
                product.key(), product.name(), plans.stream().map(this::plan).toList(), addons);
    }

    private PlanOffer plan(PlanVersion plan) {
        return new PlanOffer(
                plan.plan(),
                plan.version(),
                plan.name(),
                plan.description(),
                charges(plan.charges(), plan.features()),
                entitlements(OfferedFeature.of(plan), words(plan)),
                credits(plan.credits(), words(plan)),
                trial(plan));
    }

    private OfferWords words(PlanVersion plan) {
        return new OfferWords(figures, plan.features(), plan.creditUnits());
    }

    private AddonOffer addon(AddonVersion addon, List<String> plans) {
        Integer least = addon.minQuantity();
        OfferWords words = new OfferWords(figures, addon.features(), addon.creditUnits());
        return new AddonOffer(
                addon.addon(),
                addon.version(),
                addon.name(),
                addon.description(),
                plans.stream()
                        .filter(plan -> addon.compatibleWith().isEmpty()
                                || addon.compatibleWith().contains(plan))
                        .toList(),
                addon.requires(),
                least == null ? 1 : least,
                addon.maxQuantity(),
                charges(addon.charges(), addon.features()),
                entitlements(OfferedFeature.of(addon), words),
                credits(addon.credits(), words));
    }

    private List<ChargeOffer> charges(List<Charge> charges, Map<String, FeatureDefinition> features) {
        PriceWords words = new PriceWords(figures);
        return charges.stream()
                .map(charge -> {
                    Price price = charge.priceFor(market.currency(), market.country());
                    FeatureDefinition feature = charge.feature() == null ? null : features.get(charge.feature());
                    String unit = feature == null ? null : feature.unit() == null ? feature.title() : feature.unit();
                    return new ChargeOffer(
                            charge.key(),
                            charge.feature(),
                            charge.once(),
                            charge.every(),
                            charge.billed(),
                            charge.appliesTo(),
                            charge.measure(),
                            price,
                            words.of(charge, price, unit));
                })
                .toList();
    }

    private List<EntitlementOffer> entitlements(Map<String, OfferedFeature> offered, OfferWords words) {
        return offered.values().stream()
                .sorted(Comparator.comparing(each -> each.definition().key(), order.features()))
                .map(each -> entitlement(each, words))
                .toList();
    }

    private EntitlementOffer entitlement(OfferedFeature offered, OfferWords words) {
        FeatureDefinition feature = offered.definition();
        boolean metered = feature.type() == FeatureType.METERED;
        boolean limited = metered || feature.type() == FeatureType.CREDIT;
        @Nullable Entitlement amount = metered ? offered.amount() : null;
        return new EntitlementOffer(
                feature.key(),
                feature.title(),
                feature.description(),
                group(feature.key()),
                feature.type(),
                amount == null ? null : amount.limit() == null,
                amount == null ? null : amount.limit(),
                amount == null ? null : amount.every(),
                limited ? offered.onLimit() : null,
                amount == null ? null : cap(offered),
                amount == null ? null : offered.then(),
                feature.type() == FeatureType.CONFIG ? offered.value() : null,
                amount == null ? null : amount.effect(),
                words.entitlement(offered));
    }

    private static @Nullable BigDecimal cap(OfferedFeature offered) {
        return switch (offered.onLimit()) {
            case SOFT -> offered.overageCap();
            case HARD -> null;
        };
    }

    private @Nullable String group(String feature) {
        return catalog.featureGroups().values().stream()
                .filter(group -> group.features().contains(feature))
                .min(Comparator.comparing(FeatureGroup::key, order.featureGroups()))
                .map(FeatureGroup::name)
                .orElse(null);
    }

    private List<CreditOffer> credits(List<CreditGrant> grants, OfferWords words) {
        return grants.stream()
                .map(grant -> new CreditOffer(
                        grant.key(),
                        grant.unit(),
                        grant.amount(),
                        grant.once(),
                        grant.every(),
                        grant.category(),
                        grant.expiresAfter(),
                        grant.perSeat(),
                        grant.rollover(),
                        grant.price(),
                        words.credit(grant)))
                .toList();
    }

    private @Nullable TrialOffer trial(PlanVersion plan) {
        Trial trial = plan.trial();
        if (trial == null) {
            return null;
        }
        return new TrialOffer(
                trial.duration(),
                trial.plan(),
                credits(trial.credits(), words(plan)),
                trial.atEnd(),
                trial.downgradeTo(),
                trial.endsWithCredits(),
                OfferWords.trial(trial, plan.plan()));
    }
}
