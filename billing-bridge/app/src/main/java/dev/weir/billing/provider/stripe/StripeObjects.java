package dev.weir.billing.provider.stripe;

import com.stripe.StripeClient;
import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.StripeException;
import com.stripe.model.Customer;
import com.stripe.model.Price;
import com.stripe.model.Subscription;
import com.stripe.model.billing.Meter;
import com.stripe.net.RequestOptions;
import com.stripe.param.CustomerCreateParams;
import com.stripe.param.CustomerListParams;
import com.stripe.param.CustomerUpdateParams;
import com.stripe.param.PriceListParams;
import com.stripe.param.ProductCreateParams;
import com.stripe.param.SubscriptionListParams;
import com.stripe.param.billing.MeterCreateParams;
import com.stripe.param.billing.MeterListParams;
import dev.weir.billing.provider.domain.BillingProvider.NotReady;
import dev.weir.billing.provider.domain.BillingProvider.RemoteIds;
import dev.weir.billing.provider.domain.Outcome;
import dev.weir.billing.provider.domain.ProviderCommand;
import dev.weir.billing.provider.domain.ProviderCommand.Kind;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Customers, meters, products, prices and subscriptions at Stripe. Each carries our natural key in its metadata. */
final class StripeObjects {
    private static final String KEY = "weir_key";

    private final StripeClient client;
    private final StripeSubscriptions subscriptions;

    StripeObjects(StripeClient client) {
        this.client = client;
        this.subscriptions = new StripeSubscriptions(client);
    }

    static String require(RemoteIds remote, Kind kind, String naturalKey) {
        return remote.find(kind, naturalKey).orElseThrow(() -> new NotReady(kind, naturalKey));
    }

    String upsert(ProviderCommand.UpsertCustomer command, Optional<String> existing, RequestOptions options)
            throws StripeException {
        if (existing.isPresent()) {
            CustomerUpdateParams.Builder params = CustomerUpdateParams.builder();
            if (command.name() != null) {
                params.setName(command.name());
            }
            params.putMetadata(KEY, command.customer());
            return client.v1()
                    .customers()
                    .update(existing.get(), params.build(), options)
                    .getId();
        }
        CustomerCreateParams.Builder params = CustomerCreateParams.builder()
                .setName(command.name() == null ? command.customer() : command.name())
                .setDescription("Weir customer " + command.customer())
                .putMetadata(KEY, command.customer());
        return client.v1().customers().create(params.build(), options).getId();
    }

    String create(ProviderCommand.UpsertMeter command, RequestOptions options) throws StripeException {
        return client.v1()
                .billing()
                .meters()
                .create(
                        MeterCreateParams.builder()
                                .setDisplayName(command.displayName())
                                .setEventName(command.meter())
                                .setDefaultAggregation(MeterCreateParams.DefaultAggregation.builder()
                                        .setFormula(MeterCreateParams.DefaultAggregation.Formula.SUM)
                                        .build())
                                .setCustomerMapping(MeterCreateParams.CustomerMapping.builder()
                                        .setEventPayloadKey("stripe_customer_id")
                                        .setType(MeterCreateParams.CustomerMapping.Type.BY_ID)
                                        .build())
                                .setValueSettings(MeterCreateParams.ValueSettings.builder()
                                        .setEventPayloadKey("value")
                                        .build())
                                .build(),
                        options)
                .getId();
    }

    /** Makes the product first: its id is ours, so "exists already" is as good as done. */
    String create(ProviderCommand.UpsertPrice command, RemoteIds remote, String idempotencyKey) throws StripeException {
        @Nullable String meterId = command.meter() == null ? null : require(remote, Kind.METER, command.meter());
        String productId = product(client, command.product(), command.productName(), idempotencyKey + "-product");
        return client.v1()
                .prices()
                .create(
                        StripePrices.params(command, productId, meterId),
                        RequestOptions.builder()
                                .setIdempotencyKey(idempotencyKey)
                                .build())
                .getId();
    }

    /** Sees to it that a product is there. */
    static String product(StripeClient client, String product, String name, String idempotencyKey)
            throws StripeException {
        String productId = "weir_" + product;
        try {
            client.v1()
                    .products()
                    .create(
                            ProductCreateParams.builder()
                                    .setId(productId)
                                    .setName(name)
                                    .putMetadata(KEY, product)
                                    .build(),
                            RequestOptions.builder()
                                    .setIdempotencyKey(idempotencyKey)
                                    .build());
        } catch (InvalidRequestException exists) {
            if (!"resource_already_exists".equals(exists.getCode())) {
                throw exists;
            }
        }
        return productId;
    }

    Outcome.Applied apply(ProviderCommand.ApplySubscription command, RemoteIds remote, RequestOptions options)
            throws StripeException {
        return subscriptions.apply(command, remote, options);
    }

    Optional<String> find(ProviderCommand command, RemoteIds remote) throws StripeException {
        return switch (command) {
            case ProviderCommand.UpsertCustomer customer ->
                stream(client.v1()
                                .customers()
                                .list(CustomerListParams.builder()
                                        .setLimit(100L)
                                        .build())
                                .autoPagingIterable())
                        .filter(found ->
                                customer.customer().equals(found.getMetadata().get(KEY)))
                        .map(Customer::getId)
                        .findFirst();
            case ProviderCommand.UpsertMeter meter ->
                stream(client.v1()
                                .billing()
                                .meters()
                                .list(MeterListParams.builder().setLimit(100L).build())
                                .autoPagingIterable())
                        .filter(found -> meter.meter().equals(found.getEventName()))
                        .map(Meter::getId)
                        .findFirst();
            case ProviderCommand.UpsertPrice price ->
                client
                        .v1()
                        .prices()
                        .list(PriceListParams.builder()
                                .addLookupKey(price.key())
                                .build())
                        .getData()
                        .stream()
                        .map(Price::getId)
                        .findFirst();
            case ProviderCommand.UpsertCoupon coupon -> StripeCoupons.known(coupon, client);
            case ProviderCommand.ApplySubscription subscription -> {
                Optional<String> customer = remote.find(Kind.CUSTOMER, subscription.customer());
                yield customer.isEmpty()
                        ? Optional.empty()
                        : client
                                .v1()
                                .subscriptions()
                                .list(SubscriptionListParams.builder()
                                        .setCustomer(customer.get())
                                        .setStatus(SubscriptionListParams.Status.ALL)
                                        .setLimit(100L)
                                        .build())
                                .getData()
                                .stream()
                                .filter(found -> subscription
                                        .subscription()
                                        .equals(found.getMetadata().get(KEY)))
                                .map(Subscription::getId)
                                .findFirst();
            }
            case ProviderCommand.SubmitUsage usage -> Optional.empty();
            case ProviderCommand.SubmitAmount amount -> Optional.empty();
        };
    }

    private static <T> java.util.stream.Stream<T> stream(Iterable<T> iterable) {
        return StreamSupport.stream(iterable.spliterator(), false);
    }
}
