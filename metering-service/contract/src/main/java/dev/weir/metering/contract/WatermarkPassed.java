package dev.weir.metering.contract;

import java.time.Instant;
import java.util.Objects;

/**
 * Every window of the shard that ends at or before {@code until} has been closed at least once: the fact
 * {@code metering.watermark-passed.v1} (event id = {@code watermark:<shard>:<until>}). A window that the ledger has there and
 * metering has not is an exception.
 *
 * @param windows how many windows were closed or revised by this pass
 * @param hash SHA-256 over their sorted (id, revision)
 * @param requested true when an operator asked for it: then windows that are still running were closed as they stood
 */
public record WatermarkPassed(String shard, Instant until, long windows, String hash, boolean requested) {
    public WatermarkPassed {
        Objects.requireNonNull(shard, "shard");
        Objects.requireNonNull(until, "until");
    }
}
