package dev.weir.gateway;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.Map;

/** How this edge works. */
@ConfigMapping(prefix = "weir.gateway")
public interface GatewayConfig {

    /** Where the services are. */
    Upstream upstream();

    /** The customers kept in memory. */
    Cache cache();

    /** How long a write waits until it can be read, before it is answered with {@code Weir-Pending: true}. */
    @WithDefault("2s")
    Duration pendingAfter();

    /**
     * What a check answers, by feature, when the customer's state could not be had in time. A feature that is not named is
     * denied.
     */
    Map<String, Fallback> fallback();

    /** What to do without state. */
    enum Fallback {
        DENY,
        ALLOW
    }

    /** The services' base addresses and how patient to be with them. */
    interface Upstream {
        URI catalog();

        URI entitlement();

        URI ledger();

        URI metering();

        URI billing();

        /** For a connection to stand. */
        @WithDefault("1s")
        Duration connectTimeout();

        /** Without a byte of an answer; then 504. */
        @WithDefault("30s")
        Duration answerTimeout();

        /** For the edge's own reads of snapshots and wallets. */
        @WithDefault("5s")
        Duration loadTimeout();

        /** Connections to one service. */
        @WithDefault("64")
        int connections();
    }

    /** Bounds of the cache. */
    interface Cache {
        /** About so many customers; one with many wallets and blocks counts for several. */
        @WithDefault("100000")
        long maxCustomers();

        /** But no more than fit into this part of the heap. */
        @WithDefault("40")
        int maxHeapPercent();

        /** How long a check waits for a customer that is not held; then the fallback, and the load goes on. */
        @WithDefault("100ms")
        Duration missTimeout();

        /** How long it is remembered that a customer does not exist. */
        @WithDefault("1s")
        Duration unknownFor();

        /** How long a held customer is good for while no events arrive. */
        @WithDefault("1s")
        Duration maxAgeWithoutEvents();
    }
}
