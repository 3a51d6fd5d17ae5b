package dev.weir.simulators.stripe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.StripeException;
import com.stripe.model.CreditNote;
import com.stripe.model.Customer;
import com.stripe.model.Invoice;
import com.stripe.model.InvoiceLineItem;
import com.stripe.model.Price;
import com.stripe.model.Subscription;
import com.stripe.model.SubscriptionItem;
import com.stripe.model.billing.Meter;
import com.stripe.param.CreditNoteCreateParams;
import com.stripe.param.InvoiceCreatePreviewParams;
import com.stripe.param.InvoiceItemCreateParams;
import com.stripe.param.InvoiceListParams;
import com.stripe.param.SubscriptionCancelParams;
import com.stripe.param.SubscriptionCreateParams;
import com.stripe.param.SubscriptionUpdateParams;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BillingTest {
    /** 2027-03-01T00:00:00Z; April begins 31 days later. */
    private static final long MARCH = 1_803_859_200L;

    private static final long APRIL = MARCH + 31 * 86_400L;

    @TempDir
    Path data;

    private Fixture sim;
    private Customer customer;
    private Meter meter;
    private Price usage;

    @BeforeEach
    void start() throws Exception {
        sim = Fixture.start(data);
        sim.setClock(MARCH);
        sim.product("calls");
        customer = sim.customer("Ada");
        meter = sim.meter("calls");
        usage = sim.meteredPrice(meter, "calls");
    }

    @AfterEach
    void stop() {
        sim.close();
    }

    @Test
    void previewsUsageOfTheRunningPeriod() throws Exception {
        Subscription subscription = subscribe(usage);
        sim.use("calls", customer.getId(), 13, "a", MARCH + 60);

        Invoice preview = preview(subscription);

        InvoiceLineItem line = preview.getLines().getData().getFirst();
        // 10 at 5 and 3 at 2.5: 57.5 cents, half up
        assertThat(line.getAmount()).isEqualTo(58);
        assertThat(line.getQuantity()).isEqualTo(13);
        assertThat(line.getQuantityDecimal()).isEqualByComparingTo("13");
        assertThat(line.getPricing().getPriceDetails().getPrice()).isEqualTo(usage.getId());
        assertThat(line.getParent().getSubscriptionItemDetails().getSubscription())
                .isEqualTo(subscription.getId());
        assertThat(preview.getTotal()).isEqualTo(58);
        assertThat(invoices()).isEmpty();
    }

    @Test
    void billsLateUsageUntilTheGracePeriodIsOver() throws Exception {
        Subscription subscription = subscribe(usage);
        SubscriptionItem item = subscription.getItems().getData().getFirst();
        assertThat(item.getCurrentPeriodStart()).isEqualTo(MARCH);
        assertThat(item.getCurrentPeriodEnd()).isEqualTo(APRIL);
        sim.use("calls", customer.getId(), 10, "in-time", MARCH + 60);

        sim.setClock(APRIL + 60);
        Invoice draft = invoices().getFirst();
        assertThat(draft.getStatus()).isEqualTo("draft");
        assertThat(draft.getTotal()).isEqualTo(50);
        sim.use("calls", customer.getId(), 2, "late", APRIL - 1);
        sim.use("calls", customer.getId(), 100, "next-period", APRIL);
        sim.setClock(APRIL + 3600);
        sim.use("calls", customer.getId(), 50, "too-late", APRIL - 1);

        Invoice billed = invoices().getFirst();
        assertThat(billed.getId()).isEqualTo(draft.getId());
        assertThat(billed.getStatus()).isEqualTo("paid");
        assertThat(billed.getTotal()).isEqualTo(55);
        assertThat(billed.getPeriodStart()).isEqualTo(MARCH);
        assertThat(billed.getPeriodEnd()).isEqualTo(APRIL);
        assertThat(billed.getStatusTransitions().getFinalizedAt()).isEqualTo(APRIL + 3600);
        // 10 at 5 and 90 at 2.5, from the new period on its own
        assertThat(preview(subscription).getTotal()).isEqualTo(50 + 225);
    }

    @Test
    void neverBillsBelowZero() throws Exception {
        Subscription subscription = subscribe(usage);
        sim.use("calls", customer.getId(), 4, "plus", MARCH + 60);
        sim.use("calls", customer.getId(), -9, "minus", MARCH + 60);

        InvoiceLineItem line = preview(subscription).getLines().getData().getFirst();

        assertThat(line.getQuantity()).isZero();
        assertThat(line.getAmount()).isZero();
    }

    @Test
    void billsLicensedItemsInAdvanceAndProratesChanges() throws Exception {
        Price base = sim.licensedPrice(3_100, "calls");
        Subscription subscription = subscribe(base, usage);
        Invoice first = invoices().getFirst();
        assertThat(first.getStatus()).isEqualTo("paid");
        assertThat(first.getTotal()).isEqualTo(3_100);
        SubscriptionItem item = subscription.getItems().getData().getFirst();

        sim.setClock(MARCH + 10 * 86_400);
        sim.stripe
                .v1()
                .subscriptions()
                .update(
                        subscription.getId(),
                        SubscriptionUpdateParams.builder()
                                .addItem(SubscriptionUpdateParams.Item.builder()
                                        .setId(item.getId())
                                        .setQuantity(3L)
                                        .build())
                                .build());
        Invoice preview = preview(subscription);

        // 21 of 31 days: -2,100 for one, 6,300 for three; then 9,300 for April and nothing used
        assertThat(preview.getLines().getData())
                .extracting(InvoiceLineItem::getAmount)
                .containsExactlyInAnyOrder(9_300L, 0L, -2_100L, 6_300L);
        assertThat(preview.getTotal()).isEqualTo(13_500);
    }

    @Test
    void billsUsageOfAMeteredPriceThatIsReplaced() throws Exception {
        Subscription subscription = subscribe(usage);
        Price other = sim.meteredPrice(meter, "calls");
        sim.use("calls", customer.getId(), 10, "before", MARCH + 60);
        sim.setClock(MARCH + 86_400);

        sim.stripe
                .v1()
                .subscriptions()
                .update(
                        subscription.getId(),
                        SubscriptionUpdateParams.builder()
                                .addItem(SubscriptionUpdateParams.Item.builder()
                                        .setId(subscription
                                                .getItems()
                                                .getData()
                                                .getFirst()
                                                .getId())
                                        .setPrice(other.getId())
                                        .build())
                                .build());
        sim.use("calls", customer.getId(), 2, "after", MARCH + 86_400);

        assertThat(preview(subscription).getLines().getData())
                .extracting(InvoiceLineItem::getAmount)
                .containsExactlyInAnyOrder(10L, 50L);
    }

    @Test
    void billsUsageFromBeforeABackdatedSubscription() throws Exception {
        sim.setClock(MARCH + 86_400);
        sim.use("calls", customer.getId(), 3, "early", MARCH + 60);

        Subscription subscription = sim.stripe
                .v1()
                .subscriptions()
                .create(SubscriptionCreateParams.builder()
                        .setCustomer(customer.getId())
                        .setBackdateStartDate(MARCH)
                        .setBillingCycleAnchor(APRIL)
                        .addItem(SubscriptionCreateParams.Item.builder()
                                .setPrice(usage.getId())
                                .build())
                        .build());

        assertThat(subscription.getItems().getData().getFirst().getCurrentPeriodEnd())
                .isEqualTo(APRIL);
        assertThat(preview(subscription).getTotal()).isEqualTo(15);
    }

    @Test
    void anchorsByConfiguration() throws Exception {
        sim.setClock(MARCH + 86_400 + 5);

        Subscription subscription = sim.stripe
                .v1()
                .subscriptions()
                .create(SubscriptionCreateParams.builder()
                        .setCustomer(customer.getId())
                        .setBillingCycleAnchorConfig(SubscriptionCreateParams.BillingCycleAnchorConfig.builder()
                                .setDayOfMonth(1L)
                                .setHour(0L)
                                .setMinute(0L)
                                .setSecond(0L)
                                .build())
                        .addItem(SubscriptionCreateParams.Item.builder()
                                .setPrice(usage.getId())
                                .build())
                        .build());

        assertThat(subscription.getBillingCycleAnchor()).isEqualTo(APRIL);
        assertThat(subscription.getBillingMode().getType()).isEqualTo("flexible");
    }

    @Test
    void billsTheRestWhenASubscriptionIsCanceled() throws Exception {
        Subscription subscription = subscribe(usage);
        sim.use("calls", customer.getId(), 10, "a", MARCH + 60);
        sim.setClock(MARCH + 3600);

        Subscription ended = sim.stripe
                .v1()
                .subscriptions()
                .cancel(
                        subscription.getId(),
                        SubscriptionCancelParams.builder().setInvoiceNow(true).build());
        sim.advance(Duration.ofHours(2));

        assertThat(ended.getStatus()).isEqualTo("canceled");
        assertThat(invoices()).extracting(Invoice::getTotal).containsExactly(50L);
        assertThatThrownBy(() -> preview(subscription))
                .isInstanceOf(InvalidRequestException.class)
                .satisfies(e -> assertThat(((StripeException) e).getCode()).isEqualTo("invoice_upcoming_none"));
    }

    @Test
    void endsAtThePeriodsEnd() throws Exception {
        Subscription subscription = subscribe(sim.licensedPrice(500, "calls"), usage);
        sim.stripe
                .v1()
                .subscriptions()
                .update(
                        subscription.getId(),
                        SubscriptionUpdateParams.builder()
                                .setCancelAtPeriodEnd(true)
                                .build());
        sim.use("calls", customer.getId(), 10, "a", MARCH + 60);

        sim.setClock(APRIL + 7200);

        assertThat(sim.stripe
                        .v1()
                        .subscriptions()
                        .retrieve(subscription.getId())
                        .getStatus())
                .isEqualTo("canceled");
        assertThat(invoices()).extracting(Invoice::getTotal).containsExactly(50L, 500L);
    }

    @Test
    void takesInvoiceItemsUntilTheInvoiceIsFinal() throws Exception {
        Subscription subscription = subscribe(usage);
        var item = sim.stripe
                .v1()
                .invoiceItems()
                .create(InvoiceItemCreateParams.builder()
                        .setCustomer(customer.getId())
                        .setSubscription(subscription.getId())
                        .setUnitAmountDecimal(new BigDecimal("12.5"))
                        .setQuantityDecimal(new BigDecimal("2.2"))
                        .setCurrency("usd")
                        .setPeriod(InvoiceItemCreateParams.Period.builder()
                                .setStart(MARCH)
                                .setEnd(MARCH + 60)
                                .build())
                        .putMetadata("ub_key", "k1")
                        .build());
        assertThat(item.getAmount()).isEqualTo(28);

        sim.setClock(APRIL + 7200);

        Invoice invoice = invoices().getFirst();
        assertThat(invoice.getTotal()).isEqualTo(28);
        assertThat(invoice.getLines().getData())
                .anySatisfy(line -> assertThat(line.getMetadata()).containsEntry("ub_key", "k1"));
        assertThatThrownBy(() -> sim.stripe.v1().invoiceItems().delete(item.getId()))
                .isInstanceOf(InvalidRequestException.class)
                .satisfies(e -> assertThat(((StripeException) e).getCode()).isEqualTo("invoice_not_editable"));

        CreditNote note = sim.stripe
                .v1()
                .creditNotes()
                .create(CreditNoteCreateParams.builder()
                        .setInvoice(invoice.getId())
                        .setAmount(8L)
                        .setCreditAmount(8L)
                        .build());

        assertThat(note.getTotal()).isEqualTo(8);
        assertThat(sim.stripe.v1().customers().retrieve(customer.getId()).getBalance())
                .isEqualTo(-8);
    }

    @Test
    void keepsTheMonthsEnd() throws Exception {
        sim.setClock(MARCH + 30 * 86_400L);
        Subscription subscription = subscribe(usage);

        sim.setClock(MARCH + 62 * 86_400L);

        // 31 March, 30 April, 31 May
        SubscriptionItem item = sim.stripe
                .v1()
                .subscriptions()
                .retrieve(subscription.getId())
                .getItems()
                .getData()
                .getFirst();
        assertThat(item.getCurrentPeriodStart()).isEqualTo(MARCH + 60 * 86_400L);
        assertThat(item.getCurrentPeriodEnd()).isEqualTo(MARCH + 91 * 86_400L);
    }

    @Test
    void billsNothingOfATrial() throws Exception {
        Subscription subscription = sim.stripe
                .v1()
                .subscriptions()
                .create(SubscriptionCreateParams.builder()
                        .setCustomer(customer.getId())
                        .setTrialPeriodDays(14L)
                        .addItem(SubscriptionCreateParams.Item.builder()
                                .setPrice(sim.licensedPrice(900, "calls").getId())
                                .build())
                        .addItem(SubscriptionCreateParams.Item.builder()
                                .setPrice(usage.getId())
                                .build())
                        .build());
        assertThat(subscription.getStatus()).isEqualTo("trialing");
        sim.use("calls", customer.getId(), 100, "free", MARCH + 60);
        long trialEnd = subscription.getTrialEnd();

        sim.setClock(trialEnd + 7200);
        sim.use("calls", customer.getId(), 2, "paid", trialEnd);

        assertThat(invoices()).extracting(Invoice::getTotal).containsExactly(900L);
        Subscription active = sim.stripe.v1().subscriptions().retrieve(subscription.getId());
        assertThat(active.getStatus()).isEqualTo("active");
        assertThat(preview(active).getTotal()).isEqualTo(910);
    }

    @Test
    void triesChangesInAPreviewWithoutMakingThem() throws Exception {
        Price base = sim.licensedPrice(3_100, "calls");
        Subscription subscription = subscribe(base);
        SubscriptionItem item = subscription.getItems().getData().getFirst();
        sim.setClock(MARCH + 10 * 86_400);

        Invoice tried = sim.stripe
                .v1()
                .invoices()
                .createPreview(InvoiceCreatePreviewParams.builder()
                        .setSubscription(subscription.getId())
                        .setSubscriptionDetails(InvoiceCreatePreviewParams.SubscriptionDetails.builder()
                                .addItem(InvoiceCreatePreviewParams.SubscriptionDetails.Item.builder()
                                        .setId(item.getId())
                                        .setQuantity(2L)
                                        .build())
                                .build())
                        .build());

        assertThat(tried.getTotal()).isEqualTo(6_200 - 2_100 + 4_200);
        assertThat(preview(subscription).getTotal()).isEqualTo(3_100);
    }

    private Subscription subscribe(Price... prices) throws StripeException {
        SubscriptionCreateParams.Builder params =
                SubscriptionCreateParams.builder().setCustomer(customer.getId());
        for (Price price : prices) {
            params.addItem(SubscriptionCreateParams.Item.builder()
                    .setPrice(price.getId())
                    .build());
        }
        return sim.stripe.v1().subscriptions().create(params.build());
    }

    private Invoice preview(Subscription subscription) throws StripeException {
        return sim.stripe
                .v1()
                .invoices()
                .createPreview(InvoiceCreatePreviewParams.builder()
                        .setCustomer(customer.getId())
                        .setSubscription(subscription.getId())
                        .build());
    }

    private List<Invoice> invoices() throws StripeException {
        return sim.stripe
                .v1()
                .invoices()
                .list(InvoiceListParams.builder().setCustomer(customer.getId()).build())
                .getData();
    }
}
