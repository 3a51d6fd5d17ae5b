package dev.weir.entitlement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.catalog.contract.Rollout;
import dev.weir.entitlement.contract.PlanUsage;
import dev.weir.entitlement.contract.PlanUsage.Held;
import dev.weir.platform.servicekit.web.Roles;
import dev.weir.platform.testkit.OutboxProbe;
import dev.weir.platform.testkit.PostgresResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.security.TestSecurity;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(PostgresResource.class)
@TestSecurity(
        user = "olga",
        roles = {Roles.OPERATOR, Roles.PLATFORM})
class PlanUsageTest {

    @Test
    void tellsHowManySubscriptionsHoldEachVersion() {
        TestCatalog catalog = TestCatalog.standard();
        catalog.plan("counted", 1, "10", null);
        catalog.addon("counted-calls", List.of("counted"), 5, "5", "P1M");
        catalog.publish(Rollout.NEW_CUSTOMERS);
        Api.subscription(Api.customer(), "{\"plan\":\"counted\"}");
        String customer = Api.customer();
        String ending = Api.subscription(customer, "{\"plan\":\"counted\",\"addons\":[{\"addon\":\"counted-calls\"}]}");
        catalog.plan("counted", 2, "20", null);
        catalog.publish(Rollout.NEW_CUSTOMERS);

        Api.subscription(Api.customer(), "{\"plan\":\"counted\"}");

        until("plan/counted", new Held(1, "counted@1", 2), new Held(2, "counted@2", 1));
        until("addon/counted-calls", new Held(1, "counted-calls@1", 1));
        Api.act(customer, ending, "cancel", "{\"when\":\"NOW\"}").statusCode(200);
        until("plan/counted", new Held(1, "counted@1", 1), new Held(2, "counted@2", 1));
        until("addon/counted-calls");
    }

    private static void until(String aggregate, Held... held) {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(OutboxProbe.states("entitlement.plan-usage"))
                        .filteredOn(state -> state.aggregateId().equals(aggregate))
                        .singleElement()
                        .satisfies(state -> {
                            assertThat(state.shard()).isEqualTo("00");
                            PlanUsage usage = state.bodyAs(PlanUsage.class);
                            assertThat(usage.revision()).isEqualTo(state.version());
                            assertThat(usage.versions()).containsExactly(held);
                        }));
    }
}
