package dev.weir.entitlement.subscription.domain;

import dev.weir.catalog.contract.PlanVersion;

/** A published plan version. */
public record PlanPin(String plan, int version, String hash) {
    /** The pin of a body. */
    public static PlanPin of(PlanVersion body) {
        return new PlanPin(body.plan(), body.version(), body.hash());
    }
}
