package dev.weir.billing;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Settings of the bridge. */
@ConfigMapping(prefix = "billing")
public interface BillingConfig {
    /** The provider's side. */
    Stripe stripe();

    /** How commands are carried out. */
    Dispatch dispatch();

    /** How the provider's figures are read back. */
    Confirmation confirmation();

    /** What Weir rates itself. */
    Amounts amounts();

    /** Settings of amounts. */
    interface Amounts {
        /** How long after the end of a period its usage is billed: until its last windows have closed. */
        @WithDefault("PT30M")
        Duration settle();
    }

    /** How payments are learnt of. */
    Payments payments();

    /** Payment settings. */
    interface Payments {
        /** How often to ask for payments that no webhook has told of. */
        @WithDefault("PT1M")
        Duration poll();
    }

    /** Settings of the Stripe account. */
    interface Stripe {
        /** Base address of the API; the local stack points it at the simulator. */
        @WithDefault("https://api.stripe.com")
        URI apiBase();

        /** Secret key of the account. */
        @WithDefault("sk_test_local")
        String apiKey();

        /** What the account's webhooks are signed with; several while one takes the place of another. None: all are refused. */
        Optional<List<String>> webhookSecrets();

        /** Connect and read timeout of one call. */
        @WithDefault("PT10S")
        Duration timeout();
    }

    /** Dispatcher settings. */
    interface Dispatch {
        /** How often to look for work when nothing wakes the dispatcher. */
        @WithDefault("PT0.5S")
        Duration interval();

        /** Commands in flight at once. */
        @WithDefault("8")
        int concurrency();

        /** After this long without word, a command in flight counts as unknown and is repeated under the same key. */
        @WithDefault("PT30S")
        Duration lease();

        /** The provider remembers a key this long (less a margin); afterwards a command is looked up before it is repeated. */
        @WithDefault("PT23H")
        Duration keyHorizon();
    }

    /** Read-back settings. */
    interface Confirmation {
        /** First read after delivery. */
        @WithDefault("PT0.3S")
        Duration delay();

        /** Reads before a difference is reported; it is read on, more slowly. */
        @WithDefault("8")
        int patience();

        /** How often a confirmed hour is read again, to see what others did to it. */
        @WithDefault("PT10M")
        Duration recheck();
    }
}
