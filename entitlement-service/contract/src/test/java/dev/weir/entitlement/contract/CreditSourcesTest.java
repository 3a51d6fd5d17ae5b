package dev.weir.entitlement.contract;

import static dev.weir.entitlement.contract.World.START;
import static dev.weir.entitlement.contract.World.grant;
import static dev.weir.entitlement.contract.World.layer;
import static dev.weir.entitlement.contract.World.phase;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.catalog.contract.CreditLimit;
import dev.weir.catalog.contract.OverdraftSettlement;
import dev.weir.catalog.contract.Trial;
import dev.weir.catalog.contract.TrialEnd;
import dev.weir.catalog.contract.UsageOnChange;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CreditSourcesTest {
    private static final Instant LATER = START.plus(60, ChronoUnit.DAYS);
    private final World world = new World();

    @Test
    void aTrialsCreditsStandInForThePlansAndEndWithIt() {
        Instant end = START.plus(14, ChronoUnit.DAYS);
        Trial trial = new Trial("P14D", "pro", null, List.of(grant("trial", "100", null)), TrialEnd.CONVERT, null);
        String pro = world.plan(
                "pro",
                1,
                World.PlanExtras.credits(grant("monthly", "1000", "P1M")).trial(trial),
                layer("pro", 1));
        world.subscribe(
                1,
                "assistant",
                new SubscriptionPhase(START, end, pro, pro, List.of(), UsageOnChange.KEEP),
                phase(end, null, pro));

        List<CreditEntitlement> credits = Resolution.credits(world.snapshot(), world, START, LATER);

        assertThat(credits).extracting(CreditEntitlement::source).containsExactly(SourceKind.TRIAL, SourceKind.PLAN);
        assertThat(credits.getFirst().validTo()).isEqualTo(end);
        assertThat(credits.getFirst().recurrence()).isNull();
        assertThat(credits.getLast().validFrom()).isEqualTo(end);
        assertThat(credits.getLast().recurrence()).isNotNull();
        assertThat(Resolution.credits(world.snapshot(), world, START, end)).hasSize(1);
    }

    @Test
    void consecutivePhasesWithTheSameGrantAreOne() {
        String base =
                world.plan("base", 1, World.PlanExtras.credits(grant("monthly", "1000", "P1M")), layer("base", 1));
        String pro = world.plan("pro", 1, World.PlanExtras.credits(grant("monthly", "3000", "P1M")), layer("pro", 1));
        String pack = world.addon("pack", List.of(grant("pack", "500", null)));
        Instant first = START.plus(5, ChronoUnit.DAYS);
        Instant second = START.plus(9, ChronoUnit.DAYS);
        world.subscribe(
                1,
                "assistant",
                phase(START, first, base),
                phase(first, second, base, new AddonPart(pack, 2)),
                phase(second, null, pro, new AddonPart(pack, 2)));

        List<CreditEntitlement> credits = Resolution.credits(world.snapshot(), world, START, LATER);

        assertThat(credits)
                .extracting(
                        credit -> credit.grant().amount().toPlainString(),
                        CreditEntitlement::validFrom,
                        CreditEntitlement::validTo)
                .containsExactly(
                        org.assertj.core.api.Assertions.tuple("1000", START, second),
                        org.assertj.core.api.Assertions.tuple("3000", START, null),
                        org.assertj.core.api.Assertions.tuple("500", first, null));
        assertThat(credits.getLast().quantity()).isEqualTo(2);
    }

    @Test
    void aPauseEndsAGrantAndResumingBeginsItAnew() {
        String base =
                world.plan("base", 1, World.PlanExtras.credits(grant("monthly", "1000", "P1M")), layer("base", 1));
        Instant pause = START.plus(5, ChronoUnit.DAYS);
        Instant resume = START.plus(9, ChronoUnit.DAYS);
        world.subscribe(1, "assistant", phase(START, pause, base), phase(resume, null, base));

        List<CreditEntitlement> credits = Resolution.credits(world.snapshot(), world, START, LATER);

        assertThat(credits).extracting(CreditEntitlement::validFrom).containsExactly(START, resume);
        assertThat(Resolution.credits(world.snapshot(), world, pause, resume)).isEmpty();
    }

    @Test
    void theLargestOverdraftHolds() {
        CreditLimit small = new CreditLimit(new BigDecimal("5"), OverdraftSettlement.REPAY);
        CreditLimit large = new CreditLimit(new BigDecimal("50"), OverdraftSettlement.BILL);
        world.subscribe(
                1,
                "a",
                phase(
                        START,
                        null,
                        world.plan(
                                "a",
                                1,
                                new World.PlanExtras("a", List.of(), Map.of("ai-credits", small), null),
                                layer("a", 1))));
        world.subscribe(
                2,
                "b",
                phase(
                        START,
                        null,
                        world.plan(
                                "b",
                                1,
                                new World.PlanExtras("b", List.of(), Map.of("ai-credits", large), null),
                                layer("b", 1))));

        assertThat(Resolution.creditLimit(world.snapshot(), world, "ai-credits", START))
                .contains(large);
        assertThat(Resolution.creditLimit(world.snapshot(), world, "other", START))
                .isEmpty();
        assertThat(Resolution.creditLimit(world.snapshot(), world, "ai-credits", START.minusSeconds(1)))
                .isEmpty();
    }
}
