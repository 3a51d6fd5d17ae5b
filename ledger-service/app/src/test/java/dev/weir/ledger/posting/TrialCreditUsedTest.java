package dev.weir.ledger.posting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.catalog.contract.Category;
import dev.weir.ledger.contract.BlockSource;
import dev.weir.ledger.contract.BlockState;
import dev.weir.ledger.contract.BlockStatus;
import dev.weir.ledger.contract.TrialCreditUsed;
import dev.weir.ledger.contract.WalletKind;
import dev.weir.ledger.contract.WalletState;
import dev.weir.ledger.contract.WalletStatus;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** When the credit of a trial counts as used up. */
class TrialCreditUsedTest {
    private static final Instant NOW = Instant.parse("2026-05-01T00:00:00Z");
    private static final UUID SUBSCRIPTION = new UUID(7, 7);
    private static final String TRIAL = SUBSCRIPTION + "|taste|TRIAL:pro|once";

    @Test
    void isToldOfATrialsBlockWithNothingLeftAndNothingHeld() {
        BlockState used = block(TRIAL, 0, 0, 100);

        List<TrialCreditUsed> told = TrialCreditUsed.in(wallet(used));

        assertThat(told)
                .containsExactly(new TrialCreditUsed("acme", SUBSCRIPTION, "taste", "ai-credits", used.id(), NOW));
    }

    @Test
    void isNotToldWhileSomethingIsLeftOrHeldNorOfOtherCredit() {
        String plan = SUBSCRIPTION + "|monthly|2026-05-01T00:00:00Z";

        List<TrialCreditUsed> told = TrialCreditUsed.in(
                wallet(block(TRIAL, 1, 0, 99), block(TRIAL, 0, 5, 95), block(TRIAL, 0, 0, 0), block(plan, 0, 0, 100)));

        assertThat(told).isEmpty();
    }

    private static BlockState block(String reference, long remaining, long held, long consumed) {
        return new BlockState(
                UUID.randomUUID(),
                BlockSource.PROMOTIONAL,
                reference,
                Category.PROMOTIONAL,
                10,
                null,
                100,
                remaining,
                held,
                consumed,
                0,
                0,
                BlockStatus.ACTIVE,
                NOW,
                null);
    }

    private static WalletState wallet(BlockState... blocks) {
        return new WalletState(
                new UUID(1, 1),
                "acme",
                "ai-credits",
                null,
                WalletKind.CREDIT,
                WalletStatus.values()[0],
                0,
                1,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                null,
                null,
                List.of(blocks),
                NOW);
    }
}
