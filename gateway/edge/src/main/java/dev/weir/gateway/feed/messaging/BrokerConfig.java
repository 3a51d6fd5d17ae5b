package dev.weir.gateway.feed.messaging;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Where the broker is. */
@ConfigMapping(prefix = "weir.gateway.broker")
interface BrokerConfig {
    /** Whether to connect at all. */
    @WithDefault("true")
    boolean enabled();

    String host();

    int port();

    String username();

    String password();

    String virtualHost();

    /** Between two attempts to connect. */
    @WithDefault("500ms")
    Duration retryAfter();
}
