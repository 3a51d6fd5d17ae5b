package dev.weir.entitlement.subscription.app;

import dev.weir.entitlement.subscription.domain.Anchor;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The wish for a subscription.
 *
 * @param version null = the one in force
 * @param start null = now; may lie in the past
 * @param end when it ends by itself; null = open
 * @param coupon key of a coupon to redeem
 */
public record CreateSubscription(
        String customer,
        String plan,
        @Nullable Integer version,
        List<AddonWish> addons,
        boolean trial,
        @Nullable Instant start,
        @Nullable Instant end,
        Anchor anchor,
        @Nullable String resource,
        @Nullable String coupon,
        String author) {}
