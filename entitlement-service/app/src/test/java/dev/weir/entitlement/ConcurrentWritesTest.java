package dev.weir.entitlement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.catalog.contract.Rollout;
import dev.weir.platform.servicekit.web.Roles;
import dev.weir.platform.testkit.PostgresResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.security.TestSecurity;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(PostgresResource.class)
@TestSecurity(user = "olga", roles = Roles.OPERATOR)
class ConcurrentWritesTest {

    @Test
    void onlyOneOfManySubscribersWins() throws Exception {
        TestCatalog.standard().publish(Rollout.NEW_CUSTOMERS);
        String customer = Api.customer();

        List<Integer> statuses = atOnce(
                8, n -> Api.subscribe(customer, "{\"plan\":\"pro\"}").extract().statusCode());

        assertThat(statuses)
                .containsOnlyOnce(201)
                .filteredOn(status -> status != 201)
                .containsOnly(409);
        assertThat(Api.published(customer).subscriptions()).hasSize(1);
        assertThat(Api.published(customer).version()).isEqualTo(2);
    }

    @Test
    void aCustomerPutAtOnceIsMadeOnceAndCountsEveryChange() throws Exception {
        String customer = "c-" + UUID.randomUUID();

        List<Integer> statuses = atOnce(
                8, n -> Api.put(customer, "{\"name\":\"n" + n + "\"}").extract().statusCode());

        assertThat(statuses).containsOnly(200);
        assertThat(Api.published(customer).version()).isEqualTo(8);
    }

    @Test
    void parentsAndChildrenChangeAtOnceWithoutADeadlock() throws Exception {
        TestCatalog.standard().publish(Rollout.NEW_CUSTOMERS);
        String root = Api.customer();
        List<String> children = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            children.add(Api.customer("{\"parent\":\"" + root + "\"}"));
        }

        List<Integer> statuses = atOnce(12, n -> {
            String who = n % 3 == 0 ? root : children.get(n % 4);
            String body = "{\"feature\":\"sso\",\"entitlement\":{},\"reason\":\"r" + n + "\"}";
            return Api.post("/v1/customers/{c}/promotions", body, who).extract().statusCode();
        });

        assertThat(statuses).containsOnly(201);
        for (String child : children) {
            assertThat(Api.published(child).allowances()).hasSizeGreaterThanOrEqualTo(4);
        }
    }

    @Test
    void noTwoMovesCloseACircle() throws Exception {
        String one = Api.customer();
        String two = Api.customer();

        List<Integer> statuses = atOnce(
                2,
                n -> (n == 0
                                ? Api.put(one, "{\"parent\":\"" + two + "\"}")
                                : Api.put(two, "{\"parent\":\"" + one + "\"}"))
                        .extract()
                        .statusCode());

        assertThat(statuses).containsExactlyInAnyOrder(200, 422);
    }

    private interface Call {
        int run(int n) throws Exception;
    }

    private static List<Integer> atOnce(int count, Call call) throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(count)) {
            List<Callable<Integer>> calls = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                int n = i;
                calls.add(() -> call.run(n));
            }
            List<Integer> results = new ArrayList<>();
            for (Future<Integer> each : threads.invokeAll(calls)) {
                results.add(each.get());
            }
            return results;
        }
    }
}
