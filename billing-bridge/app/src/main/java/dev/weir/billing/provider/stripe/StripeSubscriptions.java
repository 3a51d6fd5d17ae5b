package dev.weir.billing.provider.stripe;

import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.model.Subscription;
import com.stripe.model.SubscriptionItem;
import com.stripe.net.RequestOptions;
import com.stripe.param.SubscriptionCancelParams;
import com.stripe.param.SubscriptionCreateParams;
import com.stripe.param.SubscriptionUpdateParams;
import com.stripe.param.common.EmptyParam;
import dev.weir.billing.provider.domain.BillingProvider.RemoteIds;
import dev.weir.billing.provider.domain.Outcome;
import dev.weir.billing.provider.domain.ProviderCommand.ApplySubscription;
import dev.weir.billing.provider.domain.ProviderCommand.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A subscription at Stripe, made to have the items that Weir says. Weir owns plan, items and quantities. */
final class StripeSubscriptions {
    private static final String KEY = "weir_key";
    private static final String COUPON = "weir_coupon";

    private final StripeClient client;

    StripeSubscriptions(StripeClient client) {
        this.client = client;
    }

    Outcome.Applied apply(ApplySubscription command, RemoteIds remote, RequestOptions options) throws StripeException {
        String customerId = StripeObjects.require(remote, Kind.CUSTOMER, command.customer());
        List<String> priceIds = new ArrayList<>();
        for (String price : command.prices()) {
            priceIds.add(StripeObjects.require(remote, Kind.PRICE, price));
        }
        Optional<String> existing = remote.find(Kind.SUBSCRIPTION, command.subscription());
        if (existing.isEmpty()) {
            return create(command, customerId, priceIds, remote, options);
        }
        if (command.cancelAt() != null && !command.cancelAt().isAfter(Instant.now())) {
            return applied(client.v1()
                    .subscriptions()
                    .cancel(existing.get(), SubscriptionCancelParams.builder().build(), options));
        }
        return update(command, existing.get(), priceIds, remote, options);
    }

    private Outcome.Applied create(
            ApplySubscription command,
            String customerId,
            List<String> priceIds,
            RemoteIds remote,
            RequestOptions options)
            throws StripeException {
        SubscriptionCreateParams.Builder params = SubscriptionCreateParams.builder()
                .setCustomer(customerId)
                .setBillingMode(SubscriptionCreateParams.BillingMode.builder()
                        .setType(SubscriptionCreateParams.BillingMode.Type.FLEXIBLE)
                        .build())
                .setBackdateStartDate(command.start().getEpochSecond())
                .putAllMetadata(command.metadata())
                .putMetadata(KEY, command.subscription());
        priceIds.forEach(id -> params.addItem(
                SubscriptionCreateParams.Item.builder().setPrice(id).build()));
        if (command.coupon() != null) {
            params.addDiscount(SubscriptionCreateParams.Discount.builder()
                    .setCoupon(StripeObjects.require(remote, Kind.COUPON, command.coupon()))
                    .build());
        }
        if (command.trialEnd() != null && command.trialEnd().isAfter(Instant.now())) {
            params.setTrialEnd(command.trialEnd().getEpochSecond());
        }
        if (command.cancelAt() != null) {
            params.setCancelAt(command.cancelAt().getEpochSecond());
        }
        return applied(client.v1().subscriptions().create(params.build(), options));
    }

    /** Adds what is missing and removes what is too much; items that are right are left alone, and keep their usage. */
    private Outcome.Applied update(
            ApplySubscription command, String id, List<String> priceIds, RemoteIds remote, RequestOptions options)
            throws StripeException {
        Subscription current = client.v1().subscriptions().retrieve(id);
        Set<String> missing = new HashSet<>(priceIds);
        SubscriptionUpdateParams.Builder params =
                SubscriptionUpdateParams.builder().putAllMetadata(command.metadata());
        for (SubscriptionItem item : current.getItems().getData()) {
            if (!missing.remove(item.getPrice().getId())) {
                params.addItem(SubscriptionUpdateParams.Item.builder()
                        .setId(item.getId())
                        .setDeleted(true)
                        .build());
            }
        }
        priceIds.stream()
                .filter(missing::contains)
                .forEach(priceId -> params.addItem(SubscriptionUpdateParams.Item.builder()
                        .setPrice(priceId)
                        .build()));
        if (command.cancelAt() != null) {
            params.setCancelAt(command.cancelAt().getEpochSecond());
        }
        discount(command, current, params, remote);
        return applied(client.v1().subscriptions().update(id, params.build(), options));
    }

    /** A price that came with the subscription bills usage from its begin on, one that was added later from when it was. */
    private static Outcome.Applied applied(Subscription subscription) {
        Map<String, Instant> begins = new HashMap<>();
        for (SubscriptionItem item : subscription.getItems().getData()) {
            String key = item.getPrice().getMetadata().get(KEY);
            if (key != null) {
                boolean first = item.getCreated() <= subscription.getCreated();
                begins.put(key, Instant.ofEpochSecond(first ? subscription.getStartDate() : item.getCreated()));
            }
        }
        return new Outcome.Applied(subscription.getId(), begins);
    }

    /** A coupon is redeemed once: one that was is let alone, as a second time would take off anew. */
    private static void discount(
            ApplySubscription command,
            Subscription current,
            SubscriptionUpdateParams.Builder params,
            RemoteIds remote) {
        String wanted = command.metadata().getOrDefault(COUPON, "");
        String known = current.getMetadata().getOrDefault(COUPON, "");
        if (wanted.equals(known)) {
            return;
        }
        params.putMetadata(COUPON, wanted);
        if (command.coupon() == null) {
            params.setDiscounts(EmptyParam.EMPTY);
        } else {
            params.addDiscount(SubscriptionUpdateParams.Discount.builder()
                    .setCoupon(StripeObjects.require(remote, Kind.COUPON, command.coupon()))
                    .build());
        }
    }
}
