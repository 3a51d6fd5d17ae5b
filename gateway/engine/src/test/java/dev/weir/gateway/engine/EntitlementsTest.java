package dev.weir.gateway.engine;

import static dev.weir.catalog.contract.OnLimit.HARD;
import static dev.weir.gateway.engine.Sample.NOW;
import static dev.weir.gateway.engine.Sample.RESET;
import static dev.weir.gateway.engine.Sample.creditWallet;
import static dev.weir.gateway.engine.Sample.limitWallet;
import static dev.weir.gateway.engine.Sample.sample;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.entitlement.contract.SourceKind;
import dev.weir.entitlement.contract.SourceOutcome;
import java.math.BigDecimal;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class EntitlementsTest {

    @Test
    void tellsWhatACheckWouldGoBy() {
        CustomerView view = sample().limit("api-calls", "10", HARD)
                .wallet(limitWallet("api-calls", 10, 7, 1, 0))
                .view();

        EntitlementState state = Entitlements.one(view, "api-calls", null, null, true, NOW, false);

        Decision decision = Check.decide(view, CheckRequest.of(Sample.CUSTOMER, "api-calls"), NOW);
        assertThat(state.granted()).isTrue();
        assertThat(state.limit()).isEqualTo(decision.limit());
        assertThat(state.usage()).isEqualTo(decision.usage());
        assertThat(state.resetAt()).isEqualTo(RESET);
        assertThat(state.sources()).hasSize(1).first().satisfies(source -> {
            assertThat(source.kind()).isEqualTo(SourceKind.PLAN);
            assertThat(source.outcome()).isEqualTo(SourceOutcome.WON);
        });
    }

    @Test
    void listsEverythingThatASourceNamesAndTheWallets() {
        CustomerView view =
                sample().credit(HARD).wallet(creditWallet(5_000_000, 0, 0)).view();

        CustomerEntitlements all = Entitlements.all(view, null, null, NOW, true);

        assertThat(all.items())
                .extracting(EntitlementState::feature)
                .containsExactly("chat", "latency", "max-context", "sso", "tier");
        assertThat(all.items()).extracting(EntitlementState::stale).containsOnly(true);
        assertThat(all.wallets()).containsExactly(new WalletView("ai-credits", new BigDecimal("5"), null));
        assertThat(all.subscribed()).isTrue();
    }

    @Test
    void tellsNoUsageOfAnotherInstant() {
        CustomerView view = sample().limit("api-calls", "10", HARD)
                .wallet(limitWallet("api-calls", 10, 7, 1, 0))
                .view();

        EntitlementState past =
                Entitlements.one(view, "api-calls", null, NOW.minus(Duration.ofDays(1)), false, NOW, false);

        assertThat(past.limit()).isNotNull();
        assertThat(past.usage()).isNull();
    }

    @Test
    void aRevokedFeatureIsListedAsSuch() {
        CustomerView view = sample().revoke("sso").view();

        EntitlementState state = Entitlements.one(view, "sso", null, null, false, NOW, false);

        assertThat(state.granted()).isFalse();
        assertThat(state.revoked()).isTrue();
    }
}
