package dev.weir.catalog.document.domain;

import dev.weir.catalog.contract.Budget;
import dev.weir.catalog.contract.Charge;
import dev.weir.catalog.contract.CreditGrant;
import dev.weir.catalog.contract.CreditLimit;
import dev.weir.catalog.contract.Entitlement;
import dev.weir.catalog.contract.Trial;
import dev.weir.catalog.contract.Visibility;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a plan says itself; what it inherits is still a name.
 *
 * @param product null = its parent's
 * @param parent the plan it extends
 * @param visibility null = PUBLIC
 * @param groups the feature groups it gives; their members are not yet among the entitlements
 * @param trial with no pinned version yet and without its credits, which stand beside it
 */
public record PlanDraft(
        String key,
        @Nullable String product,
        @Nullable String name,
        @Nullable String parent,
        @Nullable String description,
        @Nullable Visibility visibility,
        List<String> groups,
        Map<String, Entitlement> entitlements,
        List<Placed<CreditGrant>> credits,
        Map<String, CreditLimit> creditLimits,
        List<Placed<Charge>> charges,
        @Nullable Trial trial,
        List<Placed<CreditGrant>> trialCredits,
        @Nullable Budget budget) {

    /** Where the plan stands in the document. */
    public String place() {
        return "plans." + key;
    }
}
