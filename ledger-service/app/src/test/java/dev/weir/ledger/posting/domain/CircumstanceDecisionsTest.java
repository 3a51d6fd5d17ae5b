package dev.weir.ledger.posting.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.catalog.contract.Category;
import dev.weir.catalog.contract.CreditGrant;
import dev.weir.catalog.contract.GrantOn;
import dev.weir.catalog.contract.Money;
import dev.weir.catalog.contract.OnLimit;
import dev.weir.catalog.contract.PerSeat;
import dev.weir.catalog.contract.PlanVersion;
import dev.weir.ledger.Catalogue;
import dev.weir.ledger.wallet.domain.Block;
import dev.weir.ledger.wallet.domain.PaidPeriod;
import dev.weir.platform.kernel.Ids;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Credit by seats held, credit that waits for a payment, and limits that begin in mid-period. */
class CircumstanceDecisionsTest {
    private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
    private static final Instant APRIL = Instant.parse("2026-04-01T00:00:00Z");
    private static final Instant MAY = Instant.parse("2026-05-01T00:00:00Z");
    private static final UUID SUBSCRIPTION = Ids.of("subscription of acme");

    private final LedgerWorld world = new LedgerWorld(START);

    private static CreditGrant grant(GrantOn on, String amount, @Nullable PerSeat perSeat) {
        return new CreditGrant(
                "monthly",
                "ai-credits",
                new BigDecimal(amount),
                "P1M",
                false,
                Category.PAID,
                50,
                on,
                null,
                new Money(new BigDecimal("2.00"), "USD"),
                null,
                null,
                perSeat);
    }

    private static PlanVersion seated() {
        return Catalogue.plan(
                "seated",
                1,
                List.of(grant(GrantOn.PERIOD_START, "0", new PerSeat("seats", new BigDecimal("200")))),
                null,
                Catalogue.limit("seats", "10", null, OnLimit.HARD),
                Catalogue.access("chat", OnLimit.HARD));
    }

    private void seats(long revision, long level) {
        Instant hour = world.now.truncatedTo(ChronoUnit.HOURS);
        world.total("seats", hour, revision, level, world.now);
    }

    private long available() {
        return world.wallet("ai-credits").head().available() / 1_000_000;
    }

    @Test
    void creditIsScaledByTheSeatsHeld() {
        world.apply(Catalogue.customer("acme", 1, START, List.of(), Catalogue.phase(START, null, seated())), seated());
        assertThat(available()).isZero();

        seats(1, 3);

        assertThat(available()).isEqualTo(600);
        Block block = world.blocks("ai-credits").getFirst();
        assertThat(block.terms().costTotal()).isEqualTo(600);
    }

    @Test
    void seatsAddedInMidPeriodIssueMoreAndSeatsRemovedVoidNothing() {
        world.apply(Catalogue.customer("acme", 1, START, List.of(), Catalogue.phase(START, null, seated())), seated());
        seats(1, 3);
        world.pass(Duration.ofDays(10));
        seats(1, 2);
        assertThat(available()).isEqualTo(1_000);
        Block raise = world.blocks("ai-credits").getLast();
        assertThat(raise.terms().ordinal()).isEqualTo(1);
        assertThat(raise.effectiveAt()).isEqualTo(world.now);
        assertThat(raise.terms().costTotal()).isEqualTo(400);

        seats(2, -3);
        assertThat(available()).isEqualTo(1_000);
        seats(3, 2);
        assertThat(available())
                .as("giving seats back and taking them again mints nothing")
                .isEqualTo(1_000);
    }

    @Test
    void aPeriodOpensWithTheLevelAtItsStartEvenIfNobodyLookedThen() {
        world.apply(Catalogue.customer("acme", 1, START, List.of(), Catalogue.phase(START, null, seated())), seated());
        seats(1, 4);

        world.now = APRIL.plus(3, ChronoUnit.DAYS);
        seats(1, -1);

        assertThat(world.blocks("ai-credits").stream()
                        .filter(block -> block.effectiveAt().equals(APRIL))
                        .mapToLong(Block::granted)
                        .sum())
                .isEqualTo(800_000_000);
        world.now = MAY.plusSeconds(1);
        world.refresh(false);
        assertThat(available()).isEqualTo(600);
    }

    @Test
    void creditOpensWhenTheInvoiceOfItsPeriodIsPaidOnceWhicheverComesFirst() {
        PlanVersion plan = Catalogue.plan(
                "paid",
                1,
                List.of(grant(GrantOn.INVOICE_PAID, "1000", null)),
                null,
                Catalogue.access("chat", OnLimit.HARD));
        world.apply(Catalogue.customer("acme", 1, START, List.of(), Catalogue.phase(START, null, plan)), plan);
        assertThat(available()).isZero();

        world.pass(Duration.ofDays(2));
        world.state.add(new PaidPeriod(SUBSCRIPTION, START, APRIL));
        world.refresh(true);
        world.refresh(true);
        assertThat(available()).isEqualTo(1_000);
        Block block = world.blocks("ai-credits").getFirst();
        assertThat(block.effectiveAt()).isEqualTo(START.plus(2, ChronoUnit.DAYS));
        assertThat(block.expiresAt()).isEqualTo(APRIL);
        assertThat(block.terms().costTotal()).isEqualTo(200);

        world.state.add(new PaidPeriod(SUBSCRIPTION, APRIL, MAY));
        world.refresh(true);
        assertThat(available())
                .as("a period paid in advance opens when it begins")
                .isEqualTo(1_000);
        world.now = APRIL;
        world.refresh(false);
        assertThat(available()).isEqualTo(1_000);
        world.now = MAY;
        world.refresh(false);
        assertThat(available()).as("May is not paid").isZero();
    }

    @Test
    void aPaymentMayComeBeforeTheSubscription() {
        PlanVersion plan = Catalogue.plan(
                "paid",
                1,
                List.of(grant(GrantOn.INVOICE_PAID, "1000", null)),
                null,
                Catalogue.access("chat", OnLimit.HARD));
        world.state.add(new PaidPeriod(SUBSCRIPTION, START, APRIL));

        world.apply(Catalogue.customer("acme", 1, START, List.of(), Catalogue.phase(START, null, plan)), plan);

        assertThat(available()).isEqualTo(1_000);
    }

    @Test
    void aLimitThatBeginsInMidPeriodOpensWithTheUsageSoFar() {
        PlanVersion unlimited =
                Catalogue.plan("free", 1, List.of(), null, Catalogue.limit("api-calls", null, null, OnLimit.HARD));
        PlanVersion limited =
                Catalogue.plan("tight", 1, List.of(), null, Catalogue.limit("api-calls", "1000", "P1M", OnLimit.HARD));
        Instant change = START.plus(10, ChronoUnit.DAYS);
        world.apply(
                Catalogue.customer("acme", 1, START, List.of(), Catalogue.phase(START, null, unlimited)), unlimited);
        world.now = change;
        world.state.usedBefore(world.wallet("api-calls").id(), Map.of(START, 700L));
        world.apply(
                Catalogue.customer(
                        "acme",
                        2,
                        START,
                        List.of(),
                        Catalogue.phase(START, change, unlimited),
                        Catalogue.phase(change, null, limited)),
                limited);

        assertThat(world.reserve("api-calls", "301")).isInstanceOf(Outcome.Denied.class);
        Outcome.Denied denied = (Outcome.Denied) world.reserve("api-calls", "301");
        assertThat(denied.denial().used()).isEqualTo(700);
        assertThat(denied.denial().limit()).isEqualTo(1_000);
        assertThat(world.reserve("api-calls", "300")).isInstanceOf(Outcome.Reserved.class);

        world.state.usedBefore(world.wallet("api-calls").id(), Map.of(START, 650L));
        world.refresh(true);
        assertThat(world.reserve("api-calls", "51")).isInstanceOf(Outcome.Denied.class);
        assertThat(world.reserve("api-calls", "50")).isInstanceOf(Outcome.Reserved.class);

        world.now = APRIL;
        assertThat(world.reserve("api-calls", "1000")).isInstanceOf(Outcome.Reserved.class);
    }
}
