package dev.weir.entitlement.subscription.app;

import dev.weir.catalog.contract.UsageOnChange;
import dev.weir.entitlement.subscription.domain.When;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The wish to change a subscription.
 *
 * @param plan null = the same
 * @param version null = the one in force, of a plan that is named
 * @param addons all that it shall hold; null = those that it holds
 * @param coupon key of a coupon to redeem, in place of another; null = what it has
 */
public record ChangeSubscription(
        String customer,
        UUID subscription,
        @Nullable String plan,
        @Nullable Integer version,
        @Nullable List<AddonWish> addons,
        When when,
        UsageOnChange usage,
        @Nullable String coupon,
        boolean removeCoupon,
        String author) {

    /** Without a coupon to redeem or to remove. */
    public ChangeSubscription(
            String customer,
            UUID subscription,
            @Nullable String plan,
            @Nullable Integer version,
            @Nullable List<AddonWish> addons,
            When when,
            UsageOnChange usage,
            String author) {
        this(customer, subscription, plan, version, addons, when, usage, null, false, author);
    }
}
