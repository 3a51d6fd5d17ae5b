package dev.weir.entitlement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.catalog.contract.Rollout;
import dev.weir.entitlement.contract.CustomerSnapshot;
import dev.weir.platform.servicekit.web.DatabaseClock;
import dev.weir.platform.servicekit.web.Roles;
import dev.weir.platform.testkit.PostgresResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.security.TestSecurity;
import jakarta.inject.Inject;
import java.time.Instant;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Snapshots are made anew when something begins or ends by itself. */
@QuarkusTest
@WithTestResource(PostgresResource.class)
@TestSecurity(
        user = "olga",
        roles = {Roles.OPERATOR, Roles.PLATFORM})
class BoundaryTest {
    @Inject
    DatabaseClock clock;

    @BeforeEach
    void publishTheCatalog() {
        TestCatalog.standard().publish(Rollout.NEW_CUSTOMERS);
    }

    @Test
    void aPromotionThatEndsIsTold() {
        String customer = Api.customer();
        Instant end = clock.now().plusMillis(700);
        Api.post(
                        "/v1/customers/{c}/promotions",
                        "{\"feature\":\"sso\",\"entitlement\":{},\"to\":\"" + end + "\",\"reason\":\"flash\"}",
                        customer)
                .statusCode(201);

        CustomerSnapshot told = awaitVersion(customer, 3);

        assertThat(told.asOf()).isAfterOrEqualTo(end.minusMillis(1)).isBefore(end.plusSeconds(10));
    }

    @Test
    void aTrialThatEndsIsToldToThoseWhoShareItToo() {
        Instant start = clock.now().minusSeconds(14 * 86_400).plusMillis(1_500);
        String customer = Api.customer();
        String child = Api.customer("{\"parent\":\"" + customer + "\"}");

        Api.subscribe(customer, "{\"plan\":\"pro\",\"trial\":true,\"start\":\"" + start + "\"}")
                .statusCode(201);

        assertThat(awaitVersion(customer, 3).version()).isEqualTo(3);
        assertThat(awaitVersion(child, 3).version()).isEqualTo(3);
    }

    @Test
    void aPeriodThatEndsIsTold() {
        Instant anchor = clock.now().plusMillis(1_500);
        String customer = Api.customer();

        Api.subscribe(customer, "{\"plan\":\"pro\",\"anchor\":\"" + anchor + "\"}")
                .statusCode(201);

        assertThat(awaitVersion(customer, 3).asOf()).isAfterOrEqualTo(anchor.minusMillis(1));
    }

    private static CustomerSnapshot awaitVersion(String customer, long version) {
        Awaitility.await().until(() -> Api.published(customer).version() >= version);
        return Api.published(customer);
    }
}
