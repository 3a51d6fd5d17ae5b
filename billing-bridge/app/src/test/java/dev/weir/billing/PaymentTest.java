package dev.weir.billing;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import com.stripe.net.Webhook;
import dev.weir.billing.contract.InvoicePaid;
import dev.weir.billing.payment.persistence.NoticeTable;
import dev.weir.billing.provider.domain.PaymentReports;
import dev.weir.catalog.contract.AppliesTo;
import dev.weir.catalog.contract.Billed;
import dev.weir.catalog.contract.Charge;
import dev.weir.catalog.contract.PlanVersion;
import dev.weir.catalog.contract.Price;
import dev.weir.catalog.contract.PriceModel;
import dev.weir.catalog.contract.UsageOnChange;
import dev.weir.entitlement.contract.CustomerSnapshot;
import dev.weir.entitlement.contract.SubscriptionPart;
import dev.weir.entitlement.contract.SubscriptionPhase;
import dev.weir.platform.kernel.Ids;
import dev.weir.platform.testkit.OutboxProbe;
import dev.weir.platform.testkit.PostgresResource;
import dev.weir.platform.testkit.TestEvents;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Payments, as the provider reports them. Nobody logs in to a webhook. */
@QuarkusTest
@WithTestResource(PostgresResource.class)
@WithTestResource(SimulatorResource.class)
class PaymentTest {
    private final String customer = "payer-" + Ids.next();
    private final UUID subscription = Ids.next();

    @Inject
    NoticeTable notices;

    private final Instant start = Instant.now().truncatedTo(ChronoUnit.HOURS);

    private static PlanVersion plan() {
        Price fee = new Price(
                PriceModel.FLAT,
                "USD",
                new BigDecimal("49.00"),
                null,
                null,
                null,
                List.of(),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
        return new PlanVersion(
                "paid",
                1,
                "plan-hash-paid",
                "assistant",
                "Paid",
                List.of(),
                Map.of(),
                Map.of(),
                List.of(),
                Map.of(),
                List.of(new Charge("fee", null, AppliesTo.ALL, fee, "P1M", Billed.IN_ADVANCE)),
                null,
                null);
    }

    @Test
    void thePaymentOfAPeriodsInvoiceIsToldOnceWithItsPeriod() {
        TestEvents.deliver("dev.weir.catalog.plan-version.v1", "paid@1", 1L, plan());
        TestEvents.deliver(
                "dev.weir.entitlement.customer-snapshot.v1",
                customer,
                1L,
                new CustomerSnapshot(
                        customer,
                        customer,
                        null,
                        1,
                        "Payer",
                        "UTC",
                        "NL",
                        "USD",
                        false,
                        start,
                        start,
                        List.of(new SubscriptionPart(
                                subscription,
                                "assistant",
                                null,
                                start,
                                List.of(new SubscriptionPhase(
                                        start, null, "plan-hash-paid", null, List.of(), UsageOnChange.KEEP)))),
                        List.of()));

        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(paid()).hasSize(1));
        InvoicePaid paid = paid().getFirst();
        assertThat(paid.subscription()).isEqualTo(subscription);
        assertThat(paid.periodFrom()).isEqualTo(start);
        assertThat(paid.periodTo()).isAfter(start.plus(27, ChronoUnit.DAYS));
        assertThat(paid.amount()).isEqualByComparingTo("49.00");
        assertThat(paid.currency()).isEqualTo("USD");
    }

    @Test
    void aWebhookIsBelievedByItsSignatureAlone() throws Exception {
        String body = "{\"id\":\"evt_" + Ids.next()
                + "\",\"type\":\"invoice.paid\",\"data\":{\"object\":{\"id\":\"in_unknown\",\"object\":\"invoice\"}}}";

        send(body, "t=1,v1=00").statusCode(400).body("code", equalTo("INVALID_SIGNATURE"));
        send(body, signed(body, "whsec_other", 0)).statusCode(400);
        send(body, signed(body, "whsec_test", 3_600)).statusCode(400);
        send(body + " ", signed(body, "whsec_test", 0)).statusCode(400);
        send(body, signed(body, "whsec_test", 0)).statusCode(204);
        send(body, signed(body, "whsec_old", 0)).statusCode(204);
    }

    @Test
    void aWebhookDoesNotMoveTheInstantUpToWhichTheProviderWasAsked() {
        String provider = "asked-" + Ids.next();
        notices.keep(provider, new PaymentReports.Notice("evt_1", "invoice.paid", "in_1"));
        assertThat(notices.asked(provider)).isEmpty();

        Instant before = start.minus(3, ChronoUnit.HOURS);
        notices.asked(provider, before);
        notices.keep(provider, new PaymentReports.Notice("evt_2", "invoice.paid", "in_2"));

        assertThat(notices.asked(provider)).contains(before);
    }

    private List<InvoicePaid> paid() {
        return OutboxProbe.facts("billing.invoice-paid").stream()
                .map(fact -> fact.bodyAs(InvoicePaid.class))
                .filter(body -> body.customer().equals(customer))
                .toList();
    }

    private static io.restassured.response.ValidatableResponse send(String body, String signature) {
        return given().contentType("application/json")
                .header("Stripe-Signature", signature)
                .body(body.getBytes(StandardCharsets.UTF_8))
                .post("/webhooks/stripe")
                .then();
    }

    private static String signed(String body, String secret, long secondsAgo) throws Exception {
        long at = Instant.now().getEpochSecond() - secondsAgo;
        return "t=" + at + ",v1=" + Webhook.Util.computeHmacSha256(secret, at + "." + body);
    }
}
