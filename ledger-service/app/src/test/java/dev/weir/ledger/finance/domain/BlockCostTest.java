package dev.weir.ledger.finance.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.ledger.contract.WalletKind;
import dev.weir.ledger.wallet.domain.Account;
import dev.weir.ledger.wallet.domain.JournalRow;
import dev.weir.ledger.wallet.domain.MoveKind;
import dev.weir.platform.kernel.Ids;
import dev.weir.platform.testkit.Seeds;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class BlockCostTest {
    private static final UUID WALLET = Ids.of("wallet");
    private static final UUID BLOCK = Ids.of("block");
    private static final Postings POSTINGS = new Postings("ai-credits", WalletKind.CREDIT);

    /** A block's money and the postings that led there. */
    private static final class Run {
        private BlockCost cost;
        private final List<Posting> postings = new ArrayList<>();
        private long seq;

        Run(long costTotal, long granted) {
            cost = BlockCost.of(BLOCK, "USD", costTotal, granted);
        }

        void move(Account from, Account to, long amount) {
            move(from, to, amount, 0);
        }

        void move(Account from, Account to, long amount, long refund) {
            seq++;
            Postings.Posted posted = POSTINGS.post(row(seq, from, to, amount, refund), cost);
            postings.addAll(posted.postings());
            cost = java.util.Objects.requireNonNull(posted.after());
        }

        long balance(GlAccount account) {
            return postings.stream()
                    .mapToLong(posting -> (posting.credit() == account ? posting.amountMinor() : 0)
                            - (posting.debit() == account ? posting.amountMinor() : 0))
                    .sum();
        }
    }

    private static JournalRow row(long seq, Account from, Account to, long amount, long refund) {
        Instant at = Instant.EPOCH.plusSeconds(seq);
        return new JournalRow(
                WALLET,
                seq,
                BLOCK,
                "acme",
                MoveKind.DEBIT,
                from,
                to,
                amount,
                BLOCK,
                null,
                null,
                null,
                "chat",
                null,
                null,
                null,
                null,
                0,
                0,
                0,
                0L,
                at,
                at,
                false,
                "key",
                "test",
                null,
                null,
                refund == 0 ? Map.of() : Map.of(JournalRow.REFUND, Long.toString(refund)),
                new byte[0]);
    }

    @Test
    void recognisesTheShareThatIsUsed() {
        Run run = new Run(1_000, 100);
        run.move(Account.ISSUANCE, Account.AVAILABLE, 100);

        run.move(Account.AVAILABLE, Account.CONSUMED, 40);

        assertThat(run.balance(GlAccount.RECEIVABLE_CLEARING)).isEqualTo(-1_000);
        assertThat(run.balance(GlAccount.REVENUE)).isEqualTo(400);
        assertThat(run.balance(GlAccount.DEFERRED_REVENUE)).isEqualTo(600);
    }

    @Test
    void theSameUsageRecognisesTheSameHoweverItIsSplit() {
        Run once = new Run(999, 700);
        Run often = new Run(999, 700);
        once.move(Account.ISSUANCE, Account.AVAILABLE, 700);
        often.move(Account.ISSUANCE, Account.AVAILABLE, 700);

        once.move(Account.AVAILABLE, Account.CONSUMED, 100);
        for (int i = 0; i < 100; i++) {
            often.move(Account.AVAILABLE, Account.CONSUMED, 1);
        }

        assertThat(often.cost).isEqualTo(once.cost);
        assertThat(often.balance(GlAccount.REVENUE)).isEqualTo(once.balance(GlAccount.REVENUE));
    }

    @Test
    void aFullRefundOfABlockThatIsUsedInPartTakesRevenueBack() {
        Run run = new Run(1_000, 100);
        run.move(Account.ISSUANCE, Account.AVAILABLE, 100);
        run.move(Account.AVAILABLE, Account.CONSUMED, 40);

        run.move(Account.AVAILABLE, Account.VOIDED, 60, 1_000);

        assertThat(run.balance(GlAccount.REFUND_PAYABLE)).isEqualTo(1_000);
        assertThat(run.balance(GlAccount.REVENUE)).isZero();
        assertThat(run.balance(GlAccount.DEFERRED_REVENUE)).isZero();
    }

    @Test
    void aRefundOfWhatIsUnusedLeavesRevenueAsItIs() {
        Run run = new Run(1_000, 100);
        run.move(Account.ISSUANCE, Account.AVAILABLE, 100);
        run.move(Account.AVAILABLE, Account.CONSUMED, 40);

        run.move(Account.AVAILABLE, Account.VOIDED, 60, 600);

        assertThat(run.balance(GlAccount.REVENUE)).isEqualTo(400);
        assertThat(run.cost.deferred()).isZero();
    }

    @Test
    void whatExpiresIsBreakage() {
        Run run = new Run(1_001, 100);
        run.move(Account.ISSUANCE, Account.AVAILABLE, 100);
        run.move(Account.AVAILABLE, Account.CONSUMED, 40);
        run.move(Account.AVAILABLE, Account.CLOSING, 60);
        assertThat(run.balance(GlAccount.BREAKAGE_REVENUE)).isZero();

        run.move(Account.CLOSING, Account.EXPIRED, 60);

        assertThat(run.balance(GlAccount.REVENUE)).isEqualTo(400);
        assertThat(run.balance(GlAccount.BREAKAGE_REVENUE)).isEqualTo(601);
        assertThat(run.cost.deferred()).isZero();
    }

    @Test
    void whatRollsOverTakesItsShareOfTheCostAlong() {
        Run run = new Run(1_000, 300);
        run.move(Account.ISSUANCE, Account.AVAILABLE, 300);

        run.move(Account.AVAILABLE, Account.TRANSFER, 100);

        assertThat(run.cost.handedOn()).isEqualTo(333);
        assertThat(run.cost.deferred()).isEqualTo(667);
    }

    /** 100,000 dollars over five million credits of six decimals do not fit 64 bits on the way. */
    @Test
    void isExactBeyondSixtyFourBits() {
        Run run = new Run(10_000_000, 5_000_000_000_000L);
        run.move(Account.ISSUANCE, Account.AVAILABLE, 5_000_000_000_000L);

        run.move(Account.AVAILABLE, Account.CONSUMED, 4_999_999_999_999L);

        assertThat(run.balance(GlAccount.REVENUE)).isEqualTo(9_999_999);
        assertThat(run.cost.deferred()).isEqualTo(1);
    }

    @Test
    void alwaysAddsUpToWhatWasPaid() {
        Seeds.check(400, random -> {
            long granted = 1 + Math.floorMod(random.nextLong(), random.nextBoolean() ? 50 : 5_000_000_000_000L);
            long cost = 1 + random.nextInt(random.nextBoolean() ? 30 : 20_000_000);
            Program program = new Program(new Run(cost, granted), granted, random);
            for (int i = 0; i < 60; i++) {
                program.step();
                program.check();
            }
            program.finish();
            program.check();
            assertThat(program.run.cost.deferred()).isZero();
        });
    }

    /** Random moves that a block can make. */
    private static final class Program {
        private final Run run;
        private final Random random;
        private long available;
        private long held;
        private long consumed;

        Program(Run run, long granted, Random random) {
            this.run = run;
            this.random = random;
            run.move(Account.ISSUANCE, Account.AVAILABLE, granted);
            available = granted;
        }

        void step() {
            switch (random.nextInt(8)) {
                case 0, 1 -> {
                    long amount = some(available);
                    move(Account.AVAILABLE, Account.HELD, amount, 0);
                    available -= amount;
                    held += amount;
                }
                case 2 -> {
                    long amount = some(held);
                    move(Account.HELD, Account.CONSUMED, amount, 0);
                    held -= amount;
                    consumed += amount;
                }
                case 3 -> {
                    long amount = some(available);
                    move(Account.AVAILABLE, Account.CONSUMED, amount, 0);
                    available -= amount;
                    consumed += amount;
                }
                case 4 -> {
                    long amount = some(consumed);
                    move(Account.CONSUMED, Account.AVAILABLE, amount, 0);
                    consumed -= amount;
                    available += amount;
                }
                case 5 -> {
                    long amount = some(held);
                    move(Account.HELD, Account.EXPIRED, amount, 0);
                    held -= amount;
                }
                case 6 -> {
                    long amount = some(available / 4);
                    long refund = random.nextBoolean() ? 0 : Math.floorMod(random.nextLong(), run.cost.costTotal() + 1);
                    move(Account.AVAILABLE, Account.VOIDED, amount, refund);
                    available -= amount;
                }
                default -> {
                    long amount = some(available / 4);
                    move(Account.AVAILABLE, Account.TRANSFER, amount, 0);
                    available -= amount;
                }
            }
        }

        void finish() {
            move(Account.HELD, Account.CONSUMED, held, 0);
            move(Account.AVAILABLE, Account.EXPIRED, available, 0);
        }

        private long some(long most) {
            return most <= 0 ? 0 : 1 + Math.floorMod(random.nextLong(), most);
        }

        private void move(Account from, Account to, long amount, long refund) {
            if (amount > 0) {
                run.move(from, to, amount, refund);
            }
        }

        void check() {
            BlockCost cost = run.cost;
            assertThat(cost.recognized() + cost.breakage() + cost.refunded() + cost.handedOn() + cost.deferred())
                    .isEqualTo(cost.costTotal());
            assertThat(cost.deferred()).isNotNegative();
            assertThat(cost.recognized()).isNotNegative();
            assertThat(cost.breakage()).isNotNegative();
            assertThat(run.balance(GlAccount.REVENUE)).isEqualTo(cost.recognized());
            assertThat(run.balance(GlAccount.BREAKAGE_REVENUE)).isEqualTo(cost.breakage());
            assertThat(run.balance(GlAccount.REFUND_PAYABLE)).isEqualTo(cost.refunded());
            assertThat(run.balance(GlAccount.RECEIVABLE_CLEARING)).isEqualTo(-cost.costTotal());
            assertThat(run.balance(GlAccount.DEFERRED_REVENUE)).isEqualTo(cost.deferred() + cost.handedOn());
        }
    }
}
