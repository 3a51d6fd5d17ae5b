package dev.weir.ledger.wallet.domain;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;

/** What decides about a wallet beside entitlements and its own blocks; read under the locks of the same batch. */
public interface Circumstances {

    /** The level that a root holds of a LEVEL feature, in whole units; 0 where it has no wallet. */
    BigDecimal level(String root, String feature);

    /** The periods of a subscription that were reported as paid, those of long ago left out. */
    List<PaidPeriod> paid(UUID subscription);

    /**
     * What was used of a limit's period before there was a limit, in atoms; empty if nobody looked, and what is known stays.
     */
    OptionalLong usedBefore(UUID wallet, Instant periodFrom);
}
