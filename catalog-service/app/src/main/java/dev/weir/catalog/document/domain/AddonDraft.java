package dev.weir.catalog.document.domain;

import dev.weir.catalog.contract.Charge;
import dev.weir.catalog.contract.CreditGrant;
import dev.weir.catalog.contract.Entitlement;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An add-on as the document has it. */
public record AddonDraft(
        String key,
        String product,
        @Nullable String name,
        @Nullable String description,
        List<String> compatibleWith,
        List<String> requires,
        @Nullable Integer minQuantity,
        @Nullable Integer maxQuantity,
        List<String> groups,
        Map<String, Entitlement> entitlements,
        List<Placed<CreditGrant>> credits,
        List<Placed<Charge>> charges) {

    /** Where the add-on stands in the document. */
    public String place() {
        return "addons." + key;
    }
}
