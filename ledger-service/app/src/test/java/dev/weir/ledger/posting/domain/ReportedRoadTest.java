package dev.weir.ledger.posting.domain;

import static dev.weir.ledger.posting.domain.LedgerWorld.CUSTOMER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.catalog.contract.Category;
import dev.weir.catalog.contract.Effect;
import dev.weir.catalog.contract.Entitlement;
import dev.weir.catalog.contract.OnLimit;
import dev.weir.catalog.contract.PlanVersion;
import dev.weir.catalog.contract.Then;
import dev.weir.catalog.contract.UsageOnChange;
import dev.weir.entitlement.contract.AllowancePart;
import dev.weir.ledger.Catalogue;
import dev.weir.ledger.wallet.domain.UsageBooking;
import dev.weir.platform.kernel.Ids;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What plans say of limits and credit holds for usage that is told after the fact as it does for what is asked before. */
class ReportedRoadTest {
    private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");

    private LedgerWorld world;
    private Instant hour;

    @BeforeEach
    void start() {
        world = new LedgerWorld(START.plus(1, ChronoUnit.DAYS));
        hour = world.now.truncatedTo(ChronoUnit.HOURS);
    }

    private void on(long version, PlanVersion plan, AllowancePart... allowances) {
        world.apply(
                Catalogue.customer(CUSTOMER, version, START, List.of(allowances), Catalogue.phase(START, null, plan)),
                plan);
    }

    private long credits() {
        return world.wallet("ai-credits").head().available() / 1_000_000;
    }

    @Test
    void includedFirstThenCreditsThenTheVendor() {
        on(1, Catalogue.starter());
        world.grant("10", Category.PAID, 50, null, null);

        world.total("images", hour, 1, 130, world.now);
        assertThat(world.booked(UsageBooking::included)).isEqualTo(100);
        assertThat(world.booked(UsageBooking::creditCovered)).isEqualTo(30);
        assertThat(credits()).isEqualTo(4);

        world.total("images", hour, 2, 160, world.now);
        assertThat(world.booked(UsageBooking::creditCovered)).isEqualTo(50);
        assertThat(world.booked(UsageBooking::overrun))
                .as("10 images that 0 credits could not pay")
                .isEqualTo(10);
        assertThat(credits()).isZero();
    }

    @Test
    void thenOnASoftFeatureGoesIntoOverdraftAsFarAsThePlanLets() {
        PlanVersion plan = Catalogue.plan(
                "soft-then",
                1,
                List.of(),
                "2",
                Catalogue.limit(
                        "images", "100", "P1M", OnLimit.SOFT, null, new Then("ai-credits", new BigDecimal("0.2"))));
        on(1, plan);

        world.total("images", hour, 1, 115, world.now);

        assertThat(world.booked(UsageBooking::creditCovered))
                .as("2 credits of debt pay for 10")
                .isEqualTo(10);
        assertThat(world.booked(UsageBooking::overrun)).isEqualTo(5);
        assertThat(world.wallet("ai-credits").head().overdraft()).isEqualTo(2_000_000);
    }

    @Test
    void reportedOverageStopsAtItsCap() {
        on(
                1,
                Catalogue.plan(
                        "capped",
                        1,
                        List.of(),
                        null,
                        Catalogue.limit("api-calls", "100", "P1M", OnLimit.SOFT, "20", null)));

        world.total("api-calls", hour, 1, 150, world.now);

        assertThat(world.booked(UsageBooking::overage)).isEqualTo(20);
        assertThat(world.booked(UsageBooking::overrun)).isEqualTo(30);
        world.total("api-calls", hour, 2, 110, world.now);
        assertThat(world.booked(UsageBooking::overage))
                .as("the vendor's loss goes first")
                .isEqualTo(10);
        assertThat(world.booked(UsageBooking::overrun)).isZero();
    }

    @Test
    void reportedCreditUsageOverdrawsASoftFeatureDownToTheFloor() {
        on(1, Catalogue.plan("debt", 1, List.of(), "3", Catalogue.access("chat", OnLimit.SOFT)));
        world.debit("e1", Map.of("model", "large", "inputTokens", "500"), world.now);
        world.debit("e2", Map.of("model", "large", "inputTokens", "1000"), world.now);

        assertThat(world.wallet("ai-credits").head().overdraft()).isEqualTo(3_000_000);
        assertThat(world.booked(UsageBooking::overrun)).isEqualTo(1_500_000);
        world.grant("10", Category.PAID, 50, null, null);
        assertThat(credits()).as("a grant repays the debt first").isEqualTo(7);
    }

    @Test
    void whatIsRevokedIsRefusedAndReportedUsageOfItWaits() {
        AllowancePart revoked = new AllowancePart(
                Ids.of("revoked"),
                AllowancePart.Kind.OVERRIDE,
                "api-calls",
                Objects.requireNonNull(Catalogue.FEATURES.get("api-calls")),
                null,
                true,
                START,
                null,
                "abuse");
        on(1, Catalogue.starter(), revoked);
        assertThat(((Outcome.Denied) world.reserve("api-calls", "1")).denial().reason())
                .isEqualTo(Denial.Reason.REVOKED);
        assertThat(world.total("api-calls", hour, 1, 5, world.now)).isInstanceOf(Outcome.Unpriced.class);

        on(2, Catalogue.starter());
        assertThat(world.reserve("api-calls", "1000")).isInstanceOf(Outcome.Reserved.class);
    }

    @Test
    void anIncrementPromotionRaisesAndItsEndCutsWhatIsNotUsed() {
        Instant end = world.now.plus(2, ChronoUnit.DAYS);
        AllowancePart more = new AllowancePart(
                Ids.of("promoted"),
                AllowancePart.Kind.PROMOTION,
                "api-calls",
                Objects.requireNonNull(Catalogue.FEATURES.get("api-calls")),
                new Entitlement(
                        "api-calls",
                        new BigDecimal("500"),
                        "P1M",
                        null,
                        null,
                        null,
                        null,
                        Effect.INCREMENT,
                        UsageOnChange.KEEP,
                        List.of()),
                false,
                START,
                end,
                "spring");
        on(1, Catalogue.starter(), more);
        world.total("api-calls", hour, 1, 1_200, world.now);
        assertThat(world.booked(UsageBooking::included)).isEqualTo(1_200);
        assertThat(world.wallet("api-calls").head().available()).isEqualTo(300);

        world.now = end.plusSeconds(1);
        world.refresh(false);
        assertThat(world.wallet("api-calls").head().available()).isZero();
        assertThat(world.booked(UsageBooking::overage))
                .as("it was allowed when it happened")
                .isZero();
        assertThat(world.reserve("api-calls", "1")).isInstanceOf(Outcome.Denied.class);
    }
}
