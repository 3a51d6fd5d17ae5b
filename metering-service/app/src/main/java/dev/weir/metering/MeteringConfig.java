package dev.weir.metering;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** What can be set of metering. */
@ConfigMapping(prefix = "metering")
public interface MeteringConfig {

    /** What may be posted. */
    Ingest ingest();

    /** The background work of counting and closing. */
    Worker worker();

    /** When windows close by themselves. */
    Watermark watermark();

    /** When a window that changed after its closing is closed again. */
    Reclose reclose();

    /** How long raw usage is kept. */
    Retention retention();

    /** See {@link MeteringConfig#retention()}. */
    interface Retention {
        /**
         * How long an event is kept after its receipt. Windows and their totals stay for ever. Never less than twice
         * {@code metering.ingest.max-age}: that long its window may still change.
         */
        @WithDefault("P400D")
        Duration events();
    }

    /** See {@link MeteringConfig#ingest()}. */
    interface Ingest {
        /** How many events one request may carry. */
        @WithDefault("10000")
        int maxBatch();

        /** How old an event's time may be; its identity is kept as long. */
        @WithDefault("P35D")
        Duration maxAge();

        /** How far an event's time may lie ahead, for clocks that differ. */
        @WithDefault("PT5M")
        Duration maxAhead();
    }

    /** See {@link MeteringConfig#worker()}. */
    interface Worker {
        /** Whether this process counts and closes in the background; a request that needs it counted does so anyway. */
        @WithDefault("true")
        boolean enabled();

        /** How many events one transaction counts at most. */
        @WithDefault("1000")
        int batch();

        /** How long usage gathers before it is counted: the price of a batch is one commit. */
        @WithDefault("PT0.1S")
        Duration gather();

        /** How often to look for what another process left. */
        @WithDefault("PT1S")
        Duration poll();
    }

    /** See {@link MeteringConfig#watermark()}. */
    interface Watermark {
        /** How long a window stays open for late usage after its end. */
        @WithDefault("PT10M")
        Duration lateness();
    }

    /** See {@link MeteringConfig#reclose()}. */
    interface Reclose {
        /** How long the window must have been quiet. */
        @WithDefault("PT2S")
        Duration quiet();

        /** After how long it is closed although it never is quiet. */
        @WithDefault("PT1M")
        Duration atMost();
    }
}
