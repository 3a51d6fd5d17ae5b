package dev.weir.billing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.billing.contract.RechargeFailed;
import dev.weir.billing.contract.RechargePaid;
import dev.weir.catalog.contract.UsageOnChange;
import dev.weir.entitlement.contract.CustomerSnapshot;
import dev.weir.entitlement.contract.SubscriptionPart;
import dev.weir.entitlement.contract.SubscriptionPhase;
import dev.weir.ledger.contract.RechargeRequested;
import dev.weir.platform.kernel.Ids;
import dev.weir.platform.testkit.OutboxProbe;
import dev.weir.platform.testkit.PostgresResource;
import dev.weir.platform.testkit.TestEvents;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the ledger's recharge rules ask for, bought at the Stripe simulator. */
@QuarkusTest
@WithTestResource(PostgresResource.class)
@WithTestResource(SimulatorResource.class)
class RechargeTest {
    private final String customer = "recharging-" + Ids.next();
    private final UUID request = Ids.next();

    @BeforeEach
    void aCustomerWhoPaysForUsage() {
        Instant start = Instant.now().truncatedTo(ChronoUnit.HOURS).minus(2, ChronoUnit.DAYS);
        TestEvents.deliver("dev.weir.catalog.plan-version.v1", "starter@1", 1L, SamplePlan.version());
        TestEvents.deliver(
                "dev.weir.entitlement.customer-snapshot.v1",
                customer,
                1L,
                new CustomerSnapshot(
                        customer,
                        customer,
                        null,
                        1,
                        "Recharging",
                        "UTC",
                        null,
                        "USD",
                        false,
                        start,
                        start,
                        List.of(new SubscriptionPart(
                                Ids.next(),
                                "assistant",
                                null,
                                start,
                                List.of(new SubscriptionPhase(
                                        start, null, SamplePlan.HASH, null, List.of(), UsageOnChange.KEEP)))),
                        List.of()));
    }

    private void requested(String cost, String eventId) {
        TestEvents.deliver(
                "dev.weir.ledger.recharge-requested.v1",
                customer,
                eventId,
                new RechargeRequested(
                        request,
                        Ids.of("wallet of " + customer),
                        customer,
                        "ai-credits",
                        6,
                        50_000_000,
                        new BigDecimal(cost),
                        "USD",
                        1,
                        Instant.now()));
    }

    @Test
    void buysOnceAndTellsThatItWasPaid() {
        requested("10.00", request.toString());
        requested("10.00", request + ":again");

        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(OutboxProbe.facts("billing.recharge-paid").stream()
                                .map(fact -> fact.bodyAs(RechargePaid.class))
                                .filter(paid -> paid.request().equals(request)))
                        .singleElement()
                        .satisfies(paid -> {
                            assertThat(paid.customer()).isEqualTo(customer);
                            assertThat(paid.invoice()).isNotEmpty();
                        }));
    }

    @Test
    void tellsThatItFailedWhenTheProviderCannotTakeTheAmount() {
        requested("0.001", request.toString());

        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(OutboxProbe.facts("billing.recharge-failed").stream()
                                .map(fact -> fact.bodyAs(RechargeFailed.class))
                                .filter(failed -> failed.request().equals(request)))
                        .singleElement()
                        .satisfies(failed -> assertThat(failed.reason()).contains("NOT_EXPRESSIBLE")));
    }
}
