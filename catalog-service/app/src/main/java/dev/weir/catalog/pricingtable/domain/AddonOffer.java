package dev.weir.catalog.pricingtable.domain;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An add-on as it is sold.
 *
 * @param compatibleWith the public plans that it goes with
 */
public record AddonOffer(
        String addon,
        int version,
        String name,
        @Nullable String description,
        List<String> compatibleWith,
        List<String> requires,
        int minQuantity,
        @Nullable Integer maxQuantity,
        List<ChargeOffer> charges,
        List<EntitlementOffer> entitlements,
        List<CreditOffer> credits) {

    public AddonOffer {
        compatibleWith = List.copyOf(compatibleWith);
        requires = List.copyOf(requires);
        charges = List.copyOf(charges);
        entitlements = List.copyOf(entitlements);
        credits = List.copyOf(credits);
    }
}
