package dev.weir.metering;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import dev.weir.ledger.contract.ReservationSettled;
import dev.weir.platform.kernel.Json;
import dev.weir.platform.kernel.Shard;
import dev.weir.platform.servicekit.events.Envelope;
import dev.weir.platform.servicekit.events.EventKind;
import dev.weir.platform.servicekit.web.Roles;
import dev.weir.platform.testkit.BrokerResource;
import dev.weir.platform.testkit.EmbeddedBroker;
import dev.weir.platform.testkit.PostgresResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.quarkus.test.security.TestSecurity;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** Over a real broker: what metering hears from each producer, and what it tells. */
@QuarkusTest
@TestProfile(WiringTest.Running.class)
@WithTestResource(PostgresResource.class)
@WithTestResource(BrokerResource.class)
@TestSecurity(
        user = "demo",
        roles = {Roles.PRODUCT, Roles.FINANCE})
class WiringTest {

    private static final String CUSTOMER = "wired";

    private final List<JsonNode> heard = new CopyOnWriteArrayList<>();

    public static class Running implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("metering.worker.enabled", "true");
        }
    }

    @Test
    void hearsCatalogEntitlementAndLedgerAndTellsTotalsAndWindows() throws Exception {
        try (Connection connection = connect();
                Channel channel = connection.createChannel()) {
            listen(channel);
            state(channel, "catalog.plan-version", "pro@1", 1, Fixtures.PRO);
            state(channel, "catalog.plan-version", "base@1", 1, Fixtures.BASE);
            state(channel, "catalog.catalog", "catalog", 1, Fixtures.catalog(1));
            state(channel, "entitlement.customer-snapshot", CUSTOMER, 1, Fixtures.onPro(CUSTOMER));
            ReservationSettled settled = Service.settled(
                    CUSTOMER, "weir:reservation", "w1", "llm.completion", "chat", "CREDIT", 7, Map.of());
            send(channel, "ledger.reservation-settled", "w1:settled", EventKind.FACT, 0, settled);
            Service.post("application/json", Service.call(CUSTOMER, "wired-1", null))
                    .statusCode(200);
            Service.post("application/json", Service.completion(CUSTOMER, "wired-2", null))
                    .statusCode(200);

            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(types())
                            .contains(
                                    "dev.weir.metering.catalog-applied.v1",
                                    "dev.weir.metering.reported-total.v1",
                                    "dev.weir.metering.usage-reported.v1"));
            await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
                given().post("/v1/reconciliation/windows/close").then().statusCode(200);
                assertThat(heard)
                        .anyMatch(event -> event.path("type").asText().equals("dev.weir.metering.window-closed.v1")
                                && event.path("data").path("enforced").asLong() == 7
                                && event.path("data").path("reported").asLong() == 6_000_000);
            });
            assertThat(types()).contains("dev.weir.metering.watermark-passed.v1");
        }
    }

    private List<String> types() {
        return heard.stream().map(event -> event.path("type").asText()).toList();
    }

    private void listen(Channel channel) throws IOException {
        channel.exchangeDeclare("weir.metering", "topic", true);
        String queue = channel.queueDeclare().getQueue();
        channel.queueBind(queue, "weir.metering", "metering.*.v1.*");
        channel.basicConsume(
                queue, true, (tag, message) -> heard.add(Json.lenientMapper().readTree(message.getBody())), tag -> {});
    }

    private static void state(Channel channel, String name, String subject, long version, Object body)
            throws IOException {
        send(channel, name, subject, EventKind.STATE, version, body);
    }

    private static void send(Channel channel, String name, String subject, EventKind kind, long version, Object body)
            throws IOException {
        String id = kind == EventKind.FACT ? subject : subject + "@" + version;
        byte[] event = Envelope.write(
                name, id, subject, Instant.now(), kind, version, Json.mapper().writeValueAsString(body));
        String exchange = "weir." + name.substring(0, name.indexOf('.'));
        channel.basicPublish(
                exchange,
                name + ".v1." + Shard.of(CUSTOMER),
                new AMQP.BasicProperties.Builder()
                        .contentType("application/cloudevents+json")
                        .deliveryMode(2)
                        .build(),
                event);
    }

    private static Connection connect() throws Exception {
        ConnectionFactory factory = new ConnectionFactory();
        factory.setHost("127.0.0.1");
        factory.setPort(EmbeddedBroker.shared().port());
        factory.setUsername(EmbeddedBroker.USER);
        factory.setPassword(EmbeddedBroker.USER);
        return factory.newConnection();
    }
}
