package dev.weir.entitlement.contract;

import static dev.weir.entitlement.contract.World.START;
import static dev.weir.entitlement.contract.World.gives;
import static dev.weir.entitlement.contract.World.increment;
import static dev.weir.entitlement.contract.World.layer;
import static dev.weir.entitlement.contract.World.limit;
import static dev.weir.entitlement.contract.World.phase;
import static dev.weir.entitlement.contract.World.rate;
import static dev.weir.entitlement.contract.World.value;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.catalog.contract.OnLimit;
import dev.weir.catalog.contract.UsageOnChange;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class FeatureJoinTest {
    private final World world = new World();

    @Test
    void aGrandfatheredPlanKeepsItsOwnVersion() {
        world.plan("pro", 2, World.PlanExtras.NONE, layer("pro", 2, limit("api-calls", "20000", "P1M")));
        world.subscribe(world.plan("pro", limit("api-calls", "10000", "P1M")));

        ResolvedFeature resolved = world.resolve("api-calls");

        assertThat(resolved.limit()).isEqualByComparingTo("10000");
        assertThat(resolved.planVersion()).isEqualTo(1);
        assertThat(resolved.sources()).extracting(ExplainedSource::version).containsExactly(1);
    }

    @Test
    void aTrialOverridesThePlansLimits() {
        String base = world.plan("base", limit("api-calls", "1000", "P1M"));
        String pro = world.plan("pro", limit("api-calls", "10000", "P1M", OnLimit.SOFT, null, null));
        Instant end = START.plus(14, ChronoUnit.DAYS);
        world.subscribe(
                1,
                "assistant",
                new SubscriptionPhase(START, end, base, pro, List.of(), UsageOnChange.KEEP),
                phase(end, null, base));

        ResolvedFeature during = world.resolve("api-calls");

        assertThat(during.limit()).isEqualByComparingTo("10000");
        assertThat(during.onLimit()).isEqualTo(OnLimit.SOFT);
        assertThat(during.segmentTo()).isEqualTo(end);
        assertThat(source(during, SourceKind.TRIAL).outcome()).isEqualTo(SourceOutcome.WON);
        assertThat(source(during, SourceKind.TRIAL).validTo()).isEqualTo(end);
        assertThat(source(during, SourceKind.PLAN).outcome()).isEqualTo(SourceOutcome.LOST);
        assertThat(source(during, SourceKind.PLAN).validTo()).isNull();
        assertThat(world.resolve("api-calls", end).limit()).isEqualByComparingTo("1000");
    }

    @Test
    void anAddonIncrementsTheCapInsteadOfReplacingIt() {
        String pro = world.plan("pro", limit("api-calls", "10000", "P1M"));
        String extra = world.addon("extra-calls", List.of(), increment("api-calls", "5000", "P1M"));
        world.subscribe(1, "assistant", phase(START, null, pro, new AddonPart(extra, 3)));

        ResolvedFeature resolved = world.resolve("api-calls");

        assertThat(resolved.limit()).isEqualByComparingTo("25000");
        assertThat(resolved.stack())
                .extracting(LimitPart::sourceReference)
                .containsExactly("base", "addon:extra-calls");
        assertThat(source(resolved, SourceKind.ADDON).outcome()).isEqualTo(SourceOutcome.ADDED);
        assertThat(source(resolved, SourceKind.ADDON).quantity()).isEqualTo(3);
    }

    @Test
    void anIncrementAloneRaisesFromNothing() {
        String pro = world.plan("pro", value("max-context", "1"));
        String extra = world.addon("extra-calls", List.of(), increment("api-calls", "5000", "P1M"));
        world.subscribe(1, "assistant", phase(START, null, pro, new AddonPart(extra, 1)));

        ResolvedFeature resolved = world.resolve("api-calls");

        assertThat(resolved.granted()).isTrue();
        assertThat(resolved.limit()).isEqualByComparingTo("5000");
        assertThat(resolved.subscription()).isEqualTo(new UUID(1, 7));
    }

    @Test
    void anIncrementOfAnotherPeriodIsNotAdded() {
        String pro = world.plan("pro", limit("api-calls", "10000", "P1M"));
        String extra = world.addon("extra-calls", List.of(), increment("api-calls", "5000", "P1Y"));
        world.subscribe(1, "assistant", phase(START, null, pro, new AddonPart(extra, 1)));

        ResolvedFeature resolved = world.resolve("api-calls");

        assertThat(resolved.limit()).isEqualByComparingTo("10000");
        assertThat(source(resolved, SourceKind.ADDON).outcome()).isEqualTo(SourceOutcome.LOST);
        assertThat(source(resolved, SourceKind.ADDON).why()).contains("resets differently");
    }

    @Test
    void aSecondProductWithOtherPackagingCountsToo() {
        world.subscribe(1, "assistant", phase(START, null, world.plan("pro", limit("api-calls", "10000", "P1M"))));
        world.subscribe(2, "search", phase(START, null, world.plan("daily", limit("api-calls", "500", "P1D"))));

        ResolvedFeature resolved = world.resolve("api-calls");

        // 500 a day is more than 10,000 a month.
        assertThat(resolved.limit()).isEqualByComparingTo("500");
        assertThat(resolved.recurrence())
                .isNotNull()
                .extracting(Recurrence::every)
                .isEqualTo("P1D");
        assertThat(resolved.plan()).isEqualTo("daily");
    }

    @Test
    void usageOfEqualAmountsBelongsToTheOldestSubscription() {
        String two = world.plan("two", limit("api-calls", "100", "P1M"));
        String one = world.plan(
                "one", 1, World.PlanExtras.NONE, layer("one", 1), layer("root", 1, limit("api-calls", "100", "P1M")));
        world.subscribe(2, "search", phase(START, null, two));
        world.subscribe(1, "assistant", phase(START, null, one));

        ResolvedFeature resolved = world.resolve("api-calls");

        assertThat(resolved.plan()).isEqualTo("one");
    }

    @Test
    void aParentTwoLevelsDeepIsInherited() {
        String hash = world.plan(
                "pro",
                1,
                World.PlanExtras.NONE,
                layer("pro", 1, limit("api-calls", "10000", "P1M")),
                layer("base", 2, value("max-context", "8000")),
                layer("root", 3, gives("sso"), value("max-context", "16000")));
        world.subscribe(hash);

        ResolvedFeature sso = world.resolve("sso");
        ResolvedFeature context = world.resolve("max-context");

        assertThat(sso.granted()).isTrue();
        assertThat(source(sso, SourceKind.ANCESTOR).reference()).isEqualTo("root");
        assertThat(context.value()).isEqualTo("16000");
        assertThat(context.sources())
                .extracting(ExplainedSource::outcome)
                .containsExactly(SourceOutcome.LOST, SourceOutcome.WON);
    }

    @Test
    void aPromotionAddsOnlyWhatExceedsTheRaisedAmount() {
        String pro = world.plan("pro", limit("api-calls", "10000", "P1M"));
        String extra = world.addon("extra-calls", List.of(), increment("api-calls", "5000", "P1M"));
        world.subscribe(1, "assistant", phase(START, null, pro, new AddonPart(extra, 1)));
        world.promote(9, limit("api-calls", "18000", "P1M"));

        ResolvedFeature resolved = world.resolve("api-calls");

        assertThat(resolved.limit()).isEqualByComparingTo("18000");
        assertThat(resolved.stack())
                .extracting(part -> part.amount().toPlainString())
                .containsExactly("10000", "5000", "3000");
        assertThat(resolved.subscription()).isEqualTo(new UUID(1, 7));
        assertThat(resolved.recurrence())
                .isNotNull()
                .extracting(Recurrence::anchor)
                .isEqualTo(START);
    }

    @Test
    void aPromotionAloneCountsItsPeriodsFromItsOwnStart() {
        Instant from = START.plus(3, ChronoUnit.DAYS);
        world.allow(AllowancePart.Kind.PROMOTION, 9, limit("api-calls", "100", "P1W"), from, null);

        ResolvedFeature resolved = world.resolve("api-calls", from.plus(8, ChronoUnit.DAYS));

        assertThat(resolved.recurrence())
                .isNotNull()
                .extracting(Recurrence::anchor)
                .isEqualTo(from);
        assertThat(resolved.segmentFrom()).isEqualTo(from.plus(7, ChronoUnit.DAYS));
        assertThat(resolved.segmentTo()).isEqualTo(from.plus(14, ChronoUnit.DAYS));
        assertThat(resolved.subscription()).isNull();
    }

    @Test
    void revokeBeatsEverything() {
        world.subscribe(world.plan("pro", limit("api-calls", null, "P1M", OnLimit.SOFT, null, null)));
        world.promote(9, limit("api-calls", null, null));
        world.revoke(10, "api-calls");

        ResolvedFeature resolved = world.resolve("api-calls");

        assertThat(resolved.granted()).isFalse();
        assertThat(resolved.revoked()).isTrue();
        assertThat(resolved.unlimited()).isFalse();
        assertThat(resolved.limit()).isEqualByComparingTo(BigDecimal.ZERO);
        assertThat(resolved.onLimit()).isEqualTo(OnLimit.HARD);
        assertThat(source(resolved, SourceKind.PLAN).outcome()).isEqualTo(SourceOutcome.REVOKED);
        assertThat(source(resolved, SourceKind.OVERRIDE).outcome()).isEqualTo(SourceOutcome.WON);
    }

    @Test
    void unlimitedWinsOverAnyAmountAndIncrement() {
        String pro = world.plan("pro", limit("api-calls", "10000", "P1M"));
        String extra = world.addon("extra-calls", List.of(), increment("api-calls", "5000", "P1M"));
        world.subscribe(1, "assistant", phase(START, null, pro, new AddonPart(extra, 1)));
        world.override(9, limit("api-calls", null, null));

        ResolvedFeature resolved = world.resolve("api-calls");

        assertThat(resolved.unlimited()).isTrue();
        assertThat(resolved.stack()).isEmpty();
        assertThat(source(resolved, SourceKind.ADDON).why()).contains("unlimited");
        assertThat(resolved.subscription()).isEqualTo(new UUID(1, 7));
    }

    @Test
    void theSoftestLimitAndTheWidestCapOfTheSoftWin() {
        world.subscribe(world.plan("pro", limit("api-calls", "10000", "P1M", OnLimit.HARD, "9999999", null)));
        world.override(9, limit("api-calls", "10", "P1M", OnLimit.SOFT, "100", null));
        world.promote(10, limit("api-calls", "20", "P1M", OnLimit.SOFT, "200", null));

        ResolvedFeature resolved = world.resolve("api-calls");

        assertThat(resolved.limit()).isEqualByComparingTo("10000");
        assertThat(resolved.onLimit()).isEqualTo(OnLimit.SOFT);
        assertThat(resolved.overageCap()).isEqualByComparingTo("200");
        assertThat(source(resolved, SourceKind.PLAN).components()).containsExactly("access", "amount");
        assertThat(source(resolved, SourceKind.OVERRIDE).components()).containsExactly("onLimit");
        assertThat(source(resolved, SourceKind.PROMOTION).components()).containsExactly("overageCap");
    }

    @Test
    void aSoftSourceWithoutACapIsWithoutBound() {
        world.subscribe(world.plan("pro", limit("api-calls", "10000", "P1M", OnLimit.SOFT, "5", null)));
        world.promote(10, limit("api-calls", "20", "P1M", OnLimit.SOFT, null, null));

        assertThat(world.resolve("api-calls").overageCap()).isNull();
        assertThat(source(world.resolve("api-calls"), SourceKind.PROMOTION).components())
                .containsExactly("overageCap");
    }

    @Test
    void configsAreComparedByTheirDeclaredOrder() {
        world.subscribe(world.plan(
                "pro", value("support-tier", "email"), value("max-context", "9000"), value("greeting", "plan")));
        world.promote(9, value("support-tier", "dedicated"));
        world.promote(10, value("max-context", "10000"));
        world.promote(11, value("greeting", "promotion"));
        world.override(12, value("greeting", "override"));

        assertThat(world.resolve("support-tier").value()).isEqualTo("dedicated");
        assertThat(world.resolve("max-context").value()).isEqualTo("10000");
        assertThat(world.resolve("greeting").value()).isEqualTo("override");
    }

    @Test
    void aLevelHasNoRecurrence() {
        world.subscribe(world.plan("pro", limit("seats", "5", null)));
        world.promote(9, increment("seats", "2", null));

        ResolvedFeature resolved = world.resolve("seats");

        assertThat(resolved.limit()).isEqualByComparingTo("7");
        assertThat(resolved.recurrence()).isNull();
    }

    @Test
    void ratesAreInheritedUnlessThePlanBringsItsOwn() {
        String own = world.plan(
                "pro",
                1,
                World.PlanExtras.NONE,
                layer("pro", 1, gives("chat")),
                layer("base", 1, gives("chat", rate("0.001"))));
        world.subscribe(own);

        ResolvedFeature resolved = world.resolve("chat");

        assertThat(resolved.rates()).containsExactly(rate("0.001"));
        assertThat(source(resolved, SourceKind.ANCESTOR).components()).containsExactly("rates");
        assertThat(resolved.rateVersion()).hasSize(64);
        assertThat(resolved.limit()).isNull();
        assertThat(resolved.plan()).isEqualTo("pro");
    }

    @Test
    void thenIsTheFirstThatHasOne() {
        world.subscribe(world.plan("pro", World.then("api-calls", "100", "0.2")));
        world.override(9, World.then("api-calls", "200", "0.1"));

        ResolvedFeature resolved = world.resolve("api-calls");

        assertThat(resolved.limit()).isEqualByComparingTo("200");
        assertThat(resolved.then())
                .isNotNull()
                .extracting(then -> then.per().toPlainString())
                .isEqualTo("0.2");
    }

    @Test
    void aResetCountsThePeriodsAnewFromTheChange() {
        String base = world.plan("base", limit("api-calls", "1000", "P1M"));
        String pro = world.plan("pro", limit("api-calls", "2000", "P1M"));
        Instant change = START.plus(10, ChronoUnit.DAYS);
        world.subscribe(
                1,
                "assistant",
                phase(START, change, base),
                new SubscriptionPhase(change, null, pro, null, List.of(), UsageOnChange.RESET));

        ResolvedFeature after = world.resolve("api-calls", change.plus(1, ChronoUnit.DAYS));
        ResolvedFeature before = world.resolve("api-calls", change.minus(1, ChronoUnit.DAYS));

        assertThat(after.recurrence())
                .isNotNull()
                .extracting(Recurrence::anchor)
                .isEqualTo(change);
        assertThat(before.recurrence())
                .isNotNull()
                .extracting(Recurrence::anchor)
                .isEqualTo(START);
    }

    @Test
    void aResourceFallsBackOnTheCustomersOwnSubscription() {
        world.subscribe(world.plan("pro", limit("api-calls", "10", "P1M")));
        world.subscriptions.add(new SubscriptionPart(
                new UUID(2, 7),
                "assistant",
                "site-1",
                START,
                List.of(phase(START, null, world.plan("site", limit("api-calls", "3", "P1M"))))));
        Instant at = START.plusSeconds(60);

        assertThat(Resolution.feature(world.snapshot(), world, "api-calls", "site-1", at)
                        .orElseThrow()
                        .limit())
                .isEqualByComparingTo("3");
        assertThat(Resolution.feature(world.snapshot(), world, "api-calls", "site-2", at)
                        .orElseThrow()
                        .limit())
                .isEqualByComparingTo("10");
        assertThat(world.resolve("api-calls", at).limit()).isEqualByComparingTo("10");
    }

    @Test
    void allAtOnceOnOneCustomer() {
        String base = world.plan(
                "base",
                1,
                World.PlanExtras.NONE,
                layer("base", 1, limit("api-calls", "1000", "P1M")),
                layer("middle", 1, limit("api-calls", "1500", "P1M", OnLimit.SOFT, "10", null)),
                layer("root", 1, limit("api-calls", "500", "P1M")));
        String pro = world.plan("pro", limit("api-calls", "4000", "P1M"));
        String extra = world.addon("extra-calls", List.of(), increment("api-calls", "100", "P1M"));
        Instant end = START.plus(14, ChronoUnit.DAYS);
        world.subscribe(
                1,
                "assistant",
                new SubscriptionPhase(START, end, base, pro, List.of(new AddonPart(extra, 2)), UsageOnChange.KEEP));
        world.subscribe(2, "search", phase(START, null, world.plan("search", limit("api-calls", "10", "P1D"))));
        world.promote(9, increment("api-calls", "7", "P1M"));
        world.override(10, limit("api-calls", "3999", "P1M"));

        ResolvedFeature resolved = world.resolve("api-calls");

        assertThat(resolved.limit()).isEqualByComparingTo("4207");
        assertThat(resolved.onLimit()).isEqualTo(OnLimit.SOFT);
        assertThat(resolved.overageCap()).isEqualByComparingTo("10");
        assertThat(resolved.sources())
                .hasSize(8)
                .allSatisfy(source -> assertThat(source.why()).endsWith("."));
        assertThat(resolved.stack().stream().map(LimitPart::amount).reduce(BigDecimal.ZERO, BigDecimal::add))
                .isEqualByComparingTo("4207");
    }

    private static ExplainedSource source(ResolvedFeature resolved, SourceKind kind) {
        return resolved.sources().stream()
                .filter(source -> source.kind() == kind)
                .findFirst()
                .orElseThrow();
    }
}
