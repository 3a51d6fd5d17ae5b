package dev.weir.catalog.document.domain;

import java.util.List;

/** Everything that must hold across a document, in the order in which faults are named. */
final class CatalogRules {

    static final List<CatalogRule> ALL = List.of(
            new FeatureRule(),
            new FeatureGroupRule(),
            new WalletNameRule(),
            new InheritanceRule(),
            new ProductRule(),
            new EntitlementRule(),
            new CreditRule(),
            new ChargeRule(),
            new TrialRule(),
            new AddonRule(),
            new CouponRule(),
            new IncrementRule());

    private CatalogRules() {}
}
