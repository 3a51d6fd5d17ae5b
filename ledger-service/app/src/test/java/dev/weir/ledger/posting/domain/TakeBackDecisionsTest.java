package dev.weir.ledger.posting.domain;

import static dev.weir.ledger.posting.domain.LedgerWorld.CUSTOMER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.catalog.contract.Category;
import dev.weir.catalog.contract.PlanVersion;
import dev.weir.ledger.Catalogue;
import dev.weir.ledger.contract.WalletStatus;
import dev.weir.ledger.finance.domain.BlockCost;
import dev.weir.ledger.finance.domain.GlAccount;
import dev.weir.ledger.finance.domain.Postings;
import dev.weir.ledger.wallet.domain.Account;
import dev.weir.ledger.wallet.domain.Block;
import dev.weir.ledger.wallet.domain.JournalRow;
import dev.weir.ledger.wallet.domain.MoveKind;
import dev.weir.ledger.wallet.domain.WalletBook;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TakeBackDecisionsTest {
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

    /** Where the block's money stands after the whole journal, and what was posted as owed by the customer. */
    private record Money(BlockCost cost, long receivable) {
        static Money of(WalletBook book, Block block) {
            Postings postings = new Postings(book.key().unit(), book.kind());
            BlockCost cost = BlockCost.of(
                    block.id(),
                    Objects.requireNonNull(block.terms().costCurrency()),
                    block.terms().costTotal(),
                    block.granted());
            long receivable = 0;
            for (JournalRow row : book.rows()) {
                if (block.id().equals(row.block())) {
                    Postings.Posted posted = postings.post(row, cost);
                    cost = Objects.requireNonNull(posted.after());
                    receivable += posted.postings().stream()
                            .filter(posting -> posting.debit() == GlAccount.CHARGEBACK_RECEIVABLE)
                            .mapToLong(dev.weir.ledger.finance.domain.Posting::amountMinor)
                            .sum();
                }
            }
            assertThat(cost.recognized() + cost.breakage() + cost.refunded() + cost.handedOn() + cost.deferred())
                    .isEqualTo(cost.costTotal());
            return new Money(cost, receivable);
        }
    }

    private Money money(Block block) {
        return Money.of(world.wallet("ai-credits"), block);
    }

    private void use(String amount) {
        world.settle(world.held("chat", amount), amount);
    }

    @ParameterizedTest
    @CsvSource({
        // used of 100 that cost 10.00; amount (none = all unused); money (none = the share); then recognised, refunded,
        // deferred
        "40, , , 400, 600, 0",
        "40, , 1000, 0, 1000, 0",
        "40, 30, , 400, 300, 300",
        "40, 60, 0, 1000, 0, 0",
        "0, , , 0, 1000, 0",
        "0, 10, 50, 0, 50, 950",
        "33, 1, , 330, 10, 660",
        "40, 30, 1000, 0, 1000, 0"
    })
    void aRefundOfABlockIsExactWhateverWasUsedOfIt(
            int used, String amount, Long minor, long recognized, long refunded, long deferred) {
        on(Catalogue.starter());
        Block block = world.sold("100", 1_000, null, null);
        if (used > 0) {
            use(Integer.toString(used));
        }

        world.take(MoveKind.REFUND, block, amount, minor);

        Money money = money(block);
        assertThat(money.cost().recognized()).isEqualTo(recognized);
        assertThat(money.cost().refunded()).isEqualTo(refunded);
        assertThat(money.cost().deferred()).isEqualTo(deferred);
    }

    @Test
    void aFullRefundOfABlockOfWhichFortyPercentIsUsed() {
        on(Catalogue.starter());
        Block block = world.sold("100", 1_000, null, null);
        use("40");

        Outcome outcome = world.take(MoveKind.REFUND, block, null, null);

        assertThat(((Outcome.TakenBack) outcome).taken().refundMinor()).isEqualTo(600);
        assertThat(block.voided()).isEqualTo(60_000_000);
        assertThat(block.consumed()).isEqualTo(40_000_000);
        assertThat(credits()).isZero();
        assertThat(money(block).cost().deferred()).isZero();
    }

    @Test
    void whatIsHeldIsVoidedAndRefundedWhenItComesBack() {
        on(Catalogue.starter());
        Block block = world.sold("100", 1_000, null, null);
        Hold hold = world.held("chat", "30");

        world.take(MoveKind.REFUND, block, null, null);
        assertThat(block.held()).isEqualTo(30_000_000);
        assertThat(money(block).cost().refunded()).isEqualTo(700);
        world.settle(hold, "10");

        assertThat(block.consumed()).isEqualTo(10_000_000);
        assertThat(block.voided()).isEqualTo(90_000_000);
        assertThat(money(block).cost().refunded()).isEqualTo(900);
        assertThat(money(block).cost().recognized()).isEqualTo(100);
        assertThat(credits()).isZero();
    }

    @Test
    void whatIsHeldPastTheBlocksEndIsRefundedAllTheSame() {
        on(Catalogue.starter());
        Block block = world.sold("100", 1_000, null, world.now.plus(1, ChronoUnit.HOURS));
        Hold hold = world.held("chat", "100");
        world.take(MoveKind.REFUND, block, null, null);

        world.pass(Duration.ofDays(3));
        world.release(hold);

        assertThat(block.voided()).isEqualTo(100_000_000);
        assertThat(block.expired()).isZero();
        assertThat(money(block).cost().refunded()).isEqualTo(1_000);
    }

    @Test
    void aVoidedRecurringBlockIsNotIssuedAgain() {
        on(Catalogue.pro());
        Block block = world.blocks("ai-credits").getFirst();

        world.take(MoveKind.VOID, block, null, null);
        world.refresh(true);
        world.pass(Duration.ofHours(2));
        world.refresh(true);

        assertThat(credits()).isZero();
        assertThat(world.blocks("ai-credits")).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"101, NOT_UNUSED", "0, INVALID_QUANTITY", "0.0000001, INVALID_QUANTITY"})
    void moreThanIsUnusedIsRefusedAndChangesNothing(String amount, String code) {
        on(Catalogue.starter());
        Block block = world.sold("100", 1_000, null, null);

        Outcome outcome = world.take(MoveKind.VOID, block, amount, null);

        assertThat(((Outcome.Refused) outcome).code()).isEqualTo(code);
        assertThat(credits()).isEqualTo(100_000_000);
    }

    @Test
    void nothingMayBePaidBackTwice() {
        on(Catalogue.starter());
        Block block = world.sold("100", 1_000, null, null);
        world.take(MoveKind.REFUND, block, "10", 900L);

        Outcome outcome = world.take(MoveKind.REFUND, block, "10", 101L);

        assertThat(((Outcome.Refused) outcome).code()).isEqualTo("REFUND_TOO_LARGE");
    }

    @Test
    void aGrantThatHasNotBegunIsTakenBackWhole() {
        on(Catalogue.starter());
        Block block = world.sold("100", 1_000, world.now.plus(1, ChronoUnit.DAYS), null);

        assertThat(((Outcome.Refused) world.take(MoveKind.REFUND, block, "10", null)).code())
                .isEqualTo("BLOCK_PENDING");
        world.take(MoveKind.REFUND, block, null, null);
        world.pass(Duration.ofDays(2));
        world.refresh(false);

        assertThat(credits()).isZero();
        assertThat(money(block).cost().refunded()).isEqualTo(1_000);
    }

    @ParameterizedTest
    @CsvSource({
        // plan's overdraft, from other blocks; then owed as overdraft, receivable, left in the other block
        "0, false, 0, 40, 50",
        "0, true, 0, 0, 10",
        "25, false, 25, 15, 50",
        "500, false, 40, 0, 50",
        "500, true, 0, 0, 10"
    })
    void aChargebackTakesTheBlockThenByPolicy(String overdraft, boolean others, long owed, long receivable, long left) {
        on(Catalogue.plan(
                "soft", 1, List.of(), overdraft, Catalogue.access("chat", dev.weir.catalog.contract.OnLimit.HARD)));
        Block block = world.sold("100", 1_000, null, null);
        use("40");
        Block other = world.grant("50", Category.PAID, 60, null, null);

        world.take(MoveKind.CLAW_BACK, block, null, null, others);

        assertThat(block.voided()).isEqualTo(60_000_000);
        assertThat(world.wallet("ai-credits").head().overdraft()).isEqualTo(owed * 1_000_000);
        assertThat(other.remaining()).isEqualTo(left * 1_000_000);
        Money money = money(block);
        assertThat(money.receivable()).isEqualTo(receivable * 10);
        assertThat(money.cost().refunded()).isEqualTo(1_000 - receivable * 10);
    }

    @ParameterizedTest
    @CsvSource({
        // plan's overdraft; how much is charged back, again and again; then owed as overdraft, refunded and receivable
        // money
        "0, 100, 0, 600, 400",
        "0, 35, 0, 600, 400",
        "500, 100, 40, 1000, 0",
        "500, 35, 40, 1000, 0"
    })
    void whatWasUsedIsChargedBackOnceHoweverOftenItIsAsked(
            String overdraft, String piece, long owed, long refunded, long receivable) {
        on(Catalogue.plan(
                "soft", 1, List.of(), overdraft, Catalogue.access("chat", dev.weir.catalog.contract.OnLimit.HARD)));
        Block block = world.sold("100", 1_000, null, null);
        use("40");

        world.take(MoveKind.CLAW_BACK, block, piece, null);
        for (int i = 0; i < 4; i++) {
            // All that is left, whatever the piece.
            world.take(MoveKind.CLAW_BACK, block, null, null);
        }

        assertThat(world.take(MoveKind.CLAW_BACK, block, null, null)).isInstanceOf(Outcome.Refused.class);
        assertThat(block.voided()).isEqualTo(60_000_000);
        assertThat(world.wallet("ai-credits").head().overdraft()).isEqualTo(owed * 1_000_000);
        Money money = money(block);
        assertThat(money.cost().refunded()).isEqualTo(refunded);
        assertThat(money.receivable()).isEqualTo(receivable);
    }

    @Test
    void aFrozenWalletHoldsNothingMoreButLetsGo() {
        on(Catalogue.starter());
        world.sold("100", 1_000, null, null);
        Hold spent = world.held("chat", "10");
        Hold given = world.held("chat", "10");
        long before = world.wallet("ai-credits").head().seq();

        world.freeze("ai-credits", true);

        assertThat(world.wallet("ai-credits").head().status()).isEqualTo(WalletStatus.FROZEN);
        assertThat(world.wallet("ai-credits").head().seq()).isEqualTo(before + 1);
        assertThat(((Outcome.Denied) world.reserve("chat", "1")).denial().reason())
                .isEqualTo(Denial.Reason.FROZEN);
        assertThat(((Outcome.Refused) world.charge("1")).code()).isEqualTo("FROZEN");
        assertThat(((Outcome.Refused) world.transfer("1")).code()).isEqualTo("FROZEN");
        assertThat(world.settle(spent, "7")).isInstanceOf(Outcome.Settled.class);
        assertThat(world.release(given)).isInstanceOf(Outcome.Released.class);
        world.freeze("ai-credits", true);
        world.freeze("ai-credits", false);
        assertThat(world.reserve("chat", "1")).isInstanceOf(Outcome.Reserved.class);
        List<MoveKind> kinds = new ArrayList<>();
        world.wallet("ai-credits").rows().stream()
                .filter(row -> row.from() == Account.AVAILABLE && row.to() == Account.AVAILABLE)
                .forEach(row -> kinds.add(row.kind()));
        assertThat(kinds).containsExactly(MoveKind.FREEZE, MoveKind.UNFREEZE);
    }
}
