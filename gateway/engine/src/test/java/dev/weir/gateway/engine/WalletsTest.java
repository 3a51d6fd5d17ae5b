package dev.weir.gateway.engine;

import static dev.weir.gateway.engine.Sample.NOW;
import static dev.weir.gateway.engine.Sample.block;
import static dev.weir.gateway.engine.Sample.wallet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.ledger.contract.WalletKind;
import dev.weir.ledger.contract.WalletState;
import dev.weir.ledger.contract.WalletStatus;
import java.util.List;
import org.junit.jupiter.api.Test;

class WalletsTest {

    @Test
    void theHigherSequenceNumberWins() {
        Wallets wallets = new Wallets(List.of(at(5)), NOW);

        Wallets merged = wallets.merge(List.of(at(4), at(6)));

        assertThat(merged.states()).extracting(WalletState::seq).containsExactly(6L);
    }

    @Test
    void nothingNewerChangesNothing() {
        Wallets wallets = new Wallets(List.of(at(5)), NOW);

        Wallets merged = wallets.merge(List.of(at(5), at(1)));

        assertThat(merged).isSameAs(wallets);
    }

    private static WalletState at(long seq) {
        return wallet(
                "ai-credits", WalletKind.CREDIT, WalletStatus.ACTIVE, 6, seq, block(1, 0, 0, null, null), 0, 0, null);
    }
}
