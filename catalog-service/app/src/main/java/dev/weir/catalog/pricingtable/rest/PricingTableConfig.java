package dev.weir.catalog.pricingtable.rest;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Who may read the pricing table, and for how long it may be kept. */
@ConfigMapping(prefix = "catalog.pricing-table")
interface PricingTableConfig {

    /** true = anyone, without a token: for a web page. */
    @WithDefault("false")
    boolean open();

    /** For how long a browser or a cache on the way may keep it without asking. */
    @WithDefault("1m")
    Duration maxAge();
}
