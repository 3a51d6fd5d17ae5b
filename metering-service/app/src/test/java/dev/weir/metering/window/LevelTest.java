package dev.weir.metering.window;

import static dev.weir.metering.Service.deliver;
import static dev.weir.metering.Service.event;
import static dev.weir.metering.Service.post;
import static dev.weir.metering.Service.workOff;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.weir.catalog.contract.AppliesTo;
import dev.weir.catalog.contract.Billed;
import dev.weir.catalog.contract.Charge;
import dev.weir.catalog.contract.Measure;
import dev.weir.catalog.contract.PlanVersion;
import dev.weir.catalog.contract.Price;
import dev.weir.catalog.contract.PriceModel;
import dev.weir.entitlement.contract.CustomerSnapshot;
import dev.weir.entitlement.contract.SubscriptionPart;
import dev.weir.metering.Fixtures;
import dev.weir.metering.Service;
import dev.weir.metering.contract.LevelMeasured;
import dev.weir.metering.window.app.LevelMeter;
import dev.weir.platform.servicekit.web.Roles;
import dev.weir.platform.testkit.OutboxProbe;
import dev.weir.platform.testkit.PostgresResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.security.TestSecurity;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Seats, charged by their highest level and by their average over time; billing periods of an hour. */
@QuarkusTest
@WithTestResource(PostgresResource.class)
@TestSecurity(
        user = "demo",
        roles = {Roles.PRODUCT, Roles.FINANCE, Roles.PLATFORM})
class LevelTest {
    private final Instant start = Instant.now().truncatedTo(ChronoUnit.HOURS).minus(3, ChronoUnit.HOURS);

    @Inject
    LevelMeter meter;

    @BeforeEach
    void catalog() {
        Service.catalogInForce();
        deliver(plan());
    }

    private static Charge charge(String key, @Nullable Measure measure) {
        Price price = new Price(
                measure == null ? PriceModel.FLAT : PriceModel.PER_UNIT,
                "USD",
                measure == null ? BigDecimal.TEN : null,
                measure == null ? null : new BigDecimal("3"),
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
        return new Charge(
                key,
                measure == null ? null : "seats",
                AppliesTo.ALL,
                price,
                measure == null ? "PT1H" : null,
                Billed.IN_ARREARS,
                measure);
    }

    private static PlanVersion plan() {
        PlanVersion pro = Fixtures.PRO;
        return new PlanVersion(
                "seated",
                1,
                "hash-seated",
                pro.product(),
                "seated",
                pro.layers(),
                pro.features(),
                pro.creditUnits(),
                List.of(),
                pro.creditLimits(),
                List.of(
                        charge("fee", null),
                        charge("most", Measure.MAX_IN_PERIOD),
                        charge("average", Measure.TIME_WEIGHTED)),
                null,
                null);
    }

    private void seats(String customer, String id, int minute, int seats) {
        post(
                "application/cloudevents+json",
                event(
                        customer,
                        customer + "-" + id,
                        "seats.set",
                        start.plus(minute, ChronoUnit.MINUTES),
                        "{\"seats\":" + seats + "}"));
        workOff();
    }

    private static LevelMeasured measured(String customer, String charge, Instant period) {
        return OutboxProbe.states("metering.level-measured").stream()
                .map(state -> state.bodyAs(LevelMeasured.class))
                .filter(body -> body.customer().equals(customer)
                        && body.charge().equals(charge)
                        && body.periodFrom().equals(period))
                .reduce((first, last) -> last)
                .orElseThrow();
    }

    @Test
    void aPeriodIsMeasuredOnceItIsOverAndAgainWhenUsageComesLate() {
        CustomerSnapshot plain = Fixtures.onPro("c-level");
        deliver(new CustomerSnapshot(
                "c-level",
                "c-level",
                null,
                1,
                null,
                "UTC",
                null,
                null,
                false,
                plain.createdAt(),
                plain.asOf(),
                List.of(new SubscriptionPart(
                        Fixtures.subscription("c-level"),
                        "assistant",
                        null,
                        start,
                        List.of(Fixtures.phase(start, null, plan())))),
                List.of()));
        seats("c-level", "l1", 10, 4);
        seats("c-level", "l2", 40, 2);

        meter.measureDue();
        meter.measureDue();
        meter.measureDue();

        LevelMeasured most = measured("c-level", "most", start);
        assertThat(most.quantity()).isEqualByComparingTo("4");
        assertThat(most.revision()).isEqualTo(1);
        LevelMeasured average = measured("c-level", "average", start);
        assertThat(average.quantity()).isEqualByComparingTo("2.666666666667");
        assertThat(average.periodTo()).isEqualTo(start.plus(1, ChronoUnit.HOURS));
        Instant second = start.plus(1, ChronoUnit.HOURS);
        assertThat(measured("c-level", "average", second).quantity()).isEqualByComparingTo("2");

        seats("c-level", "l3", 20, 6);

        assertThat(measured("c-level", "most", start).quantity()).isEqualByComparingTo("6");
        LevelMeasured revised = measured("c-level", "average", start);
        assertThat(revised.quantity()).isEqualByComparingTo("3.333333333333");
        assertThat(revised.revision()).isEqualTo(2);
        assertThat(measured("c-level", "average", second).revision())
                .as("not touched")
                .isEqualTo(1);

        given().queryParam("feature", "seats")
                .queryParam("from", start.toString())
                .queryParam("to", second.toString())
                .get("/v1/customers/c-level/usage")
                .then()
                .statusCode(200)
                .body("level.level", equalTo("2"))
                .body("level.maximum", equalTo("6"))
                .body("level.timeWeighted", equalTo("3.333333333333"));
    }
}
