package dev.weir.ledger.posting.domain;

import dev.weir.catalog.contract.FeatureDefinition;
import dev.weir.ledger.Catalogue;
import java.util.Optional;

/** The units and features of the test catalogue. */
final class SampleUnits implements TermsResolver.Units {
    @Override
    public Optional<Integer> creditScale(String unit) {
        return unit.equals("ai-credits") ? Optional.of(6) : Optional.empty();
    }

    @Override
    public Optional<FeatureDefinition> feature(String key) {
        return Optional.ofNullable(Catalogue.FEATURES.get(key));
    }
}
