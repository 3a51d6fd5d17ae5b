package dev.weir.gateway.engine;

import dev.weir.catalog.contract.AddonVersion;
import dev.weir.catalog.contract.PlanVersion;
import dev.weir.entitlement.contract.Bodies;

/** The bodies of a customer who has one plan. */
record OnePlan(PlanVersion plan) implements Bodies {
    @Override
    public PlanVersion plan(String hash) {
        return plan;
    }

    @Override
    public AddonVersion addon(String hash) {
        throw new IllegalStateException("no add-on " + hash);
    }
}
