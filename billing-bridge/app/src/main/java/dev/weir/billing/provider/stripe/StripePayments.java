package dev.weir.billing.provider.stripe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.stripe.StripeClient;
import com.stripe.exception.SignatureVerificationException;
import com.stripe.exception.StripeException;
import com.stripe.model.Event;
import com.stripe.model.Invoice;
import com.stripe.model.InvoiceLineItem;
import com.stripe.net.Webhook;
import com.stripe.param.EventListParams;
import dev.weir.billing.BillingConfig;
import dev.weir.billing.provider.domain.PaymentReports;
import dev.weir.platform.kernel.Json;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Stripe's webhooks and events about invoices, and the invoices themselves. */
@ApplicationScoped
public class StripePayments implements PaymentReports {
    private static final String PAID = "invoice.paid";
    private static final String KEY = "weir_key";
    private static final long TOLERANCE_SECONDS = 300;

    private final StripeClient client;
    private final BillingConfig config;

    @Inject
    public StripePayments(StripeClient client, BillingConfig config) {
        this.client = client;
        this.config = config;
    }

    @Override
    public Optional<Notice> notice(String body, String signature) throws NotGenuine {
        verify(body, signature);
        try {
            JsonNode event = Json.lenientMapper().readTree(body);
            String id = event.path("id").asText("");
            String invoice = event.path("data").path("object").path("id").asText("");
            return PAID.equals(event.path("type").asText()) && !id.isEmpty() && !invoice.isEmpty()
                    ? Optional.of(new Notice(id, PAID, invoice))
                    : Optional.empty();
        } catch (JsonProcessingException notJson) {
            throw new NotGenuine("the body is not JSON");
        }
    }

    /** Two secrets may be valid at a time, while one takes the place of the other. */
    private void verify(String body, String signature) throws NotGenuine {
        for (String secret : config.stripe().webhookSecrets().orElse(List.of())) {
            try {
                Webhook.Signature.verifyHeader(body, signature, secret, TOLERANCE_SECONDS);
                return;
            } catch (SignatureVerificationException other) {
                continue;
            }
        }
        throw new NotGenuine("no known secret has signed this");
    }

    @Override
    public List<Notice> noticesSince(Instant since) {
        EventListParams params = EventListParams.builder()
                .setType(PAID)
                .setCreated(EventListParams.Created.builder()
                        .setGte(since.getEpochSecond())
                        .build())
                .setLimit(100L)
                .build();
        try {
            List<Notice> notices = new ArrayList<>();
            for (Event event : client.v1().events().list(params).autoPagingIterable()) {
                String invoice = Json.lenientMapper()
                        .readTree(event.getDataObjectDeserializer().getRawJson())
                        .path("id")
                        .asText("");
                if (!invoice.isEmpty()) {
                    notices.add(new Notice(event.getId(), PAID, invoice));
                }
            }
            return notices;
        } catch (StripeException | JsonProcessingException failure) {
            throw new IllegalStateException("Stripe's events cannot be read", failure);
        }
    }

    @Override
    public Optional<PaidInvoice> paidInvoice(String id) {
        try {
            Invoice invoice = client.v1().invoices().retrieve(id);
            Invoice.Parent parent = invoice.getParent();
            if (!"paid".equals(invoice.getStatus())
                    || parent == null
                    || parent.getSubscriptionDetails() == null
                    || parent.getSubscriptionDetails().getMetadata() == null) {
                return Optional.empty();
            }
            String subscription = parent.getSubscriptionDetails().getMetadata().get(KEY);
            String customer = client.v1()
                    .customers()
                    .retrieve(invoice.getCustomer())
                    .getMetadata()
                    .get(KEY);
            Optional<InvoiceLineItem.Period> latest = invoice.getLines().getData().stream()
                    .map(InvoiceLineItem::getPeriod)
                    .max(Comparator.comparing(InvoiceLineItem.Period::getStart));
            if (subscription == null || customer == null || latest.isEmpty()) {
                return Optional.empty();
            }
            String currency = invoice.getCurrency().toUpperCase(Locale.ROOT);
            return Optional.of(new PaidInvoice(
                    id,
                    customer,
                    subscription,
                    Instant.ofEpochSecond(latest.get().getStart()),
                    Instant.ofEpochSecond(latest.get().getEnd()),
                    new BigDecimal(StripeMinorUnits.toMajor(invoice.getAmountPaid(), currency)),
                    currency,
                    Instant.ofEpochSecond(invoice.getStatusTransitions().getPaidAt())));
        } catch (StripeException failure) {
            throw new IllegalStateException("invoice " + id + " cannot be read from Stripe", failure);
        }
    }
}
