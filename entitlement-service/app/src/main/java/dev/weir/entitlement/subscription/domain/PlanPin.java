package dev.weir.entitlement.subscription.domain;

import dev.weir.catalog.contract.PlanVersion;

/**
 * A published plan version that someone chose.
 *
 * @param catalog the version of the catalog in force when it was chosen; 0 = before that was recorded. A rollout moves only
 *     what was chosen before its own catalog
 */
public record PlanPin(String plan, int version, String hash, long catalog) {
    /** The pin of a body, chosen under a catalog. */
    public static PlanPin of(PlanVersion body, long catalog) {
        return new PlanPin(body.plan(), body.version(), body.hash(), catalog);
    }

    /** Whether both name the same version, whenever it was chosen. */
    public boolean sameVersion(PlanPin other) {
        return hash.equals(other.hash);
    }
}
