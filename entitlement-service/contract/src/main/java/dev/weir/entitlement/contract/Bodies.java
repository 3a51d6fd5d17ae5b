package dev.weir.entitlement.contract;

import dev.weir.catalog.contract.AddonVersion;
import dev.weir.catalog.contract.PlanVersion;

/** Where resolution finds the shared bodies. Every hash of the snapshot must be there: else IllegalStateException. */
public interface Bodies {
    /** The plan version with that content hash. */
    PlanVersion plan(String hash);

    /** The add-on version with that content hash. */
    AddonVersion addon(String hash);
}
