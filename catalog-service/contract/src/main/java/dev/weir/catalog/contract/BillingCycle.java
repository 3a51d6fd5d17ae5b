package dev.weir.catalog.contract;

import java.util.List;

/** How often a subscription is billed: every service that counts by billing period must answer alike. */
public final class BillingCycle {
    /** Usage is billed monthly where a plan has no recurring fee that says otherwise. */
    public static final String DEFAULT = "P1M";

    private BillingCycle() {}

    /** The recurrence of the first recurring fee, as ISO 8601; counted from the subscription's anchor in its zone. */
    public static String of(List<Charge> charges) {
        return charges.stream()
                .filter(charge -> charge.feature() == null && charge.every() != null)
                .map(charge -> String.valueOf(charge.every()))
                .findFirst()
                .orElse(DEFAULT);
    }
}
