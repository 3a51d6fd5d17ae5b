package dev.weir.ledger.window;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Settings of windows. */
@ConfigMapping(prefix = "ledger.window")
public interface WindowConfig {
    /** How long a window may disagree with metering before it is put on finance's list. */
    @WithDefault("PT2M")
    Duration grace();

    /** How often to look at windows that changed. */
    @WithDefault("PT0.4S")
    Duration interval();
}
