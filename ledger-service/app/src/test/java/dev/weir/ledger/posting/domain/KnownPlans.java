package dev.weir.ledger.posting.domain;

import dev.weir.catalog.contract.AddonVersion;
import dev.weir.catalog.contract.PlanVersion;
import dev.weir.entitlement.contract.Bodies;
import java.util.Map;
import java.util.Objects;

/** Plan bodies by content hash, as they are at the time of the question. */
record KnownPlans(Map<String, PlanVersion> plans) implements Bodies {
    @Override
    public PlanVersion plan(String hash) {
        return Objects.requireNonNull(plans.get(hash));
    }

    @Override
    public AddonVersion addon(String hash) {
        throw new IllegalStateException(hash);
    }
}
