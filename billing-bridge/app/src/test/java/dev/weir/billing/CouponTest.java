package dev.weir.billing;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.weir.billing.contract.InvoicePaid;
import dev.weir.catalog.contract.AppliesTo;
import dev.weir.catalog.contract.Billed;
import dev.weir.catalog.contract.Charge;
import dev.weir.catalog.contract.Coupon;
import dev.weir.catalog.contract.CouponDuration;
import dev.weir.catalog.contract.Money;
import dev.weir.catalog.contract.PlanVersion;
import dev.weir.catalog.contract.Price;
import dev.weir.catalog.contract.PriceModel;
import dev.weir.catalog.contract.UsageOnChange;
import dev.weir.entitlement.contract.CustomerSnapshot;
import dev.weir.entitlement.contract.PriceOverridePart;
import dev.weir.entitlement.contract.RedeemedCoupon;
import dev.weir.entitlement.contract.SubscriptionPart;
import dev.weir.entitlement.contract.SubscriptionPhase;
import dev.weir.platform.kernel.Ids;
import dev.weir.platform.servicekit.web.Roles;
import dev.weir.platform.testkit.OutboxProbe;
import dev.weir.platform.testkit.PostgresResource;
import dev.weir.platform.testkit.TestEvents;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.security.TestSecurity;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Coupons as discounts, and prices agreed with one customer, against the Stripe simulator. */
@QuarkusTest
@WithTestResource(PostgresResource.class)
@WithTestResource(SimulatorResource.class)
@TestSecurity(
        user = "fay",
        roles = {Roles.FINANCE, Roles.PLATFORM})
class CouponTest {
    private static final String HASH = "plan-hash-discounted";

    private final String customer = "couponed-" + Ids.next();
    private final UUID subscription = Ids.next();
    private final Instant start = Instant.now().truncatedTo(ChronoUnit.HOURS);

    private static Price flat(String amount) {
        return new Price(
                PriceModel.FLAT,
                "USD",
                new BigDecimal(amount),
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
    }

    private void deliver(long version, @Nullable Coupon coupon, List<PriceOverridePart> overrides) {
        PlanVersion plan = new PlanVersion(
                "discounted",
                1,
                HASH,
                "assistant",
                "Discounted",
                List.of(),
                Map.of(),
                Map.of(),
                List.of(),
                Map.of(),
                List.of(new Charge("fee", null, AppliesTo.ALL, flat("49.00"), "P1M", Billed.IN_ADVANCE)),
                null,
                null);
        TestEvents.deliver("dev.weir.catalog.plan-version.v1", "discounted@1", 1L, plan);
        TestEvents.deliver(
                "dev.weir.entitlement.customer-snapshot.v1",
                customer,
                version,
                new CustomerSnapshot(
                        customer,
                        customer,
                        null,
                        version,
                        "Version " + version,
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
                                        start,
                                        null,
                                        HASH,
                                        null,
                                        List.of(),
                                        UsageOnChange.KEEP,
                                        coupon == null ? null : new RedeemedCoupon(coupon, start))))),
                        List.of(),
                        List.of(),
                        overrides));
    }

    @Test
    void aPercentageIsTakenOffEveryInvoice() {
        deliver(1, coupon("half", "50", null, CouponDuration.FOREVER), List.of());
        awaitPaid("24.50");
        preview("24.50");
    }

    @Test
    void anAmountIsTakenOffOneInvoiceAndNotAgainWhenSomethingElseChanges() {
        Coupon ten = coupon("ten", null, "10.00", CouponDuration.ONCE);
        deliver(1, ten, List.of());
        awaitPaid("39.00");
        preview("49.00");
        deliver(2, ten, List.of());
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(
                        () -> given().get("/v1/reconciliation/status").then().body("commandsOpen", equalTo(0)));
        preview("49.00");
        deliver(3, coupon("welcome", "100", null, CouponDuration.FOREVER), List.of());
        preview("0.00");
        deliver(4, null, List.of());
        preview("49.00");
    }

    @Test
    void aPriceAgreedWithTheCustomerTakesThePlaceOfTheCatalogs() {
        deliver(
                1,
                null,
                List.of(new PriceOverridePart(
                        Ids.next(), "discounted", null, "fee", flat("30.00"), start, null, "agreed")));
        awaitPaid("30.00");
        preview("30.00");
    }

    private static Coupon coupon(
            String key, @Nullable String percent, @Nullable String amount, CouponDuration duration) {
        return new Coupon(
                key,
                key,
                percent == null ? null : new BigDecimal(percent),
                amount == null ? null : new Money(new BigDecimal(amount), "USD"),
                duration,
                null,
                List.of());
    }

    private void awaitPaid(String amount) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(OutboxProbe.facts("billing.invoice-paid").stream()
                                .map(fact -> fact.bodyAs(InvoicePaid.class))
                                .filter(paid -> paid.customer().equals(customer)))
                        .extracting(InvoicePaid::amount)
                        .containsExactly(new BigDecimal(amount)));
    }

    private void preview(String total) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> given().get("/v1/finance/customers/{c}/invoice-preview", customer)
                        .then()
                        .statusCode(200)
                        .body("items[0].invoice.total", equalTo(total)));
    }
}
