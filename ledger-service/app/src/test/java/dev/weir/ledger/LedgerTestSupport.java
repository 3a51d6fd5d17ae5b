package dev.weir.ledger;

import static io.restassured.RestAssured.given;

import dev.weir.catalog.contract.PlanVersion;
import dev.weir.entitlement.contract.CustomerSnapshot;
import dev.weir.platform.testkit.TestEvents;
import io.restassured.response.ValidatableResponse;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.assertj.core.api.Assertions;

/** What component tests share: a catalog, customers, and calls. */
public final class LedgerTestSupport {
    private static final AtomicLong CUSTOMERS = new AtomicLong();

    private LedgerTestSupport() {}

    public static void catalog() {
        deliver(Catalogue.starter());
        deliver(Catalogue.pro());
        TestEvents.deliver(
                "dev.weir.catalog.catalog.v1",
                "catalog",
                1,
                Catalogue.inForce(1, Catalogue.starter(), Catalogue.pro()));
    }

    public static void deliver(PlanVersion plan) {
        TestEvents.deliver(
                "dev.weir.catalog.plan-version.v1", plan.plan() + "@" + plan.version(), plan.version(), plan);
    }

    public static void deliver(CustomerSnapshot snapshot) {
        EventDelivery.handled(TestEvents.deliver(
                "dev.weir.entitlement.customer-snapshot.v1", snapshot.customer(), snapshot.version(), snapshot));
    }

    /** A new customer on a plan since an hour. */
    public static String subscribed(PlanVersion plan) {
        String customer = "cust-" + CUSTOMERS.incrementAndGet();
        Instant start = Instant.now().minus(1, ChronoUnit.HOURS).truncatedTo(ChronoUnit.SECONDS);
        deliver(Catalogue.customer(customer, 1, start, List.of(), Catalogue.phase(start, null, plan)));
        return customer;
    }

    public static ValidatableResponse post(String path, String body) {
        return given().contentType("application/json")
                .body(body.replace('\'', '"'))
                .post(path)
                .then();
    }

    /** Reserves and returns the reservation's id. */
    public static String reserve(String customer, String feature, String quantity) {
        return post(
                        "/v1/reservations",
                        "{'customer':'%s','feature':'%s','quantity':'%s'}".formatted(customer, feature, quantity))
                .statusCode(201)
                .extract()
                .path("id");
    }

    private static final class EventDelivery {
        static void handled(dev.weir.platform.servicekit.events.EventConsumer.Delivery delivery) {
            Assertions.assertThat(delivery)
                    .isEqualTo(dev.weir.platform.servicekit.events.EventConsumer.Delivery.HANDLED);
        }
    }
}
