package dev.weir.entitlement.subscription.app;

import dev.weir.entitlement.input.domain.Faults;
import dev.weir.entitlement.input.domain.Moment;
import dev.weir.entitlement.subscription.domain.Anchor;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A new subscription.
 *
 * @param version the one in force unless given
 * @param trial whether it begins with the plan's trial
 * @param start an instant, may lie in the past; now unless given
 * @param end an instant at which it ends by itself; open unless given
 * @param anchor where its periods are counted from: START (the default; after a trial its end), MONTH, WEEK, DAY, HOUR (the
 *     calendar's beginning of one, in the customer's zone) or an instant
 * @param resource the workspace or site that it is for; the customer as a whole unless given
 * @param coupon to redeem, once for a customer
 */
public record SubscriptionRequest(
        @Nullable String plan,
        @Nullable Integer version,
        @Nullable List<AddonRequest> addons,
        @Nullable Boolean trial,
        @Nullable String start,
        @Nullable String end,
        @Nullable String anchor,
        @Nullable String resource,
        @Nullable String coupon) {

    /** The wish; 400 with everything that is wrong with it. */
    public CreateSubscription wish(String customer, String author) {
        Faults faults = new Faults();
        faults.customerId("customer", customer);
        faults.catalogKey("plan", plan);
        Fields.version(version, faults);
        List<AddonWish> wishes = AddonRequest.wishes(addons == null ? List.of() : addons, faults);
        Instant from = moment("start", start, faults);
        Instant until = moment("end", end, faults);
        Anchor counted = Anchor.read(anchor == null ? "START" : anchor).orElse(null);
        if (counted == null) {
            faults.add("anchor", "INVALID_VALUE", "must be START, MONTH, WEEK, DAY, HOUR or an RFC 3339 instant");
        }
        faults.text("resource", resource);
        if (coupon != null) {
            faults.catalogKey("coupon", coupon);
        }
        faults.refuse();
        return new CreateSubscription(
                customer,
                Objects.requireNonNull(plan),
                version,
                wishes,
                Boolean.TRUE.equals(trial),
                from,
                until,
                Objects.requireNonNull(counted),
                resource,
                coupon,
                author);
    }

    private static @Nullable Instant moment(String field, @Nullable String text, Faults faults) {
        if (text == null) {
            return null;
        }
        Instant read = Moment.read(text).orElse(null);
        if (read == null) {
            faults.add(field, "INVALID_VALUE", "must be an RFC 3339 instant");
        }
        return read;
    }
}
