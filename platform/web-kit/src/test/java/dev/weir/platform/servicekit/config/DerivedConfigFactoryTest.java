package dev.weir.platform.servicekit.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DerivedConfigFactoryTest {

    private static SmallRyeConfig config(String profile, Map<String, String> given) {
        return new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withProfile(profile)
                .withSources(new PropertiesConfigSource(given, "application", 250))
                .withSources(new DerivedConfigFactory())
                .build();
    }

    @Test
    void aChannelBecomesADurableQueueOfTheProducersExchange() {
        SmallRyeConfig config = config(
                "prod",
                Map.of("weir.context", "ledger", "weir.consumes.entitlement-events.keys", "entitlement.*.v1.*"));

        String prefix = "mp.messaging.incoming.entitlement-events.";
        assertThat(config.getRawValue(prefix + "connector")).isEqualTo("smallrye-rabbitmq");
        assertThat(config.getRawValue(prefix + "queue.name")).isEqualTo("ledger.entitlement-events");
        assertThat(config.getRawValue(prefix + "exchange.name")).isEqualTo("weir.entitlement");
        assertThat(config.getRawValue(prefix + "routing-keys")).isEqualTo("entitlement.*.v1.*");
        assertThat(config.getRawValue(prefix + "queue.x-queue-type")).isEqualTo("quorum");
    }

    @Test
    void anEphemeralQueueBelongsToItsProcess() {
        SmallRyeConfig config = config(
                "prod",
                Map.of(
                        "weir.context", "gateway",
                        "weir.consumes.ledger-events.keys", "ledger.wallet.v1.*",
                        "weir.consumes.ledger-events.ephemeral", "true"));

        String prefix = "mp.messaging.incoming.ledger-events.";
        assertThat(config.getRawValue(prefix + "queue.name")).startsWith("gateway.ledger-events.");
        assertThat(config.getRawValue(prefix + "queue.exclusive")).isEqualTo("true");
        assertThat(config.getRawValue(prefix + "queue.x-queue-type")).isNull();
    }

    @Test
    void testsHaveTheirChannelsInMemoryAndServicesTheLastWord() {
        SmallRyeConfig config = config(
                "test",
                Map.of(
                        "weir.context", "ledger",
                        "weir.consumes.a-events.keys", "a.*.v1.*",
                        "weir.consumes.b-events.keys", "b.*.v1.*",
                        "mp.messaging.incoming.b-events.connector", "other"));

        assertThat(config.getRawValue("mp.messaging.incoming.a-events.connector"))
                .isEqualTo("smallrye-in-memory");
        assertThat(config.getRawValue("mp.messaging.incoming.b-events.connector"))
                .isEqualTo("other");
    }

    @Test
    void logsAreJsonInProductionUnlessPlainOnesAreWanted() {
        String key = "quarkus.log.console.json.enabled";

        assertThat(config("prod", Map.of()).getRawValue(key)).isEqualTo("true");
        assertThat(config("prod", Map.of("WEIR_LOG", "plain")).getRawValue(key)).isEqualTo("false");
        assertThat(config("test", Map.of()).getRawValue(key)).isEqualTo("false");
    }
}
