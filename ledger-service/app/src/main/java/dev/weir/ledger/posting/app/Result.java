package dev.weir.ledger.posting.app;

import dev.weir.ledger.contract.WalletState;
import dev.weir.ledger.posting.domain.Outcome;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of an operation.
 *
 * @param outcome null for a replayed answer
 * @param wallets the wallets it touched or would have touched, as they stand now
 */
public record Result(@Nullable Outcome outcome, Answer answer, List<WalletState> wallets) {
    public Result {
        wallets = List.copyOf(wallets);
    }
}
