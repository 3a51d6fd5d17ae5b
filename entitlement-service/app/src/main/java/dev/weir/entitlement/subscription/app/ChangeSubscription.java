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
 */
public record ChangeSubscription(
        String customer,
        UUID subscription,
        @Nullable String plan,
        @Nullable Integer version,
        @Nullable List<AddonWish> addons,
        When when,
        UsageOnChange usage,
        String author) {}
