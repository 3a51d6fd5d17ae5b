package dev.weir.billing.provider.stripe;

import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.model.Invoice;
import com.stripe.model.billing.MeterEventSummary;
import com.stripe.net.RequestOptions;
import com.stripe.param.InvoiceCreatePreviewParams;
import com.stripe.param.billing.MeterEventCreateParams;
import com.stripe.param.billing.MeterEventSummaryListParams;
import dev.weir.billing.provider.domain.BillingProvider;
import dev.weir.billing.provider.domain.Outcome;
import dev.weir.billing.provider.domain.ProviderCommand;
import dev.weir.billing.provider.domain.ProviderCommand.Kind;
import dev.weir.catalog.contract.Price;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Stripe through stripe-java. The dispatcher alone decides what is repeated, and under which key. */
@ApplicationScoped
public class StripeProvider implements BillingProvider {
    private static final String CUSTOMER_KEY = "stripe_customer_id";

    private final StripeClient client;
    private final StripeObjects objects;
    private final StripeAmounts amounts;
    private final StripeCoupons coupons;

    @Inject
    public StripeProvider(StripeClient client) {
        this.client = client;
        this.objects = new StripeObjects(client);
        this.amounts = new StripeAmounts(client);
        this.coupons = new StripeCoupons(client);
    }

    @Override
    public String name() {
        return "stripe";
    }

    @Override
    public Outcome execute(ProviderCommand command, String idempotencyKey, RemoteIds remote) {
        RequestOptions options =
                RequestOptions.builder().setIdempotencyKey(idempotencyKey).build();
        try {
            if (command instanceof ProviderCommand.ApplySubscription subscription) {
                return objects.apply(subscription, remote, options);
            }
            return new Outcome.Applied(
                    switch (command) {
                        case ProviderCommand.UpsertCustomer customer ->
                            objects.upsert(customer, remote.find(Kind.CUSTOMER, customer.customer()), options);
                        case ProviderCommand.UpsertMeter meter -> objects.create(meter, options);
                        case ProviderCommand.UpsertPrice price -> objects.create(price, remote, idempotencyKey);
                        case ProviderCommand.UpsertCoupon coupon -> coupons.create(coupon, idempotencyKey);
                        case ProviderCommand.ApplySubscription subscription ->
                            throw new IllegalStateException("applied above: " + subscription.subscription());
                        case ProviderCommand.SubmitUsage usage -> submit(usage, remote, options);
                        case ProviderCommand.SubmitAmount amount -> amounts.submit(amount, remote, idempotencyKey);
                    });
        } catch (StripePrices.NotExpressible notExpressible) {
            return new Outcome.Rejected("NOT_EXPRESSIBLE", String.valueOf(notExpressible.getMessage()));
        } catch (StripeException failure) {
            return StripeOutcomes.of(failure);
        }
    }

    @Override
    public boolean prices(Price price) {
        return StripePrices.expressible(price);
    }

    @Override
    public Optional<String> find(ProviderCommand command, RemoteIds remote) {
        try {
            return command instanceof ProviderCommand.SubmitAmount amount
                    ? amounts.find(amount, remote)
                    : objects.find(command, remote);
        } catch (StripeException failure) {
            throw new IllegalStateException("looking up " + command.commandKind() + " at Stripe failed", failure);
        }
    }

    private String submit(ProviderCommand.SubmitUsage usage, RemoteIds remote, RequestOptions options)
            throws StripeException {
        String customerId = StripeObjects.require(remote, Kind.CUSTOMER, usage.customer());
        StripeObjects.require(remote, Kind.METER, usage.meter());
        client.v1()
                .billing()
                .meterEvents()
                .create(
                        MeterEventCreateParams.builder()
                                .setEventName(usage.meter())
                                .setIdentifier(usage.identifier())
                                .setTimestamp(usage.at().getEpochSecond())
                                .putPayload(CUSTOMER_KEY, customerId)
                                .putPayload("value", Long.toString(usage.quantity()))
                                .build(),
                        options);
        return usage.identifier();
    }

    @Override
    public List<HourQuantity> readUsage(String customerId, String meterId, Instant from, Instant to) {
        try {
            List<HourQuantity> hours = new ArrayList<>();
            MeterEventSummaryListParams params = MeterEventSummaryListParams.builder()
                    .setCustomer(customerId)
                    .setStartTime(from.getEpochSecond())
                    .setEndTime(to.getEpochSecond())
                    .setValueGroupingWindow(MeterEventSummaryListParams.ValueGroupingWindow.HOUR)
                    .setLimit(100L)
                    .build();
            for (MeterEventSummary summary : client.v1()
                    .billing()
                    .meters()
                    .eventSummaries()
                    .list(meterId, params)
                    .autoPagingIterable()) {
                hours.add(new HourQuantity(
                        Instant.ofEpochSecond(summary.getStartTime()),
                        summary.getAggregatedValue().longValueExact()));
            }
            return hours;
        } catch (StripeException failure) {
            throw new IllegalStateException("reading usage from Stripe failed", failure);
        }
    }

    @Override
    public Map<String, BigDecimal> readAmounts(String customerId) {
        try {
            return amounts.read(customerId);
        } catch (StripeException failure) {
            throw new IllegalStateException("reading amounts from Stripe failed", failure);
        }
    }

    @Override
    public Optional<InvoicePreview> previewInvoice(String customerId, String subscriptionId) {
        try {
            Invoice invoice = client.v1()
                    .invoices()
                    .createPreview(InvoiceCreatePreviewParams.builder()
                            .setCustomer(customerId)
                            .setSubscription(subscriptionId)
                            .build());
            String currency = invoice.getCurrency().toUpperCase(Locale.ROOT);
            List<InvoicePreview.Line> lines = new ArrayList<>();
            invoice.getLines().getData().forEach(line -> {
                String quantity = line.getQuantityDecimal() != null
                        ? line.getQuantityDecimal().stripTrailingZeros().toPlainString()
                        : String.valueOf(line.getQuantity());
                lines.add(new InvoicePreview.Line(
                        line.getDescription() == null ? "" : line.getDescription(),
                        quantity,
                        StripeMinorUnits.toMajor(line.getAmount(), currency)));
            });
            return Optional.of(new InvoicePreview(
                    currency,
                    StripeMinorUnits.toMajor(invoice.getTotal(), currency),
                    instant(invoice.getPeriodStart()),
                    instant(invoice.getPeriodEnd()),
                    lines));
        } catch (StripeException failure) {
            if ("invoice_upcoming_none".equals(failure.getCode())) {
                return Optional.empty();
            }
            throw new IllegalStateException("Stripe gave no invoice preview: " + failure.getMessage(), failure);
        }
    }

    private static @Nullable Instant instant(@Nullable Long seconds) {
        return seconds == null ? null : Instant.ofEpochSecond(seconds);
    }
}
