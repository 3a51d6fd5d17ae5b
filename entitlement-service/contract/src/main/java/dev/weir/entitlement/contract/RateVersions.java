package dev.weir.entitlement.contract;

import dev.weir.catalog.contract.RateRule;
import dev.weir.platform.kernel.CanonicalJson;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;

/** The content hash of a rate table. Hashing costs more than a whole resolution, and tables are few, so hashes are kept. */
final class RateVersions {
    private static final int KEPT_MAX = 4096;
    private static final ConcurrentHashMap<List<RateRule>, String> KEPT = new ConcurrentHashMap<>();

    private RateVersions() {}

    static String of(List<RateRule> rates) {
        String kept = KEPT.get(rates);
        if (kept != null) {
            return kept;
        }
        String hash = CanonicalJson.hash(rates);
        if (KEPT.size() < KEPT_MAX) {
            KEPT.put(rates, hash);
        }
        return hash;
    }
}
