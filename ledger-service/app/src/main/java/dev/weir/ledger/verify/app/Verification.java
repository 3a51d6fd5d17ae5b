package dev.weir.ledger.verify.app;

import dev.weir.ledger.verify.domain.Misfit;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a replay of the whole journal found.
 *
 * @param fits nothing is wrong
 * @param asOf the instant of the snapshot that was read
 * @param first the first row that does not fit, in the order of wallets and sequence numbers; null if all do
 * @param misfits the first of each wallet, and at most 20 in all
 */
public record Verification(
        boolean fits,
        Instant asOf,
        long wallets,
        long blocks,
        long rows,
        long seals,
        long millis,
        @Nullable Misfit first,
        List<Misfit> misfits) {
    public Verification {
        misfits = List.copyOf(misfits);
    }
}
