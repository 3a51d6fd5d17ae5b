package dev.weir.gateway.engine;

import static dev.weir.catalog.contract.OnLimit.HARD;
import static dev.weir.catalog.contract.OnLimit.SOFT;
import static dev.weir.gateway.engine.Sample.CUSTOMER;
import static dev.weir.gateway.engine.Sample.NOW;
import static dev.weir.gateway.engine.Sample.creditWallet;
import static dev.weir.gateway.engine.Sample.limitWallet;
import static dev.weir.gateway.engine.Sample.sample;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.catalog.contract.AppliesTo;
import dev.weir.catalog.contract.OnLimit;
import dev.weir.gateway.engine.Estimate.MoneyCost;
import dev.weir.platform.kernel.Problem;
import java.math.BigDecimal;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EstimateTest {
    private static final long MILLION = 1_000_000;

    /** What is asked, and the answer as {@link #line} writes it. */
    record Case(
            String name,
            Sample sample,
            CheckRequest request,
            @Nullable String used,
            String answer) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> cases() {
        return Stream.of(
                of("boolean", sample(), ask("sso"), "ok | | | -"),
                of("not entitled", sample(), ask("audit"), "NOT_ENTITLED | | | -"),
                of("unknown feature", sample(), ask("nope"), "UNKNOWN_FEATURE | | | -"),
                of(
                        "one unless it says more",
                        calls(4, 0, HARD),
                        ask("api-calls"),
                        "ok | INCLUDED api-calls 1 | api-calls 5 | -"),
                of(
                        "nothing costs nothing",
                        calls(10, 0, HARD),
                        quantity("api-calls", "0"),
                        "ok | INCLUDED api-calls 0 | api-calls 0 | -"),
                of(
                        "more than a hard limit leaves",
                        calls(4, 0, HARD),
                        quantity("api-calls", "7"),
                        "LIMIT_REACHED | INCLUDED api-calls 7 | api-calls 6 | -"),
                of(
                        "into overage without a price",
                        calls(4, 0, SOFT),
                        quantity("api-calls", "8"),
                        "ok | INCLUDED api-calls 6, OVERAGE api-calls 2 | api-calls 0 | -"),
                of(
                        "into overage at its price",
                        priced(8, 0),
                        quantity("api-calls", "5"),
                        "ok | INCLUDED api-calls 2, OVERAGE api-calls 3 | api-calls 0 | 0.06 0.06 USD"),
                of(
                        "overage goes on in the next tier",
                        priced(10, 8),
                        quantity("api-calls", "5"),
                        "ok | OVERAGE api-calls 5 | api-calls 0 | 0.06 0.055 USD"),
                of(
                        "nothing beyond a used-up limit",
                        priced(10, 20),
                        quantity("api-calls", "0"),
                        "ok | INCLUDED api-calls 0 | api-calls 0 | -"),
                of(
                        "one that costs half a cent",
                        priced(10, 20),
                        ask("api-calls"),
                        "ok | OVERAGE api-calls 1 | api-calls 0 | 0.01 0.005 USD"),
                of(
                        "beyond the overage cap",
                        capped(10, 3),
                        quantity("api-calls", "3"),
                        "LIMIT_REACHED | OVERAGE api-calls 3 | api-calls 0 | 0.06 0.06 USD"),
                of(
                        "unlimited",
                        sample().limit("api-calls", null, HARD),
                        quantity("api-calls", "7"),
                        "ok | UNLIMITED api-calls 7 | | -"),
                used(
                        "unlimited, as it is used",
                        payAsYouGo(),
                        quantity("api-calls", "7"),
                        "5",
                        "ok | UNLIMITED api-calls 7 | | 0.11 0.11 USD"),
                used(
                        "unlimited, usage not known",
                        payAsYouGo(),
                        quantity("api-calls", "7"),
                        null,
                        "ok | UNLIMITED api-calls 7 | | 0.14 0.14 USD"),
                of(
                        "included before credits",
                        images(90, 2),
                        quantity("images", "10"),
                        "ok | INCLUDED images 10 | images 0, ai-credits 2 | -"),
                of(
                        "part included, part in credits",
                        images(95, 2),
                        quantity("images", "15"),
                        "ok | INCLUDED images 5, CREDIT ai-credits 2 for 10 | images 0, ai-credits 0 | -"),
                of(
                        "not enough credits for the rest",
                        images(95, 2),
                        quantity("images", "16"),
                        "INSUFFICIENT_CREDIT | INCLUDED images 5, CREDIT ai-credits 2.2 for 11 | images 5, ai-credits 2 | -"),
                of(
                        "credits by dimensions",
                        chat(10, 7, HARD),
                        tokens("large", "500"),
                        "ok | CREDIT ai-credits 1.5 | ai-credits 1.5 | -"),
                of(
                        "credits by quantity",
                        chat(10, 7, HARD),
                        quantity("chat", "0.5"),
                        "ok | CREDIT ai-credits 0.5 | ai-credits 2.5 | -"),
                of(
                        "credits that are not there",
                        chat(10, 7, HARD),
                        tokens("large", "2000"),
                        "INSUFFICIENT_CREDIT | CREDIT ai-credits 6 | ai-credits 3 | -"),
                of(
                        "credits, then overdraft",
                        chat(10, 7, SOFT),
                        tokens("large", "2000"),
                        "ok | CREDIT ai-credits 3, OVERDRAFT ai-credits 3 | ai-credits 0 | -"),
                of(
                        "no price for these dimensions",
                        chat(10, 7, HARD),
                        tokens("tiny", "1"),
                        "UNPRICED | | ai-credits 3 | -"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void prices(Case given) {
        CustomerView view = given.sample().view();
        BigDecimal used = given.used() == null ? null : new BigDecimal(given.used());

        Estimate estimate = Estimates.of(view, given.request(), used, NOW);

        assertThat(line(estimate)).isEqualTo(given.answer());
        assertThat(estimate.snapshotVersion()).isEqualTo(7);
        assertThat(estimate.reason())
                .as("the same as a check says")
                .isEqualTo(Check.decide(view, given.request(), NOW).reason());
    }

    @Test
    void saysWhatWouldChangeARefusal() {
        CustomerView view = chat(10, 7, HARD).view();

        Estimate estimate = Estimates.of(view, tokens("large", "2000"), null, NOW);

        assertThat(estimate.remedy()).isEqualTo(new Remedy("ai-credits", new BigDecimal("3"), null, null));
    }

    @Test
    void wantsToKnowHowMuchCredit() {
        CustomerView view = chat(10, 7, HARD).view();

        assertThatThrownBy(() -> Estimates.of(view, ask("chat"), null, NOW))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo("REQUIRED"));
    }

    private static String line(Estimate estimate) {
        DenialReason reason = estimate.reason();
        MoneyCost money = estimate.money();
        return (reason == null ? "ok" : reason.toString()) + " | "
                + estimate.cost().stream()
                        .map(leg -> leg.kind() + " " + leg.unit() + " "
                                + leg.amount().toPlainString()
                                + (leg.quantity() == null
                                        ? ""
                                        : " for " + leg.quantity().toPlainString()))
                        .collect(Collectors.joining(", "))
                + (estimate.cost().isEmpty() ? "| " : " | ")
                + estimate.balanceAfter().stream()
                        .map(left -> left.unit() + " " + left.available().toPlainString())
                        .collect(Collectors.joining(", "))
                + (estimate.balanceAfter().isEmpty() ? "| " : " | ")
                + (money == null
                        ? "-"
                        : money.amount() + " " + money.unrounded().toPlainString() + " " + money.currency());
    }

    private static Case of(String name, Sample sample, CheckRequest request, String answer) {
        return new Case(name, sample, request, null, answer);
    }

    private static Case used(String name, Sample sample, CheckRequest request, @Nullable String used, String answer) {
        return new Case(name, sample, request, used, answer);
    }

    private static CheckRequest ask(String feature) {
        return CheckRequest.of(CUSTOMER, feature);
    }

    private static CheckRequest quantity(String feature, String quantity) {
        return new CheckRequest(CUSTOMER, feature, new BigDecimal(quantity), Map.of(), null, null);
    }

    private static CheckRequest tokens(String model, String inputTokens) {
        return new CheckRequest(CUSTOMER, "chat", null, Map.of("model", model, "inputTokens", inputTokens), null, null);
    }

    private static Sample calls(long consumed, long overage, OnLimit onLimit) {
        return sample().limit("api-calls", "10", onLimit).wallet(limitWallet("api-calls", 10, consumed, 0, overage));
    }

    private static Sample priced(long consumed, long overage) {
        return calls(consumed, overage, SOFT).charge("api-calls", AppliesTo.OVERAGE, "0.02", "0.005");
    }

    private static Sample capped(long consumed, long overage) {
        return sample().capped("api-calls", "10", "5")
                .wallet(limitWallet("api-calls", 10, consumed, 0, overage))
                .charge("api-calls", AppliesTo.OVERAGE, "0.02", "0.005");
    }

    private static Sample payAsYouGo() {
        return sample().limit("api-calls", null, HARD).charge("api-calls", AppliesTo.ALL, "0.02", "0.005");
    }

    private static Sample chat(long granted, long consumed, OnLimit onLimit) {
        return sample().credit(onLimit).wallet(creditWallet(granted * MILLION, consumed * MILLION, 0));
    }

    private static Sample images(long consumed, long credits) {
        return sample().then("images", "100", "0.2", HARD)
                .wallet(limitWallet("images", 100, consumed, 0, 0))
                .wallet(creditWallet(credits * MILLION, 0, 0));
    }
}
