package dev.weir.catalog.pricingtable.domain;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A plan as it is sold: what it inherits is in it. */
public record PlanOffer(
        String plan,
        int version,
        String name,
        @Nullable String description,
        List<ChargeOffer> charges,
        List<EntitlementOffer> entitlements,
        List<CreditOffer> credits,
        @Nullable TrialOffer trial) {

    public PlanOffer {
        charges = List.copyOf(charges);
        entitlements = List.copyOf(entitlements);
        credits = List.copyOf(credits);
    }
}
