package dev.weir.entitlement.subscription.rest;

import dev.weir.catalog.contract.UsageOnChange;
import dev.weir.entitlement.input.domain.Faults;
import dev.weir.entitlement.subscription.app.AddonRequest;
import dev.weir.entitlement.subscription.app.AddonWish;
import dev.weir.entitlement.subscription.app.ChangeSubscription;
import dev.weir.entitlement.subscription.app.Fields;
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
 * @param coupon to redeem, in place of another
 * @param removeCoupon whether the coupon that it has is taken off
 */
public record ChangeRequest(
        @Nullable String plan,
        @Nullable Integer version,
        @Nullable List<AddonRequest> addons,
        @Nullable String when,
        @Nullable UsageOnChange usage,
        @Nullable String coupon,
        @Nullable Boolean removeCoupon) {

    ChangeSubscription wish(String customer, UUID subscription, String author) {
        Faults faults = new Faults();
        faults.customerId("customer", customer);
        if (plan != null) {
            faults.catalogKey("plan", plan);
        }
        Fields.version(version, faults);
        List<AddonWish> wishes = addons == null ? null : AddonRequest.wishes(addons, faults);
        boolean removes = Boolean.TRUE.equals(removeCoupon);
        if (coupon != null) {
            faults.catalogKey("coupon", coupon);
            if (removes) {
                faults.add("removeCoupon", "INVALID_VALUE", "does not go with coupon");
            }
        }
        if (plan == null && version == null && addons == null && usage == null && coupon == null && !removes) {
            faults.add("plan", "REQUIRED", "or version, addons, coupon or usage must be given");
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
                coupon,
                removes,
                author);
    }
}
