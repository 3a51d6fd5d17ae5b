package dev.weir.platform.testkit;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A real AMQP 0-9-1 broker (embedded Broker-J) for the tests that need one; it switches channels and relay from memory to
 * the broker. The environment variable {@code WEIR_TEST_AMQP_PORT} names a local RabbitMQ (guest) to use instead. Use with {@code @WithTestResource(BrokerResource.class)}.
 */
public class BrokerResource implements QuarkusTestResourceLifecycleManager {

    @Override
    public Map<String, String> start() {
        @Nullable String given = System.getenv("WEIR_TEST_AMQP_PORT");
        return Map.of(
                "weir.test.broker",
                "true",
                "WEIR_AMQP_HOST",
                "127.0.0.1",
                "WEIR_AMQP_PORT",
                given == null ? Integer.toString(EmbeddedBroker.shared().port()) : given,
                "WEIR_AMQP_USERNAME",
                EmbeddedBroker.USER,
                "WEIR_AMQP_PASSWORD",
                EmbeddedBroker.USER,
                "WEIR_AMQP_VIRTUAL_HOST",
                "/");
    }

    @Override
    public void stop() {
        // The broker ends with the JVM; its folder is temporary.
    }
}
