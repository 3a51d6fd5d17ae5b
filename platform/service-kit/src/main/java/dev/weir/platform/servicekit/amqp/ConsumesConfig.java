package dev.weir.platform.servicekit.amqp;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithParentName;
import java.util.List;
import java.util.Map;

/** The channels on which this service consumes other services' events. */
@ConfigMapping(prefix = "weir.consumes")
public interface ConsumesConfig {

    /** By channel name, one per producer. */
    @WithParentName
    Map<String, Channel> channels();

    /** One producer's events. */
    interface Channel {

        /** The routing keys to bind, such as {@code ledger.wallet.v1.*}; the first word names the producer. */
        List<String> keys();

        /** Whether the queue lives and dies with this process. */
        @WithDefault("false")
        boolean ephemeral();
    }
}
