package dev.weir.billing.account.domain;

import dev.weir.catalog.contract.Charge;
import dev.weir.catalog.contract.PlanVersion;
import dev.weir.catalog.contract.Price;
import java.time.Instant;

/** What a payer pays for a charge of a plan at an instant. */
@FunctionalInterface
public interface ChargePrices {
    /** The charge's own price, for everyone. */
    ChargePrices OWN = (plan, charge, at) -> charge.price();

    /** The price. */
    Price of(PlanVersion plan, Charge charge, Instant at);
}
