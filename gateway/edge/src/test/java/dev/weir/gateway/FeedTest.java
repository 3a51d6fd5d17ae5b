package dev.weir.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import dev.weir.gateway.feed.messaging.EventFeed;
import dev.weir.platform.testkit.EmbeddedBroker;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** With a real broker behind a wire that can be cut. */
@SuppressWarnings("NullAway.Init") // the test resource injects itself
@QuarkusTest
@WithTestResource(StubServices.class)
@WithTestResource(CuttableBroker.class)
class FeedTest extends EdgeTest {
    CuttableBroker broker;

    @Inject
    EventFeed feed;

    @Test
    void eventsArriveAndALostConnectionDropsTheCache() throws Exception {
        await().until(feed::connected);
        String customer = someone();
        exists(customer, 1, 10);
        check(customer, "chat").body("wallets[0].available", equalTo("10"));

        publish("weir.ledger", "ledger.wallet.v1.00", SampleData.event("w", SampleData.credits(customer, 2, 4)));
        await().atMost(Duration.ofSeconds(5))
                .untilAsserted(() -> check(customer, "chat").body("wallets[0].available", equalTo("4")));
        exists(customer, 1, 1);
        broker.cut();

        await().untilAsserted(() -> assertThat(cache.holds(customer)).isFalse());
        await().until(feed::connected);
        check(customer, "chat").body("wallets[0].available", equalTo("1"));
        publish("weir.ledger", "ledger.wallet.v1.00", SampleData.event("w", SampleData.credits(customer, 3, 2)));
        await().atMost(Duration.ofSeconds(5))
                .untilAsserted(() -> check(customer, "chat").body("wallets[0].available", equalTo("2")));
    }

    private static void publish(String exchange, String key, byte[] body) throws Exception {
        ConnectionFactory factory = new ConnectionFactory();
        factory.setHost("127.0.0.1");
        factory.setPort(EmbeddedBroker.shared().port());
        factory.setUsername(EmbeddedBroker.USER);
        factory.setPassword(EmbeddedBroker.USER);
        try (Connection connection = factory.newConnection();
                Channel channel = connection.createChannel()) {
            channel.confirmSelect();
            channel.basicPublish(exchange, key, null, body);
            channel.waitForConfirmsOrDie(5_000);
        }
    }
}
