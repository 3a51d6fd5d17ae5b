package dev.weir.metering.event;

import static dev.weir.metering.Service.call;
import static dev.weir.metering.Service.deliver;
import static dev.weir.metering.Service.event;
import static dev.weir.metering.Service.post;
import static dev.weir.metering.Service.workOff;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import dev.weir.metering.Database;
import dev.weir.metering.Fixtures;
import dev.weir.metering.Service;
import dev.weir.metering.event.app.EventRows;
import dev.weir.platform.servicekit.web.Roles;
import dev.weir.platform.testkit.PostgresResource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.security.TestSecurity;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Raw usage is forgotten after a while; what was counted of it stays, and so does who has been seen. */
@QuarkusTest
@WithTestResource(PostgresResource.class)
@TestSecurity(
        user = "demo",
        roles = {Roles.PRODUCT, Roles.FINANCE, Roles.PLATFORM})
class RetentionTest {
    @Inject
    EventRows rows;

    @Inject
    Database database;

    @BeforeEach
    void catalog() {
        Service.catalogInForce();
        deliver(Fixtures.onPro("c-forget"));
    }

    private int purge(Instant before) {
        return QuarkusTransaction.requiringNew()
                .call(() -> rows.purgeEvents(before, Instant.now().minus(Duration.ofDays(70)), 1_000));
    }

    private long total(String feature) {
        return QuarkusTransaction.requiringNew()
                .call(() -> database.first(
                                "SELECT coalesce(sum(reported), 0)::bigint FROM usage_window WHERE customer = 'c-forget' AND feature = ?",
                                p -> p.text(feature),
                                row -> row.getLong(1))
                        .orElseThrow());
    }

    @Test
    void forgetsEventsButNeitherTotalsNorIdentitiesNorWhatIsStillNeeded() {
        Instant start = Instant.now();
        post("application/cloudevents+json", call("c-forget", "forget-1", null));
        post("application/cloudevents+json", event("c-forget", "forget-2", "seats.set", null, "{\"seats\":4}"));
        workOff();
        post("application/cloudevents+json", call("c-forget", "forget-3", null));

        purge(start);
        events(3);
        purge(Instant.now().plusSeconds(60));

        events(2); // the level is folded over for ever, and the last call is not counted yet
        assertThat(total("api-calls")).isEqualTo(1);
        post("application/cloudevents+json", call("c-forget", "forget-1", null)).body("duplicates", equalTo(1));
        workOff();
        assertThat(total("api-calls")).isEqualTo(2);
        assertThat(total("seats")).isEqualTo(4);
    }

    private static void events(int number) {
        given().get("/v1/customers/c-forget/events").then().body("items", hasSize(number));
    }

    @Test
    void dropsMonthsThatAreOverAndEmpty() {
        Instant old = Instant.parse("2020-05-15T00:00:00Z");
        QuarkusTransaction.requiringNew().run(() -> rows.ensurePartitions(old));
        int dropped = QuarkusTransaction.requiringNew()
                .call(() -> rows.dropEmptyPartitions(Instant.parse("2020-07-01T00:00:00Z")));
        assertThat(dropped).as("May and June of three tables").isEqualTo(6);
    }
}
