package dev.weir.ledger.posting.domain;

import static dev.weir.ledger.posting.domain.LedgerWorld.CUSTOMER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.catalog.contract.Category;
import dev.weir.catalog.contract.OnLimit;
import dev.weir.catalog.contract.PlanVersion;
import dev.weir.ledger.Catalogue;
import dev.weir.ledger.contract.BlockStatus;
import dev.weir.ledger.wallet.domain.Block;
import dev.weir.ledger.wallet.domain.UsageBooking;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LimitDecisionsTest {
    private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
    private static final PlanVersion SMALL_SOFT =
            Catalogue.plan("small", 1, List.of(), null, Catalogue.limit("api-calls", "1000", "P1M", OnLimit.SOFT));
    private static final PlanVersion BIG_SOFT =
            Catalogue.plan("big", 1, List.of(), null, Catalogue.limit("api-calls", "10000", "P1M", OnLimit.SOFT));
    private static final PlanVersion CAPPED = Catalogue.plan(
            "capped", 1, List.of(), null, Catalogue.limit("api-calls", "10", "P1M", OnLimit.SOFT, "5", null));

    private LedgerWorld world;

    @BeforeEach
    void start() {
        world = new LedgerWorld(START.plus(1, ChronoUnit.DAYS));
    }

    private void on(long version, PlanVersion plan) {
        world.apply(Catalogue.customer(CUSTOMER, version, START, List.of(), Catalogue.phase(START, null, plan)), plan);
    }

    /** From the start on the first plan, since now on the second. */
    private void change(long version, PlanVersion from, PlanVersion to) {
        Instant at = world.now;
        world.apply(
                Catalogue.customer(
                        CUSTOMER,
                        version,
                        START,
                        List.of(),
                        Catalogue.phase(START, at, from),
                        Catalogue.phase(at, null, to)),
                from,
                to);
    }

    private long available() {
        return world.wallet("api-calls").head().available();
    }

    @Test
    void anUpgradeAbsorbsTheOverageAndTakesOverOpenHolds() {
        on(1, SMALL_SOFT);
        world.settle(world.held("api-calls", "2200"), "2200");
        Hold open = world.held("api-calls", "100");
        assertThat(world.booked(UsageBooking::overage)).isEqualTo(1200);
        assertThat(world.wallet("api-calls").head().overageHeld()).isEqualTo(100);
        world.pass(Duration.ofDays(1));

        change(2, SMALL_SOFT, BIG_SOFT);

        assertThat(world.booked(UsageBooking::overage)).isZero();
        assertThat(world.booked(UsageBooking::included)).isEqualTo(2200);
        assertThat(world.wallet("api-calls").head().overageHeld()).isZero();
        assertThat(world.wallet("api-calls").head().held()).isEqualTo(100);
        assertThat(available()).isEqualTo(10_000 - 2_300);
        world.settle(open, "100");
        assertThat(world.booked(UsageBooking::included)).isEqualTo(2300);
        // The window stays the plan's under which the usage happened, so that metering's window agrees with it.
        assertThat(world.bookings())
                .filteredOn(booking -> booking.overage() < 0)
                .singleElement()
                .satisfies(absorbed -> assertThat(absorbed.plan()).isEqualTo("small"));
    }

    @Test
    void aDowngradeVoidsOnlyWhatIsUnused() {
        on(1, BIG_SOFT);
        world.settle(world.held("api-calls", "5000"), "5000");
        world.pass(Duration.ofDays(1));

        change(2, BIG_SOFT, SMALL_SOFT);

        assertThat(available()).isZero();
        assertThat(world.booked(UsageBooking::overage)).isZero();
        world.settle(world.held("api-calls", "7"), "7");
        assertThat(world.booked(UsageBooking::overage)).isEqualTo(7);
    }

    @Test
    void upAndDownAndUpAgainMintsNothing() {
        on(1, SMALL_SOFT);
        world.settle(world.held("api-calls", "400"), "400");
        world.pass(Duration.ofHours(1));
        change(2, SMALL_SOFT, BIG_SOFT);
        assertThat(available()).isEqualTo(9600);
        world.pass(Duration.ofHours(1));
        on(3, SMALL_SOFT);
        assertThat(available()).isEqualTo(600);
        world.pass(Duration.ofHours(1));

        on(4, BIG_SOFT);

        assertThat(available()).isEqualTo(9600);
    }

    @Test
    void whatWasHeldAtACutIsVoidedWhenItComesBack() {
        on(1, BIG_SOFT);
        Hold hold = world.held("api-calls", "9000");
        world.pass(Duration.ofHours(1));
        change(2, BIG_SOFT, SMALL_SOFT);
        assertThat(available()).isZero();
        assertThat(world.wallet("api-calls").head().held()).isEqualTo(9000);

        world.settle(hold, "300");

        assertThat(available()).isEqualTo(700);
    }

    @Test
    void overageStopsAtItsCap() {
        on(1, CAPPED);
        world.held("api-calls", "14");

        Outcome refused = world.reserve("api-calls", "2");

        assertThat(((Outcome.Denied) refused).denial().reason()).isEqualTo(Denial.Reason.LIMIT_REACHED);
        assertThat(((Outcome.Denied) refused).denial().shortBy()).isEqualTo(1);
        assertThat(world.reserve("api-calls", "1")).isInstanceOf(Outcome.Reserved.class);
    }

    @Test
    void aNewPeriodBeginsByItselfAndTheOldOneStaysOpenForLateUsage() {
        on(1, SMALL_SOFT);
        world.settle(world.held("api-calls", "600"), "600");
        world.now = Instant.parse("2026-04-01T00:05:00Z");

        Instant late = Instant.parse("2026-03-31T23:59:00Z");
        world.total("api-calls", late.truncatedTo(ChronoUnit.HOURS), 1, 10, late);

        Block march = world.wallet("api-calls").blocks().stream()
                .filter(block -> block.effectiveAt().equals(START))
                .findFirst()
                .orElseThrow();
        assertThat(march.status()).isEqualTo(BlockStatus.CLOSING);
        assertThat(march.consumed()).isEqualTo(610);
        assertThat(march.closing()).isEqualTo(390);
        assertThat(available()).isEqualTo(1000);
    }

    @Test
    void everySkippedPeriodIsOpenedAndClosedInOrder() {
        on(1, SMALL_SOFT);
        world.now = Instant.parse("2026-09-15T00:00:00Z");

        world.refresh(false);

        assertThat(available()).isEqualTo(1000);
        assertThat(world.wallet("api-calls").blocks().stream().filter(block -> block.status() == BlockStatus.ACTIVE))
                .hasSize(1);
    }

    @Test
    void includedFirstThenCreditAllOrNothing() {
        on(1, Catalogue.starter());
        world.grant("1", Category.PAID, 50, null, null);
        assertThat(world.reserve("images", "106")).isInstanceOf(Outcome.Denied.class);
        assertThat(world.wallet("images").head().held()).isZero();

        Hold hold = world.held("images", "105");

        assertThat(world.wallet("images").head().held()).isEqualTo(100);
        assertThat(world.wallet("ai-credits").head().held()).isEqualTo(1_000_000);
        world.settle(hold, "102");
        assertThat(world.booked(UsageBooking::included)).isEqualTo(100);
        assertThat(world.booked(UsageBooking::creditCovered)).isEqualTo(2);
        assertThat(world.wallet("ai-credits").head().available()).isEqualTo(600_000);
    }

    @Test
    void aLevelGoesUpWithinItsLimitAndDownAlways() {
        on(1, Catalogue.starter());
        Instant hour = world.now.truncatedTo(ChronoUnit.HOURS);
        world.total("seats", hour, 1, 4, world.now);
        assertThat(world.reserve("seats", "2")).isInstanceOf(Outcome.Denied.class);
        world.settle(world.held("seats", "1"), "1");

        world.total("seats", hour, 2, 1, world.now);

        assertThat(world.wallet("seats").head().available()).isEqualTo(3);
        world.pass(Duration.ofDays(90));
        world.refresh(false);
        assertThat(world.wallet("seats").head().available()).isEqualTo(3);
    }

    @Test
    void totalsAreAbsoluteSoRepeatsAndDisorderDoNoHarm() {
        on(1, Catalogue.starter());
        Instant hour = world.now.truncatedTo(ChronoUnit.HOURS);
        world.total("api-calls", hour, 2, 30, world.now);
        world.total("api-calls", hour, 1, 10, world.now);
        world.total("api-calls", hour, 2, 30, world.now);
        assertThat(available()).isEqualTo(970);

        world.total("api-calls", hour, 3, 25, world.now);

        assertThat(available()).isEqualTo(975);
        assertThat(world.booked(UsageBooking::reported)).isEqualTo(25);
    }

    @Test
    void usageBeyondAHardLimitIsTheVendorsLoss() {
        on(1, Catalogue.starter());
        Instant hour = world.now.truncatedTo(ChronoUnit.HOURS);

        world.total("api-calls", hour, 1, 1005, world.now);

        assertThat(world.booked(UsageBooking::overrun)).isEqualTo(5);
        assertThat(world.booked(UsageBooking::included)).isEqualTo(1000);
    }

    @Test
    void usageThatNothingEntitlesToIsPricedWhenItCanBe() {
        Instant hour = world.now.truncatedTo(ChronoUnit.HOURS);
        assertThat(world.total("api-calls", hour, 1, 7, world.now)).isInstanceOf(Outcome.Unpriced.class);
        assertThat(world.booked(UsageBooking::unpriced)).isEqualTo(7);
        Instant at = world.now;

        on(1, Catalogue.starter());
        assertThat(world.total("api-calls", hour, 1, 7, at)).isInstanceOf(Outcome.Done.class);

        assertThat(world.booked(UsageBooking::unpriced)).isZero();
        assertThat(world.booked(UsageBooking::included)).isEqualTo(7);
        assertThat(available()).isEqualTo(993);
    }

    @Test
    void aHoldThatNobodyReportsOnGoesBack() {
        on(1, Catalogue.starter());
        Hold hold = world.held("api-calls", "10");
        world.pass(Duration.ofMinutes(6));

        world.lapse(hold);

        assertThat(hold.state()).isEqualTo(HoldState.RELEASED);
        assertThat(available()).isEqualTo(1000);
        assertThat(((Outcome.Settled) world.settle(hold, "4")).late()).isTrue();
        assertThat(available()).isEqualTo(996);
    }

    @Test
    void settlingNeedsNoEntitlementAnyMore() {
        on(1, Catalogue.starter());
        Hold hold = world.held("api-calls", "10");
        world.pass(Duration.ofMinutes(1));
        Instant end = world.now;
        world.apply(
                Catalogue.customer(CUSTOMER, 2, START, List.of(), Catalogue.phase(START, end, Catalogue.starter())),
                Catalogue.starter());
        world.pass(Duration.ofMinutes(1));
        assertThat(world.reserve("api-calls", "1")).isInstanceOf(Outcome.Denied.class);

        assertThat(world.settle(hold, "10")).isInstanceOf(Outcome.Settled.class);
    }
}
