package dev.weir.gateway.engine;

import static dev.weir.catalog.contract.OnLimit.HARD;
import static dev.weir.catalog.contract.OnLimit.SOFT;
import static dev.weir.gateway.engine.Sample.CUSTOMER;
import static dev.weir.gateway.engine.Sample.NOW;
import static dev.weir.gateway.engine.Sample.RESET;
import static dev.weir.gateway.engine.Sample.START;
import static dev.weir.gateway.engine.Sample.block;
import static dev.weir.gateway.engine.Sample.creditWallet;
import static dev.weir.gateway.engine.Sample.limitWallet;
import static dev.weir.gateway.engine.Sample.sample;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.ledger.contract.WalletStatus;
import dev.weir.platform.kernel.Problem;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CheckTest {
    private static final long MILLION = 1_000_000;

    /** A case of the table; reason null = allowed. */
    record Case(
            String name,
            Sample sample,
            CheckRequest request,
            Instant now,
            @Nullable DenialReason reason) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> cases() {
        return Stream.of(
                allowed("boolean that the plan gives", sample(), ask("sso")),
                denied("boolean that nothing gives", sample(), ask("audit"), DenialReason.NOT_ENTITLED),
                denied("feature that does not exist", sample(), ask("nope"), DenialReason.UNKNOWN_FEATURE),
                denied("revoked", sample().revoke("sso"), ask("sso"), DenialReason.REVOKED),
                denied("nothing subscribed", sample().unsubscribed(), ask("sso"), DenialReason.NO_SUBSCRIPTION),
                allowed("config without a value", sample(), ask("max-context")),
                allowed("config number that is covered", sample(), value("max-context", "32000")),
                denied("config number above", sample(), value("max-context", "32001"), DenialReason.VALUE_NOT_ALLOWED),
                allowed("config number, lower is better", sample(), value("latency", "250")),
                denied(
                        "config number below, lower is better",
                        sample(),
                        value("latency", "100"),
                        DenialReason.VALUE_NOT_ALLOWED),
                allowed("config enum that ranks below", sample(), value("tier", "community")),
                denied(
                        "config enum that ranks above",
                        sample(),
                        value("tier", "dedicated"),
                        DenialReason.VALUE_NOT_ALLOWED),
                denied(
                        "config enum that is not listed",
                        sample(),
                        value("tier", "gold"),
                        DenialReason.VALUE_NOT_ALLOWED),
                allowed("no wallet yet", sample().limit("api-calls", "10", HARD), quantity("api-calls", "10")),
                denied(
                        "more than a fresh limit",
                        sample().limit("api-calls", "10", HARD),
                        quantity("api-calls", "11"),
                        DenialReason.LIMIT_REACHED),
                allowed("unlimited", sample().limit("api-calls", null, HARD), quantity("api-calls", "1000000")),
                allowed("the last one", used("10", 9, 0, HARD), ask("api-calls")),
                denied("none left", used("10", 10, 0, HARD), ask("api-calls"), DenialReason.LIMIT_REACHED),
                denied("the last one is held", used("10", 9, 1, HARD), ask("api-calls"), DenialReason.LIMIT_REACHED),
                allowed("quantity zero when none is left", used("10", 10, 0, HARD), quantity("api-calls", "0")),
                new Case("a period that has ended is fresh", used("10", 10, 0, HARD), ask("api-calls"), RESET, null),
                allowed("soft goes on", used("10", 10, 0, SOFT), quantity("api-calls", "500")),
                allowed("soft within its cap", cap(10, 3), quantity("api-calls", "2")),
                denied("soft beyond its cap", cap(10, 3), quantity("api-calls", "3"), DenialReason.LIMIT_REACHED),
                allowed("raised since the ledger wrote", used("12", 10, 0, HARD), quantity("api-calls", "2")),
                denied(
                        "not more than raised",
                        used("12", 10, 0, HARD),
                        quantity("api-calls", "3"),
                        DenialReason.LIMIT_REACHED),
                denied(
                        "cut since the ledger wrote",
                        used("6", 5, 0, HARD),
                        quantity("api-calls", "2"),
                        DenialReason.LIMIT_REACHED),
                allowed("credit above nothing", chat(10, 9, 0, HARD), ask("chat")),
                denied("no credit at all", chat(10, 10, 0, HARD), ask("chat"), DenialReason.INSUFFICIENT_CREDIT),
                denied("all credit is held", chat(10, 9, 1, HARD), ask("chat"), DenialReason.INSUFFICIENT_CREDIT),
                allowed("cost is covered", chat(10, 7, 0, HARD), tokens("large", "1000")),
                denied(
                        "cost is not covered",
                        chat(10, 7, 0, HARD),
                        tokens("large", "1001"),
                        DenialReason.INSUFFICIENT_CREDIT),
                allowed("soft draws into overdraft", chat(10, 10, 0, SOFT), tokens("large", "1666")),
                denied(
                        "soft draws no deeper than the floor",
                        chat(10, 10, 0, SOFT),
                        tokens("large", "1667"),
                        DenialReason.INSUFFICIENT_CREDIT),
                denied("unpriced", chat(10, 0, 0, HARD), tokens("tiny", "1"), DenialReason.UNPRICED),
                denied(
                        "credit for another feature only",
                        scoped("images", null),
                        ask("chat"),
                        DenialReason.INSUFFICIENT_CREDIT),
                allowed("credit for this feature", scoped("chat", null), ask("chat")),
                denied(
                        "credit that has expired by now",
                        scoped("chat", NOW),
                        ask("chat"),
                        DenialReason.INSUFFICIENT_CREDIT),
                denied("frozen", frozen(), tokens("large", "1"), DenialReason.FROZEN),
                denied("no wallet, no credit", sample().credit(HARD), ask("chat"), DenialReason.INSUFFICIENT_CREDIT),
                allowed("included before credits", images(0, 0), quantity("images", "100")),
                allowed("the rest goes on in credits", images(100, 2), quantity("images", "10")),
                denied(
                        "not enough credits for the rest",
                        images(100, 2),
                        quantity("images", "11"),
                        DenialReason.INSUFFICIENT_CREDIT),
                allowed("part included, part in credits", images(95, 2), quantity("images", "15")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void decides(Case given) {
        CustomerView view = given.sample().view();

        Decision decision = Check.decide(view, given.request(), given.now());

        assertThat(decision.reason()).isEqualTo(given.reason());
        assertThat(decision.allowed()).isEqualTo(given.reason() == null);
        assertThat(decision.snapshotVersion()).isEqualTo(7);
        assertThat(decision.stale()).isFalse();
    }

    @Test
    void tellsLimitUsageAndReset() {
        CustomerView view = used("10", 7, 1, HARD).view();

        Decision decision = Check.decide(view, quantity("api-calls", "5"), NOW);

        assertThat(decision.limit()).isEqualTo(new Limit(HARD, new BigDecimal("10"), false));
        assertThat(decision.usage())
                .isEqualTo(new Usage(new BigDecimal("7"), new BigDecimal("1"), new BigDecimal("2")));
        assertThat(decision.resetAt()).isEqualTo(RESET);
        assertThat(decision.remedy()).isEqualTo(new Remedy("api-calls", new BigDecimal("3"), RESET, null));
    }

    @Test
    void tellsCostAndShortfallInCredits() {
        CustomerView view = chat(10, 7, 0, HARD).view();

        Decision decision = Check.decide(view, tokens("large", "2000"), NOW);

        assertThat(decision.limit()).isNull();
        assertThat(decision.wallets())
                .containsExactly(new WalletView("ai-credits", new BigDecimal("3"), new BigDecimal("6")));
        assertThat(decision.remedy()).isEqualTo(new Remedy("ai-credits", new BigDecimal("3"), null, null));
    }

    @Test
    void listsWalletsWithoutSubscription() {
        CustomerView view =
                sample().unsubscribed().wallet(creditWallet(10 * MILLION, 0, 0)).view();

        Decision decision = Check.decide(view, ask("chat"), NOW);

        assertThat(decision.reason()).isEqualTo(DenialReason.NO_SUBSCRIPTION);
        assertThat(decision.wallets()).containsExactly(new WalletView("ai-credits", new BigDecimal("10"), null));
    }

    @Test
    void refusesQuantitiesThatDoNotFit() {
        CustomerView view = used("10", 0, 0, HARD).view();

        assertThatThrownBy(() -> quantity("api-calls", "-1"))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo("INVALID_QUANTITY"));
        assertThatThrownBy(() -> Check.decide(view, quantity("api-calls", "0.5"), NOW))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.status()).isEqualTo(400));
    }

    @Test
    void aClockThatLagsDoesNotHideTheCallersWrite() {
        CustomerView view = sample().view();

        Decision decision = Check.decide(view, ask("sso"), START.minusSeconds(5));

        assertThat(decision.allowed()).isTrue();
    }

    private static Case allowed(String name, Sample sample, CheckRequest request) {
        return new Case(name, sample, request, NOW, null);
    }

    private static Case denied(String name, Sample sample, CheckRequest request, DenialReason reason) {
        return new Case(name, sample, request, NOW, reason);
    }

    private static CheckRequest ask(String feature) {
        return CheckRequest.of(CUSTOMER, feature);
    }

    private static CheckRequest quantity(String feature, String quantity) {
        return new CheckRequest(CUSTOMER, feature, new BigDecimal(quantity), Map.of(), null, null);
    }

    private static CheckRequest value(String feature, String value) {
        return new CheckRequest(CUSTOMER, feature, null, Map.of(), value, null);
    }

    private static CheckRequest tokens(String model, String inputTokens) {
        return new CheckRequest(CUSTOMER, "chat", null, Map.of("model", model, "inputTokens", inputTokens), null, null);
    }

    private static Sample used(String limit, long consumed, long held, dev.weir.catalog.contract.OnLimit onLimit) {
        return sample().limit("api-calls", limit, onLimit).wallet(limitWallet("api-calls", 10, consumed, held, 0));
    }

    private static Sample cap(long consumed, long overage) {
        return sample().capped("api-calls", "10", "5").wallet(limitWallet("api-calls", 10, consumed, 0, overage));
    }

    private static Sample chat(long granted, long consumed, long held, dev.weir.catalog.contract.OnLimit onLimit) {
        return sample().credit(onLimit).wallet(creditWallet(granted * MILLION, consumed * MILLION, held * MILLION));
    }

    private static Sample scoped(String feature, @Nullable Instant expiresAt) {
        return sample().credit(HARD)
                .wallet(creditWallet(WalletStatus.ACTIVE, block(MILLION, 0, 0, List.of(feature), expiresAt)));
    }

    private static Sample frozen() {
        return sample().credit(HARD).wallet(creditWallet(WalletStatus.FROZEN, block(MILLION, 0, 0, null, null)));
    }

    private static Sample images(long consumed, long credits) {
        return sample().then("images", "100", "0.2", HARD)
                .wallet(limitWallet("images", 100, consumed, 0, 0))
                .wallet(creditWallet(credits * MILLION, 0, 0));
    }
}
