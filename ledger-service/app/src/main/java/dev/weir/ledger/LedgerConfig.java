package dev.weir.ledger;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How the ledger works; every value has a default. */
@ConfigMapping(prefix = "ledger")
public interface LedgerConfig {

    /** Blocks that have ended. */
    Closing closing();

    /** The write path. */
    Lanes lanes();

    /** Reservations that nobody reports on. */
    Lapse lapse();

    /** Keys under which effects happen once. */
    Keys keys();

    /** Snapshots for looks at the past. */
    Snapshots snapshots();

    /** How long after its end a block may still pay for reported usage of its time. */
    interface Closing {
        /** For limit blocks. */
        @WithDefault("PT72H")
        Duration limits();

        /** For credit blocks. */
        @WithDefault("PT1H")
        Duration credits();
    }

    /** Operations of a root customer are decided in one lane, in batches of whatever queued meanwhile. */
    interface Lanes {
        /** How many lanes, each with one transaction at a time. */
        @WithDefault("8")
        int count();

        /** Operations in one transaction at most. */
        @WithDefault("256")
        int batch();

        /** Operations that may wait in a lane; more are refused with 503. */
        @WithDefault("20000")
        int queue();

        /** How often a batch that met another instance is tried. */
        @WithDefault("10")
        int attempts();
    }

    /** The lapse of holds. */
    interface Lapse {
        /** From a hold's deadline until what is certain is captured and the rest given back. */
        @WithDefault("PT1H")
        Duration quarantine();

        /** How often the sweeper looks. */
        @WithDefault("1s")
        Duration interval();

        /** Holds at a time. */
        @WithDefault("500")
        int batch();
    }

    /** Operation keys. */
    interface Keys {
        /** How long a key is remembered. */
        @WithDefault("P40D")
        Duration kept();
    }

    /** Snapshots of wallets. */
    interface Snapshots {
        /** After so many rows of a wallet one more. */
        @WithDefault("10000")
        long rows();

        /** How often the maker looks. */
        @WithDefault("60s")
        Duration interval();
    }
}
