package dev.weir.ledger.posting.domain;

import static dev.weir.ledger.posting.domain.LedgerWorld.CUSTOMER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.catalog.contract.Category;
import dev.weir.catalog.contract.PlanVersion;
import dev.weir.ledger.Catalogue;
import dev.weir.ledger.contract.BlockStatus;
import dev.weir.ledger.wallet.domain.Block;
import dev.weir.ledger.wallet.domain.UsageBooking;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CreditDecisionsTest {
    private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");

    private LedgerWorld world;

    @BeforeEach
    void start() {
        world = new LedgerWorld(START.plus(1, ChronoUnit.DAYS));
    }

    private void on(PlanVersion plan) {
        world.apply(Catalogue.customer(CUSTOMER, 1, START, List.of(), Catalogue.phase(START, null, plan)), plan);
    }

    private long credits() {
        return world.wallet("ai-credits").head().available();
    }

    private static Instant day(int days) {
        return START.plus(1L + days, ChronoUnit.DAYS);
    }

    @ParameterizedTest
    @CsvSource({
        // priority, expiry in days (0 = never), category of the first block; then of the second; which burns first
        "10, 0, PAID, 50, 5, PROMOTIONAL, first",
        "50, 9, PAID, 50, 8, PAID, second",
        "50, 9, PAID, 50, 0, PROMOTIONAL, first",
        "50, 9, PAID, 50, 9, PROMOTIONAL, second",
        "50, 0, PROMOTIONAL, 50, 0, PAID, first",
        "50, 0, PAID, 50, 0, PROMOTIONAL, second",
        "51, 1, PROMOTIONAL, 50, 0, PAID, second"
    })
    void burnsByPriorityThenExpiryThenPromotionalFirst(
            int priority1, int days1, Category category1, int priority2, int days2, Category category2, String first) {
        on(Catalogue.starter());
        Block one = world.grant("5", category1, priority1, null, days1 == 0 ? null : day(days1));
        Block two = world.grant("5", category2, priority2, null, days2 == 0 ? null : day(days2));

        world.settle(world.held("chat", "3"), "3");

        assertThat((first.equals("first") ? one : two).consumed()).isEqualTo(3_000_000);
    }

    @Test
    void aTieIsBrokenByEffectiveThenCreated() {
        on(Catalogue.starter());
        Block later = world.grant("5", Category.PAID, 50, world.now, null);
        Block earlier = world.grant("5", Category.PAID, 50, world.now.minusSeconds(60), null);

        world.settle(world.held("chat", "1"), "1");

        assertThat(earlier.consumed()).isEqualTo(1_000_000);
        assertThat(later.consumed()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        // held, used of 10 credits on a HARD feature; spent, overrun, available after
        "6, 4, 4, 0, 6",
        "6, 6, 6, 0, 4",
        "6, 9, 9, 0, 1",
        "6, 12, 10, 2, 0",
        "0, 3, 3, 0, 7"
    })
    void settlesFromTheHoldThenTheRestThenAsOverrun(
            String held, String used, long spent, long overrun, long available) {
        on(Catalogue.starter());
        world.grant("10", Category.PAID, 50, null, null);

        Outcome.Settled settled = (Outcome.Settled) world.settle(world.held("chat", held), used);

        assertThat(settled.spent().stream().mapToLong(Outcome.LegSpend::amount).sum())
                .isEqualTo(spent * 1_000_000);
        assertThat(settled.spent().stream().mapToLong(Outcome.LegSpend::overrun).sum())
                .isEqualTo(overrun * 1_000_000);
        assertThat(credits()).isEqualTo(available * 1_000_000);
        assertThat(world.wallet("ai-credits").head().overdraft()).isZero();
    }

    @Test
    void aSoftFeatureOverdrawsDownToTheFloorAndNotBelow() {
        on(Catalogue.pro());
        Hold hold = world.held("chat", "1000");

        Outcome.Settled settled = (Outcome.Settled) world.settle(hold, "1600");

        assertThat(settled.spent().getFirst().overdraft()).isEqualTo(500_000_000);
        assertThat(settled.spent().getFirst().overrun()).isEqualTo(100_000_000);
        assertThat(world.wallet("ai-credits").head().overdraft()).isEqualTo(500_000_000);
    }

    @Test
    void recurringCreditComesEachPeriodOnceAndTheOldExpires() {
        on(Catalogue.pro());
        assertThat(credits()).isEqualTo(1_000_000_000);
        world.settle(world.held("chat", "100"), "100");
        world.refresh(true);
        assertThat(credits()).isEqualTo(900_000_000);

        world.now = Instant.parse("2026-06-10T00:00:00Z");
        world.refresh(false);
        world.refresh(true);

        assertThat(credits()).isEqualTo(1_000_000_000);
        assertThat(world.wallet("ai-credits").blocks()).hasSize(4);
        assertThat(world.wallet("ai-credits").blocks().stream().filter(block -> block.status() == BlockStatus.EXPIRED))
                .hasSize(3);
    }

    @Test
    void aHeldPartOfAnEndedBlockNeverComesBackToLife() {
        on(Catalogue.starter());
        Block block = world.grant("10", Category.PAID, 50, null, world.now.plus(2, ChronoUnit.MINUTES));
        Hold hold = world.held("chat", "10");
        world.pass(Duration.ofMinutes(3));

        world.settle(hold, "4");

        assertThat(credits()).isZero();
        assertThat(block.consumed()).isEqualTo(4_000_000);
        assertThat(block.closing()).isEqualTo(6_000_000);
        world.pass(Duration.ofHours(2));
        world.refresh(false);
        assertThat(block.expired()).isEqualTo(6_000_000);
    }

    @Test
    void aScheduledGrantIsNotThereBeforeItsTime() {
        on(Catalogue.starter());
        Block block = world.grant("10", Category.PAID, 50, world.now.plus(1, ChronoUnit.HOURS), null);
        assertThat(credits()).isZero();
        assertThat(block.status()).isEqualTo(BlockStatus.PENDING);
        world.pass(Duration.ofHours(1));

        assertThat(world.reserve("chat", "10")).isInstanceOf(Outcome.Reserved.class);
    }

    @Test
    void reportedUsageBurnsWhatWasValidAtItsTimeAndOnlyOnce() {
        on(Catalogue.starter());
        Block old = world.grant("10", Category.PAID, 50, null, world.now.plus(10, ChronoUnit.MINUTES));
        Instant during = world.now.plus(5, ChronoUnit.MINUTES);
        world.pass(Duration.ofMinutes(20));
        Block live = world.grant("10", Category.PAID, 50, null, null);
        Map<String, String> tokens = Map.of("model", "large", "inputTokens", "1000");

        world.debit("e1", tokens, during);
        world.debit("e1", tokens, during);

        assertThat(old.consumed()).isEqualTo(3_000_000);
        assertThat(live.consumed()).isZero();
        assertThat(world.booked(UsageBooking::reported)).isEqualTo(3_000_000);
        assertThat(world.debit("e1", Map.of("model", "large", "inputTokens", "1"), during))
                .isInstanceOf(Outcome.EventConflict.class);
        assertThat(world.debit("e2", Map.of("model", "huge", "inputTokens", "1"), during))
                .isInstanceOf(Outcome.Unpriced.class);
    }

    @Test
    void anUnreportedHoldIsQuarantinedThenGivenBack() {
        on(Catalogue.starter());
        world.grant("10", Category.PAID, 50, null, null);
        Hold hold = world.held("chat", "8");
        world.pass(Duration.ofMinutes(6));
        world.lapse(hold);
        assertThat(hold.state()).isEqualTo(HoldState.QUARANTINED);
        assertThat(world.wallet("ai-credits").head().quarantined()).isEqualTo(8_000_000);
        Denial denial = ((Outcome.Denied) world.reserve("chat", "3")).denial();
        assertThat(denial.quarantined()).isEqualTo(8_000_000);
        world.pass(Duration.ofHours(1));

        world.lapse(hold);

        assertThat(hold.state()).isEqualTo(HoldState.RELEASED);
        assertThat(credits()).isEqualTo(10_000_000);
        assertThat(world.wallet("ai-credits").head().quarantined()).isZero();
    }

    @Test
    void aReportFromQuarantineIsHonoured() {
        on(Catalogue.starter());
        world.grant("10", Category.PAID, 50, null, null);
        Hold hold = world.held("chat", "8");
        world.pass(Duration.ofMinutes(6));
        world.lapse(hold);

        world.settle(hold, "5");

        assertThat(credits()).isEqualTo(5_000_000);
        assertThat(world.wallet("ai-credits").head().quarantined()).isZero();
    }

    @Test
    void whatIsCertainIsCapturedAndALateReportBooksTheRest() {
        on(Catalogue.starter());
        world.grant("10", Category.PAID, 50, null, null);
        Hold hold = ((Outcome.Reserved) world.run(world.reserving("chat", "8", "3"))).hold();
        world.pass(Duration.ofMinutes(6));
        world.lapse(hold);
        world.pass(Duration.ofHours(1));
        world.lapse(hold);
        assertThat(hold.state()).isEqualTo(HoldState.CAPTURED);
        assertThat(credits()).isEqualTo(7_000_000);

        world.settle(hold, "5");

        assertThat(credits()).isEqualTo(5_000_000);
        assertThat(world.booked(UsageBooking::enforced)).isEqualTo(5_000_000);
        assertThat(world.state.settled()).hasSize(2);
        assertThat(world.settle(hold, "5")).isInstanceOf(Outcome.Refused.class);
    }

    @Test
    void aLateReportOfLessThanWasCapturedGivesTheRestBackToItsBlocks() {
        on(Catalogue.starter());
        Block first = world.grant("2", Category.PAID, 10, null, null);
        Block second = world.grant("10", Category.PAID, 50, null, null);
        Hold hold = ((Outcome.Reserved) world.run(world.reserving("chat", "8", "5"))).hold();
        world.pass(Duration.ofMinutes(6));
        world.lapse(hold);
        world.pass(Duration.ofHours(1));
        world.lapse(hold);
        assertThat(credits()).isEqualTo(7_000_000);

        Outcome.Settled settled = (Outcome.Settled) world.settle(hold, "1");

        assertThat(settled.late()).isTrue();
        assertThat(settled.released()).extracting(Outcome.UnitAmount::amount).containsExactly(4_000_000L);
        assertThat(credits()).isEqualTo(11_000_000);
        assertThat(first.consumed()).isEqualTo(1_000_000);
        assertThat(second.consumed()).isZero();
        assertThat(hold.state()).isEqualTo(HoldState.SETTLED);
        assertThat(world.booked(UsageBooking::enforced)).isEqualTo(1_000_000);
        assertThat(world.state.settled()).extracting(SettledUsage::quantity).containsExactly(5_000_000L, -4_000_000L);
    }

    @Test
    void aCaptureIsGivenBackIfItsEventWasChargedByAReport() {
        on(Catalogue.starter());
        world.grant("10", Category.PAID, 50, null, null);
        Hold hold = ((Outcome.Reserved) world.run(world.reserving("chat", "8", "5"))).hold();
        world.pass(Duration.ofMinutes(6));
        world.lapse(hold);
        world.pass(Duration.ofHours(1));
        world.lapse(hold);
        world.debit("e9", Map.of("model", "large", "inputTokens", "1000"), world.now);
        assertThat(credits()).isEqualTo(2_000_000);

        Outcome.Settled settled = (Outcome.Settled) world.settle(hold, "3", "e9");

        assertThat(settled.alreadyCharged()).isTrue();
        assertThat(credits()).isEqualTo(7_000_000);
    }

    @Test
    void itDoesNotMatterHowUsageIsSplit() {
        on(Catalogue.starter());
        world.grant("10", Category.PAID, 50, null, null);
        world.settle(world.held("chat", "3"), "3");
        LedgerWorld split = new LedgerWorld(START.plus(1, ChronoUnit.DAYS));
        split.apply(
                Catalogue.customer(CUSTOMER, 1, START, List.of(), Catalogue.phase(START, null, Catalogue.starter())),
                Catalogue.starter());
        split.grant("10", Category.PAID, 50, null, null);

        List<Outcome> outcomes = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            outcomes.add(split.settle(split.held("chat", "0.01"), "0.01"));
        }

        assertThat(outcomes).allMatch(Outcome.Settled.class::isInstance);
        assertThat(split.wallet("ai-credits").head().available()).isEqualTo(credits());
    }
}
