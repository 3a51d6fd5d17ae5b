package dev.weir.ledger.posting.domain;

import static dev.weir.ledger.posting.domain.LedgerWorld.CUSTOMER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.catalog.contract.Category;
import dev.weir.ledger.Catalogue;
import dev.weir.ledger.wallet.domain.Block;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MoveDecisionsTest {
    private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");

    private LedgerWorld world;

    @BeforeEach
    void start() {
        world = new LedgerWorld(START.plus(1, ChronoUnit.DAYS));
        world.apply(
                Catalogue.customer(CUSTOMER, 1, START, List.of(), Catalogue.phase(START, null, Catalogue.starter())),
                Catalogue.starter());
    }

    @Test
    void aTransferKeepsExpiryCategoryAndShareOfCost() {
        Instant soon = world.now.plus(3, ChronoUnit.DAYS);
        Block paid = world.sold("30", 1_000, null, soon);
        Block gift = world.grant("10", Category.PROMOTIONAL, 10, null, null);

        Outcome.Moved moved = (Outcome.Moved) world.transfer("20");

        assertThat(moved.parts()).extracting(part -> part.block().id()).containsExactly(gift.id(), paid.id());
        List<Block> arrived = moved.parts().stream()
                .map(part -> java.util.Objects.requireNonNull(part.child()))
                .toList();
        assertThat(arrived.get(0).category()).isEqualTo(Category.PROMOTIONAL);
        assertThat(arrived.get(0).terms().priority()).isEqualTo(10);
        assertThat(arrived.get(1).expiresAt()).isEqualTo(soon);
        assertThat(arrived.get(1).terms().costTotal()).isEqualTo(333);
        assertThat(paid.netCost()).isEqualTo(667);
        assertThat(world.otherWallet().head().available()).isEqualTo(20_000_000);
        assertThat(world.wallet("ai-credits").head().available()).isEqualTo(20_000_000);
    }

    @Test
    void aBlockMovedInManyPiecesMovesItsWholeCost() {
        Block paid = world.sold("7", 1_000, null, null);
        for (int i = 0; i < 7; i++) {
            world.transfer("1");
        }

        assertThat(paid.netCost()).isZero();
        assertThat(world.otherWallet().blocks().stream()
                        .mapToLong(block -> block.terms().costTotal())
                        .sum())
                .isEqualTo(1_000);
    }

    @ParameterizedTest
    @CsvSource({
        // two blocks of 5 and 5, scale 6; amount, rate; received at scale 2; residue in the target's atoms
        "10, 3, 3000, 0",
        "10, 0.333, 333, 0",
        "7.5, 0.3333, 249, 0.975",
        "0.01, 1, 1, 0",
        "10, 0.0015, 1, 0.5"
    })
    void aConversionRoundsOnceAndSaysWhatItLost(String amount, String rate, long received, String residue) {
        world.sold("5", 500, null, null);
        world.sold("5", 700, null, null);

        Outcome.Moved moved = (Outcome.Moved) world.convert(amount, rate);

        assertThat(moved.received()).isEqualTo(received);
        assertThat(moved.residue()).isEqualByComparingTo(residue);
        assertThat(world.wallet("tokens").head().available()).isEqualTo(received);
    }

    @ParameterizedTest
    @CsvSource({"0.001, 1, INVALID_QUANTITY", "11, 1, INSUFFICIENT_CREDIT", "1, 99999999999999999, INVALID_QUANTITY"})
    void aConversionThatCannotBeMadeChangesNothing(String amount, String rate, String code) {
        world.sold("10", 500, null, null);

        Outcome outcome = world.convert(amount, rate);

        assertThat(((Outcome.Refused) outcome).code()).isEqualTo(code);
        assertThat(world.wallet("ai-credits").head().available()).isEqualTo(10_000_000);
    }

    @Test
    void aDebitByHandTakesAllOrNothing() {
        Block first = world.grant("5", Category.PAID, 10, null, null);
        Block second = world.grant("5", Category.PAID, 20, null, null);

        assertThat(((Outcome.Refused) world.charge("10.000001")).code()).isEqualTo("INSUFFICIENT_CREDIT");
        world.charge("7");

        assertThat(first.consumed()).isEqualTo(5_000_000);
        assertThat(second.consumed()).isEqualTo(2_000_000);
    }
}
