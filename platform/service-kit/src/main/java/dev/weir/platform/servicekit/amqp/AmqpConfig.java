package dev.weir.platform.servicekit.amqp;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Where the broker is. */
@ConfigMapping(prefix = "weir.amqp")
public interface AmqpConfig {

    /** Whether this process talks to a broker at all; tests without one switch it off. */
    @WithDefault("true")
    boolean enabled();

    /** The broker's host. */
    String host();

    /** The broker's AMQP 0-9-1 port. */
    int port();

    /** The user. */
    String username();

    /** The user's password. */
    String password();

    /** The virtual host. */
    String virtualHost();
}
