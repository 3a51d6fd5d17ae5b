package dev.weir.ledger.posting.domain;

import static dev.weir.ledger.posting.domain.LedgerWorld.CUSTOMER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.catalog.contract.OnLimit;
import dev.weir.catalog.contract.PlanVersion;
import dev.weir.entitlement.contract.MigrationUndone;
import dev.weir.entitlement.contract.SourceKind;
import dev.weir.entitlement.contract.SubscriptionPhase;
import dev.weir.ledger.Catalogue;
import dev.weir.platform.kernel.Ids;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A migration from 100 to 300 credits a month, on the second day of the month, undone on the third. */
class RecallDecisionsTest {
    private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
    private static final PlanVersion SMALL = plan("small", "100");
    private static final PlanVersion LARGE = plan("large", "300");

    private LedgerWorld world;
    private Instant migrated;
    private Instant undone;

    private static PlanVersion plan(String key, String credits) {
        return Catalogue.plan(
                key, 1, List.of(Catalogue.monthly(credits)), null, Catalogue.access("chat", OnLimit.HARD));
    }

    @BeforeEach
    void migrate() {
        world = new LedgerWorld(START.plus(1, ChronoUnit.DAYS));
        migrated = world.now;
        undone = migrated.plus(1, ChronoUnit.DAYS);
        snapshot(1, Catalogue.phase(START, null, SMALL));
        snapshot(2, Catalogue.phase(START, migrated, SMALL), Catalogue.phase(migrated, null, LARGE));
        world.pass(Duration.ofDays(1));
    }

    private void snapshot(long version, SubscriptionPhase... phases) {
        world.apply(Catalogue.customer(CUSTOMER, version, START, List.of(), phases), SMALL, LARGE);
    }

    private void undo() {
        snapshot(
                3,
                Catalogue.phase(START, migrated, SMALL),
                Catalogue.phase(migrated, undone, LARGE),
                Catalogue.phase(undone, null, SMALL));
    }

    private void recall() {
        world.recall(new MigrationUndone(
                Ids.of("migration"),
                Ids.of("undo"),
                CUSTOMER,
                CUSTOMER,
                Ids.of("subscription of " + CUSTOMER),
                migrated,
                undone,
                List.of(new MigrationUndone.Given(
                        SourceKind.PLAN,
                        "small",
                        "monthly",
                        "ai-credits",
                        false,
                        new BigDecimal("100"),
                        new BigDecimal("300")))));
    }

    private long available() {
        world.refresh(true);
        return world.wallet("ai-credits").head().available() / 1_000_000;
    }

    @ParameterizedTest
    @CsvSource({"0, 100", "60, 40", "150, 0", "250, 0", "300, 0"})
    void whatIsUnusedOfWhatTheMigrationGaveIsTakenBack(int used, long left) {
        if (used > 0) {
            world.settle(world.held("chat", Integer.toString(used)), Integer.toString(used));
        }
        undo();

        recall();

        assertThat(available()).isEqualTo(left);
    }

    @Test
    void nothingIsMintedWhicheverIsHeardFirst() {
        recall();
        assertThat(available()).isEqualTo(100);

        undo();

        assertThat(available()).isEqualTo(100);
    }

    @Test
    void aMigrationMadeAgainGivesAgainWhatWasTakenBack() {
        undo();
        recall();

        snapshot(
                4,
                Catalogue.phase(START, migrated, SMALL),
                Catalogue.phase(migrated, undone, LARGE),
                Catalogue.phase(undone, world.now, SMALL),
                Catalogue.phase(world.now, null, LARGE));

        assertThat(available()).isEqualTo(300);
    }

    @Test
    void whatIsHeldIsTakenBackWhenItIsReleased() {
        Hold hold = world.held("chat", "250");
        undo();

        recall();
        world.release(hold);

        assertThat(available()).isEqualTo(100);
    }
}
