package dev.weir.entitlement.subscription.rest;

import dev.weir.catalog.contract.UsageOnChange;
import dev.weir.entitlement.input.domain.Faults;
import dev.weir.entitlement.subscription.app.AddonWish;
import dev.weir.entitlement.subscription.app.ChangeSubscription;
import dev.weir.entitlement.subscription.domain.When;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A change of plan, version or add-ons; what is left out stays.
 *
 * @param addons all that the subscription shall hold
 * @param when NOW, PERIOD_END or an instant to come
 * @param usage KEEP (the default) or RESET the usage of the running period
 */
public record ChangeRequest(
        @Nullable String plan,
        @Nullable Integer version,
        @Nullable List<AddonRequest> addons,
        @Nullable String when,
        @Nullable UsageOnChange usage) {

    ChangeSubscription wish(String customer, UUID subscription, String author) {
        Faults faults = new Faults();
        faults.customerId("customer", customer);
        if (plan != null) {
            faults.catalogKey("plan", plan);
        }
        Fields.version(version, faults);
        List<AddonWish> wishes = addons == null ? null : AddonRequest.wishes(addons, faults);
        if (plan == null && version == null && addons == null && usage == null) {
            faults.add("plan", "REQUIRED", "or version, addons or usage must be given");
        }
        When effective = Fields.when(when, faults).orElse(new When.Now());
        faults.refuse();
        return new ChangeSubscription(
                customer,
                subscription,
                plan,
                version,
                wishes,
                effective,
                usage == null ? UsageOnChange.KEEP : usage,
                author);
    }
}
