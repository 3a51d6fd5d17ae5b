package dev.weir.ledger.posting.domain;

import static dev.weir.ledger.posting.domain.LedgerWorld.CUSTOMER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.catalog.contract.Category;
import dev.weir.catalog.contract.OnLimit;
import dev.weir.catalog.contract.PlanVersion;
import dev.weir.ledger.Catalogue;
import dev.weir.ledger.posting.domain.ByHand.Ended;
import dev.weir.ledger.wallet.domain.Block;
import dev.weir.ledger.wallet.domain.UsageBooking;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReversalDecisionsTest {
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

    private Hold used(String feature, String amount) {
        Hold hold = world.held(feature, amount);
        world.settle(hold, amount);
        return hold;
    }

    private String code(Outcome outcome) {
        return ((Outcome.Refused) outcome).code();
    }

    /** Every window balances, and nothing is metered that is not borne by something. */
    private void everythingAddsUp(long metered) {
        assertThat(world.booked(booking -> booking.enforced() + booking.reported()))
                .isEqualTo(metered);
        assertThat(world.booked(booking -> booking.included()
                        + booking.creditCovered()
                        + booking.overage()
                        + booking.overrun()
                        + booking.unpriced()))
                .isEqualTo(metered);
    }

    @ParameterizedTest
    @CsvSource({
        // two blocks of 5 and 10 credits, 12 used; taken back; what is then used of the first, of the second
        "3, 5, 4",
        "7, 5, 0",
        "8.5, 3.5, 0",
        "12, 0, 0"
    })
    void goesBackOntoTheBlocksInReverseOrder(String quantity, String first, String second) {
        on(Catalogue.starter());
        Block one = world.grant("5", Category.PAID, 10, null, null);
        Block two = world.grant("10", Category.PAID, 20, null, null);
        Hold hold = used("chat", "12");

        world.reverse(hold, quantity, Ended.EXPIRE_NOW);

        assertThat(one.consumed()).isEqualTo(atoms(first));
        assertThat(two.consumed()).isEqualTo(atoms(second));
        everythingAddsUp(12_000_000 - atoms(quantity));
        assertThat(world.state.reversed().getFirst().fact().quantity()).isEqualTo(atoms(quantity));
    }

    private static long atoms(String credits) {
        return new java.math.BigDecimal(credits).movePointRight(6).longValueExact();
    }

    @Test
    void cannotBeTakenBackTwice() {
        on(Catalogue.starter());
        world.grant("20", Category.PAID, 10, null, null);
        Hold hold = used("chat", "12");
        world.reverse(hold, "5", Ended.EXPIRE_NOW);

        assertThat(code(world.reverse(hold, "7.5", Ended.EXPIRE_NOW))).isEqualTo("NOT_CHARGED");
        world.reverse(hold, null, Ended.EXPIRE_NOW);
        assertThat(code(world.reverse(hold, null, Ended.EXPIRE_NOW))).isEqualTo("NOT_CHARGED");
        assertThat(credits()).isEqualTo(20_000_000);
        everythingAddsUp(0);
        assertThat(code(world.reverse("weir:reservation", "nothing", "chat", null, Ended.EXPIRE_NOW)))
                .isEqualTo("UNKNOWN_USAGE");
    }

    @ParameterizedTest
    @CsvSource({
        "EXPIRE_NOW, 0, 0, 1000",
        "GOODWILL, 8, 0, 1000",
        "REVIVE, 8, 800, 200",
    })
    void creditWhoseBlockHasEndedGoesByPolicy(Ended ended, String available, long costOfNew, long costOfOld) {
        on(Catalogue.starter());
        Block block = world.sold("10", 1_000, null, world.now.plus(1, ChronoUnit.HOURS));
        Hold hold = used("chat", "8");
        world.pass(Duration.ofDays(2));

        world.reverse(hold, null, ended);

        assertThat(credits()).isEqualTo(atoms(available));
        assertThat(block.consumed()).isZero();
        assertThat(block.netCost()).isEqualTo(costOfOld);
        assertThat(world.blocks("ai-credits").stream()
                        .filter(other -> other != block)
                        .mapToLong(other -> other.terms().costTotal())
                        .sum())
                .isEqualTo(costOfNew);
        everythingAddsUp(0);
    }

    @Test
    void quotaAndCreditOfOneUseGoBackInReverse() {
        on(Catalogue.starter());
        world.grant("100", Category.PAID, 10, null, null);
        Hold hold = used("images", "130");
        assertThat(credits()).isEqualTo(atoms("94"));

        world.reverse(hold, "40", Ended.EXPIRE_NOW);

        assertThat(credits()).isEqualTo(atoms("100"));
        assertThat(world.wallet("images").head().available()).isEqualTo(10);
        everythingAddsUp(90);
        world.reverse(hold, null, Ended.EXPIRE_NOW);
        assertThat(world.wallet("images").head().available()).isEqualTo(100);
        everythingAddsUp(0);
    }

    @Test
    void overageGoesBackBeforeTheQuota() {
        on(Catalogue.plan("soft", 1, List.of(), null, Catalogue.limit("api-calls", "100", "P1M", OnLimit.SOFT)));
        Hold hold = used("api-calls", "130");

        world.reverse(hold, "50", Ended.EXPIRE_NOW);

        assertThat(world.booked(UsageBooking::overage)).isZero();
        assertThat(world.wallet("api-calls").head().available()).isEqualTo(20);
        everythingAddsUp(80);
    }

    @Test
    void debtGoesBackAndWhatWasRepaidOfItIsGoodwill() {
        on(Catalogue.plan("soft", 1, List.of(), "500", Catalogue.access("chat", OnLimit.SOFT)));
        Hold hold = used("chat", "30");
        Block repaying = world.grant("20", Category.PAID, 10, null, null);
        assertThat(repaying.consumed()).isEqualTo(atoms("20"));

        world.reverse(hold, null, Ended.EXPIRE_NOW);

        assertThat(world.wallet("ai-credits").head().overdraft()).isZero();
        assertThat(credits()).isEqualTo(atoms("20"));
        everythingAddsUp(0);
    }

    @Test
    void reportedCreditGoesBackToo() {
        on(Catalogue.starter());
        world.grant("100", Category.PAID, 10, null, null);
        world.debit("e1", Map.of("model", "large", "inputTokens", "1000", "outputTokens", "0"), world.now);
        assertThat(credits()).isEqualTo(atoms("97"));

        world.reverse("src", "e1", "chat", "1", Ended.EXPIRE_NOW);

        assertThat(credits()).isEqualTo(atoms("98"));
        assertThat(world.booked(UsageBooking::reported)).isEqualTo(atoms("2"));
        everythingAddsUp(atoms("2"));
        assertThat(world.state.reversed().getFirst().fact().reservation()).isNull();
    }
}
