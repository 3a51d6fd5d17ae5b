package dev.weir.ledger.finance;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Settings of finance postings. */
@ConfigMapping(prefix = "ledger.finance")
public interface FinanceConfig {
    /** How often new journal rows are posted. Reading the postings posts what is new first, however long this is. */
    @WithDefault("PT30S")
    Duration interval();

    /** Journal rows of a wallet in one transaction at most. */
    @WithDefault("5000")
    int rows();
}
