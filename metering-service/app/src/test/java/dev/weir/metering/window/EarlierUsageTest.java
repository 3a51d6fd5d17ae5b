package dev.weir.metering.window;

import static dev.weir.metering.Service.call;
import static dev.weir.metering.Service.deliver;
import static dev.weir.metering.Service.post;
import static dev.weir.metering.Service.reportedTotals;
import static dev.weir.metering.Service.workOff;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.metering.Fixtures;
import dev.weir.metering.Service;
import dev.weir.metering.contract.UsageBefore;
import dev.weir.platform.servicekit.web.Roles;
import dev.weir.platform.testkit.OutboxProbe;
import dev.weir.platform.testkit.PostgresResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.security.TestSecurity;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A feature that was unlimited gets a limit in mid-period: the ledger is told what was used so far. */
@QuarkusTest
@WithTestResource(PostgresResource.class)
@TestSecurity(
        user = "demo",
        roles = {Roles.PRODUCT, Roles.FINANCE, Roles.PLATFORM})
class EarlierUsageTest {

    @BeforeEach
    void catalog() {
        Service.catalogInForce();
        deliver(Fixtures.OPEN);
    }

    private static List<UsageBefore> told(String customer) {
        return OutboxProbe.states("metering.usage-before").stream()
                .map(state -> state.bodyAs(UsageBefore.class))
                .filter(usage -> usage.customer().equals(customer))
                .toList();
    }

    private static Instant limitedFromNow(String customer) {
        Instant change = Instant.now().truncatedTo(ChronoUnit.MICROS);
        deliver(Fixtures.snapshot(
                customer,
                2,
                Fixtures.phase(Fixtures.ANCHOR, change, Fixtures.OPEN),
                Fixtures.phase(change, null, Fixtures.BASE)));
        return change;
    }

    @Test
    void tellsWhatWasUsedBeforeTheLimitAndRevisesItWhenMoreComesLate() {
        deliver(Fixtures.snapshot("c-before", 1, Fixtures.phase(Fixtures.ANCHOR, null, Fixtures.OPEN)));
        post(
                "application/cloudevents-batch+json",
                "[" + call("c-before", "before-b1", null) + "," + call("c-before", "before-b2", null) + "]");
        workOff();

        Instant change = limitedFromNow("c-before");
        workOff();

        UsageBefore first = told("c-before").getFirst();
        assertThat(first.total()).isEqualTo(2);
        assertThat(first.limitFrom()).isEqualTo(change);
        assertThat(first.periodFrom()).isBefore(change);
        assertThat(first.usageId()).isEqualTo(UsageBefore.id("c-before", "api-calls", null, first.periodFrom()));

        post("application/cloudevents+json", call("c-before", "before-b3", change.minusMillis(1)));
        post("application/cloudevents+json", call("c-before", "before-b4", null));
        workOff();

        UsageBefore second = told("c-before").getLast();
        assertThat(second.total()).isEqualTo(3);
        assertThat(second.revision()).isGreaterThan(first.revision());
        assertThat(reportedTotals("c-before").getLast().total())
                .as("what comes after the change is booked by the ledger")
                .isEqualTo(1);
    }

    @Test
    void saysNothingWhereALimitBeginsWithItsPeriodOrStoodBefore() {
        deliver(Fixtures.onPro("c-not-before"));
        post("application/cloudevents+json", call("c-not-before", "before-n1", null));
        workOff();
        Instant change = Instant.now().truncatedTo(ChronoUnit.MICROS);
        deliver(Fixtures.snapshot(
                "c-not-before",
                2,
                Fixtures.phase(Fixtures.ANCHOR, change, Fixtures.PRO),
                Fixtures.phase(change, null, Fixtures.BASE)));
        workOff();

        assertThat(told("c-not-before")).isEmpty();
    }
}
