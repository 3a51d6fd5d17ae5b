package dev.weir.billing.provider.stripe;

import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.model.InvoiceItem;
import com.stripe.net.RequestOptions;
import com.stripe.param.InvoiceCreateParams;
import com.stripe.param.InvoiceItemCreateParams;
import com.stripe.param.InvoiceItemListParams;
import dev.weir.billing.provider.domain.BillingProvider.RemoteIds;
import dev.weir.billing.provider.domain.ProviderCommand;
import dev.weir.billing.provider.domain.ProviderCommand.Kind;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Amounts as invoice items. An item of a subscription waits for its next invoice; one without gets an invoice of its own. */
final class StripeAmounts {
    private static final String KEY = "weir_key";
    private static final String AMOUNT = "weir_amount";

    private final StripeClient client;

    StripeAmounts(StripeClient client) {
        this.client = client;
    }

    String submit(ProviderCommand.SubmitAmount command, RemoteIds remote, String idempotencyKey)
            throws StripeException {
        String customerId = StripeObjects.require(remote, Kind.CUSTOMER, command.customer());
        Optional<String> subscriptionId = running(remote.find(Kind.SUBSCRIPTION, command.subscription()));
        InvoiceItemCreateParams.Builder params = InvoiceItemCreateParams.builder()
                .setCustomer(customerId)
                .setAmount(minor(command))
                .setCurrency(command.currency().toLowerCase(Locale.ROOT))
                .setDescription(command.description())
                .setPeriod(InvoiceItemCreateParams.Period.builder()
                        .setStart(command.from().getEpochSecond())
                        .setEnd(command.to().getEpochSecond())
                        .build())
                .putMetadata(KEY, command.identifier())
                .putMetadata(AMOUNT, command.key());
        subscriptionId.ifPresent(params::setSubscription);
        String id = client.v1()
                .invoiceItems()
                .create(
                        params.build(),
                        RequestOptions.builder()
                                .setIdempotencyKey(idempotencyKey)
                                .build())
                .getId();
        if (subscriptionId.isEmpty()) {
            invoice(customerId, idempotencyKey);
        }
        return id;
    }

    private void invoice(String customerId, String idempotencyKey) throws StripeException {
        client.v1()
                .invoices()
                .create(
                        InvoiceCreateParams.builder()
                                .setCustomer(customerId)
                                .setAutoAdvance(true)
                                .setPendingInvoiceItemsBehavior(InvoiceCreateParams.PendingInvoiceItemsBehavior.INCLUDE)
                                .build(),
                        RequestOptions.builder()
                                .setIdempotencyKey(idempotencyKey + "-invoice")
                                .build());
    }

    /** A subscription that has ended writes no invoice any more. */
    private Optional<String> running(Optional<String> subscriptionId) throws StripeException {
        if (subscriptionId.isEmpty()) {
            return subscriptionId;
        }
        String status =
                client.v1().subscriptions().retrieve(subscriptionId.get()).getStatus();
        return "canceled".equals(status) || "incomplete_expired".equals(status) ? Optional.empty() : subscriptionId;
    }

    /** The item, if it is there; what was broken off between it and its invoice is gone on with. */
    Optional<String> find(ProviderCommand.SubmitAmount command, RemoteIds remote) throws StripeException {
        Optional<String> customerId = remote.find(Kind.CUSTOMER, command.customer());
        if (customerId.isPresent()) {
            for (InvoiceItem item : items(customerId.get())) {
                if (command.identifier().equals(item.getMetadata().get(KEY))) {
                    boolean alone = running(remote.find(Kind.SUBSCRIPTION, command.subscription()))
                            .isEmpty();
                    if (alone && item.getInvoice() == null) {
                        invoice(customerId.get(), command.identifier());
                    }
                    return Optional.of(item.getId());
                }
            }
        }
        return Optional.empty();
    }

    Map<String, BigDecimal> read(String customerId) throws StripeException {
        Map<String, BigDecimal> sums = new HashMap<>();
        for (InvoiceItem item : items(customerId)) {
            String key = item.getMetadata() == null ? null : item.getMetadata().get(AMOUNT);
            if (key != null) {
                String currency = item.getCurrency().toUpperCase(Locale.ROOT);
                sums.merge(key, new BigDecimal(StripeMinorUnits.toMajor(item.getAmount(), currency)), BigDecimal::add);
            }
        }
        return sums;
    }

    private Iterable<InvoiceItem> items(String customerId) throws StripeException {
        return client.v1()
                .invoiceItems()
                .list(InvoiceItemListParams.builder()
                        .setCustomer(customerId)
                        .setLimit(100L)
                        .build())
                .autoPagingIterable();
    }

    private static long minor(ProviderCommand.SubmitAmount command) {
        try {
            return StripeMinorUnits.toMinor(command.amount(), command.currency())
                    .longValueExact();
        } catch (ArithmeticException tooFine) {
            throw new StripePrices.NotExpressible(
                    command.amount().toPlainString() + " " + command.currency() + " is finer than Stripe's minor unit");
        }
    }
}
