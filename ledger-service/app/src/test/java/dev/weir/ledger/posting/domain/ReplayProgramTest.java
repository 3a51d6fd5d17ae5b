package dev.weir.ledger.posting.domain;

import static dev.weir.ledger.posting.domain.LedgerWorld.CUSTOMER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.catalog.contract.Category;
import dev.weir.catalog.contract.CreditGrant;
import dev.weir.catalog.contract.GrantOn;
import dev.weir.catalog.contract.Money;
import dev.weir.catalog.contract.OnLimit;
import dev.weir.catalog.contract.PlanVersion;
import dev.weir.catalog.contract.Rollover;
import dev.weir.catalog.contract.Then;
import dev.weir.ledger.Catalogue;
import dev.weir.ledger.contract.BlockStatus;
import dev.weir.ledger.contract.WalletStatus;
import dev.weir.ledger.finance.domain.BlockCost;
import dev.weir.ledger.finance.domain.GlAccount;
import dev.weir.ledger.finance.domain.Posting;
import dev.weir.ledger.finance.domain.Postings;
import dev.weir.ledger.verify.domain.Misfit;
import dev.weir.ledger.verify.domain.OpenHolds;
import dev.weir.ledger.verify.domain.StoredWallet;
import dev.weir.ledger.verify.domain.StoredWallet.Period;
import dev.weir.ledger.verify.domain.StoredWallet.StoredBlock;
import dev.weir.ledger.verify.domain.WalletFold;
import dev.weir.ledger.wallet.domain.Block;
import dev.weir.ledger.wallet.domain.JournalRow;
import dev.weir.ledger.wallet.domain.LimitPeriod;
import dev.weir.ledger.wallet.domain.MoveKind;
import dev.weir.ledger.wallet.domain.WalletBook;
import dev.weir.ledger.wallet.domain.WalletHead;
import dev.weir.platform.testkit.Seeds;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Random programs of everything that the write path can do, over months, with plans that change: the verifier's own fold of
 * the journal must agree with every wallet, block, period and reservation, and the postings must add up to what was paid.
 */
class ReplayProgramTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private static PlanVersion rolling(String key, String calls, OnLimit onLimit, String credits) {
        CreditGrant grant = new CreditGrant(
                "monthly",
                "ai-credits",
                new BigDecimal(credits),
                "P1M",
                false,
                Category.PAID,
                50,
                GrantOn.PERIOD_START,
                null,
                new Money(new BigDecimal("19.99"), "USD"),
                null,
                new Rollover(new BigDecimal("70"), "P1M"),
                null);
        return Catalogue.plan(
                key,
                1,
                List.of(grant),
                "40",
                Catalogue.limit("api-calls", calls, "P1M", onLimit),
                Catalogue.limit(
                        "images", "20", "P1M", OnLimit.HARD, null, new Then("ai-credits", new BigDecimal("0.2"))),
                Catalogue.access("chat", OnLimit.SOFT));
    }

    private static final PlanVersion SMALL = rolling("small", "100", OnLimit.SOFT, "90");
    private static final PlanVersion LARGE = rolling("large", "300", OnLimit.HARD, "130");

    @Test
    void theJournalAloneGivesEverythingThatIsStored() {
        Seeds.check(80, random -> {
            Program program = new Program(random);
            for (int step = 0; step < 150; step++) {
                program.step();
            }
            program.check();
        });
    }

    private static final class Program {
        private final Random random;
        private final LedgerWorld world = new LedgerWorld(START.plus(1, ChronoUnit.DAYS));
        private final List<Hold> holds = new ArrayList<>();
        private final Map<Instant, Long> revisions = new HashMap<>();
        private final List<Instant> changes = new ArrayList<>(List.of(START));
        private long version;
        private int events;

        Program(Random random) {
            this.random = random;
            subscribe(SMALL);
        }

        private final List<PlanVersion> plans = new ArrayList<>();

        private void subscribe(PlanVersion plan) {
            plans.add(plan);
            if (plans.size() > 1) {
                changes.add(world.now);
            }
            var phases = new dev.weir.entitlement.contract.SubscriptionPhase[plans.size()];
            for (int i = 0; i < phases.length; i++) {
                phases[i] = Catalogue.phase(
                        changes.get(i), i + 1 < phases.length ? changes.get(i + 1) : null, plans.get(i));
            }
            world.apply(Catalogue.customer(CUSTOMER, ++version, START, List.of(), phases), SMALL, LARGE);
        }

        void step() {
            switch (random.nextInt(14)) {
                case 0 -> world.pass(Duration.ofHours(random.nextInt(200)));
                case 1 -> world.pass(Duration.ofMinutes(1L + random.nextInt(50)));
                case 2, 3 -> reserve("api-calls", 60);
                case 4 -> reserve("images", 30);
                case 5 -> reserve("chat", 40);
                case 6, 7 -> settle();
                case 8 -> release();
                case 9 -> lapse();
                case 10 -> report();
                case 11, 12 -> byHand();
                default -> other();
            }
        }

        private void reserve(String feature, int most) {
            if (world.reserve(feature, Integer.toString(random.nextInt(most))) instanceof Outcome.Reserved reserved) {
                holds.add(reserved.hold());
            }
        }

        private Optional<Hold> any() {
            return holds.isEmpty() ? Optional.empty() : Optional.of(holds.get(random.nextInt(holds.size())));
        }

        private void settle() {
            any().ifPresent(hold -> world.settle(hold, Integer.toString(random.nextInt(70))));
        }

        private void release() {
            any().ifPresent(world::release);
        }

        private void lapse() {
            any().ifPresent(world::lapse);
        }

        private void report() {
            Instant time = world.now.minus(random.nextInt(80), ChronoUnit.HOURS);
            if (random.nextBoolean()) {
                Map<String, String> dimensions = Map.of(
                        "model",
                        "large",
                        "inputTokens",
                        Integer.toString(random.nextInt(3_000)),
                        "outputTokens",
                        "700");
                world.debit("event " + events++, dimensions, time);
            } else {
                Instant hour = time.truncatedTo(ChronoUnit.HOURS);
                long revision = revisions.merge(hour, 1L, Long::sum);
                world.total("api-calls", hour, revision, random.nextInt(80), time);
            }
        }

        private void byHand() {
            List<Block> blocks = world.blocks("ai-credits");
            switch (random.nextInt(12)) {
                case 8, 9, 10, 11 -> takeUsageBack();
                case 0 -> any(blocks).ifPresent(block -> world.take(MoveKind.VOID, block, amount(), null));
                case 1, 2 -> any(blocks).ifPresent(block -> world.take(MoveKind.REFUND, block, amount(), money(block)));
                case 3 ->
                    any(blocks)
                            .ifPresent(block -> world.take(
                                    MoveKind.CLAW_BACK, block, amount(), money(block), random.nextBoolean()));
                case 4 -> world.transfer(Integer.toString(1 + random.nextInt(40)));
                case 5 -> world.convert(Integer.toString(1 + random.nextInt(40)), "3.333");
                case 6 -> world.charge(Integer.toString(1 + random.nextInt(20)));
                default -> world.freeze(random.nextBoolean() ? "ai-credits" : "api-calls", random.nextInt(3) == 0);
            }
        }

        private void takeUsageBack() {
            ByHand.Ended ended = ByHand.Ended.values()[random.nextInt(3)];
            String quantity = random.nextBoolean() ? null : Integer.toString(1 + random.nextInt(20));
            if (random.nextInt(4) == 0) {
                world.reverse("src", "event " + random.nextInt(events + 1), "chat", quantity, ended);
            } else {
                any().ifPresent(hold -> world.reverse(hold, quantity, ended));
            }
        }

        private @Nullable String amount() {
            return random.nextInt(3) == 0 ? null : Integer.toString(1 + random.nextInt(50));
        }

        private @Nullable Long money(Block block) {
            return random.nextBoolean() || block.netCost() == 0 ? null : random.nextLong(block.netCost() + 1);
        }

        private Optional<Block> any(List<Block> blocks) {
            return blocks.isEmpty() ? Optional.empty() : Optional.of(blocks.get(random.nextInt(blocks.size())));
        }

        private void other() {
            switch (random.nextInt(3)) {
                case 0 -> subscribe(random.nextBoolean() ? SMALL : LARGE);
                case 1 ->
                    world.grant(
                            Integer.toString(1 + random.nextInt(60)),
                            random.nextBoolean() ? Category.PAID : Category.PROMOTIONAL,
                            50,
                            world.now.plus(random.nextInt(5), ChronoUnit.HOURS),
                            world.now.plus(10L + random.nextInt(500), ChronoUnit.HOURS));
                default -> world.refresh(random.nextBoolean());
            }
        }

        void check() {
            Map<UUID, OpenHolds> open = open();
            long undeferred = 0;
            for (WalletBook book : world.state.books()) {
                WalletFold fold = new WalletFold(book.id(), book.kind());
                for (JournalRow row : book.rows()) {
                    assertThat(fold.next(row)).isEmpty();
                }
                Optional<Misfit> misfit = fold.end(stored(book, open.getOrDefault(book.id(), new OpenHolds())));
                assertThat(misfit).isEmpty();
                undeferred += post(book);
            }
            // Over all wallets: what moves from one to another takes its cost along.
            assertThat(undeferred)
                    .as("deferred in the postings beyond what stands in the blocks")
                    .isZero();
        }

        private Map<UUID, OpenHolds> open() {
            Map<UUID, OpenHolds> open = new HashMap<>();
            for (Hold hold : world.state.holds()) {
                for (Leg leg : hold.legs()) {
                    OpenHolds of = open.computeIfAbsent(leg.wallet(), id -> new OpenHolds());
                    for (Alloc alloc : leg.allocs()) {
                        switch (alloc.room()) {
                            case BLOCK -> of.inBlock(Objects.requireNonNull(alloc.block()), alloc.open());
                            case OVERAGE -> of.inOverage(alloc.open());
                            case OVERDRAFT -> of.inOverdraft(alloc.open());
                        }
                    }
                    if (hold.state() == HoldState.QUARANTINED) {
                        of.inQuarantine(leg.open());
                    }
                }
            }
            return open;
        }

        private static StoredWallet stored(WalletBook book, OpenHolds open) {
            WalletHead head = book.head();
            Map<Instant, Period> periods = new TreeMap<>();
            for (LimitPeriod period : book.periods()) {
                periods.put(period.from(), new Period(period.overage(), period.overageHeld(), period.overrun()));
            }
            return new StoredWallet(
                    book.id(),
                    book.kind(),
                    book.key().unit(),
                    head.available(),
                    head.held(),
                    head.overdraft(),
                    head.overdraftHeld(),
                    head.overageHeld(),
                    head.quarantined(),
                    head.status() == WalletStatus.FROZEN,
                    head.seq(),
                    head.hash(),
                    head.lastPostedAt(),
                    book.blocks().stream().map(Program::stored).toList(),
                    periods,
                    open);
        }

        private static StoredBlock stored(Block block) {
            return new StoredBlock(
                    block.id(),
                    block.status() == BlockStatus.PENDING,
                    block.status() == BlockStatus.ACTIVE,
                    block.granted(),
                    block.remaining(),
                    block.held(),
                    block.consumed(),
                    block.expired(),
                    block.voided(),
                    block.closing(),
                    block.movedOut(),
                    block.takenBack().voidedForGood(),
                    block.takenBack().costRefunded(),
                    block.takenBack().chargedBack());
        }

        private static long post(WalletBook book) {
            Map<UUID, BlockCost> costs = new HashMap<>();
            for (Block block : book.blocks()) {
                String currency = block.terms().costCurrency();
                if (currency != null && block.terms().costTotal() > 0) {
                    costs.put(
                            block.id(),
                            BlockCost.of(block.id(), currency, block.terms().costTotal(), block.granted()));
                }
            }
            Postings function = new Postings(book.key().unit(), book.kind());
            long deferred = 0;
            long unbilled = 0;
            for (JournalRow row : book.rows()) {
                BlockCost before = row.block() == null ? null : costs.get(row.block());
                Postings.Posted posted = function.post(row, before);
                if (posted.after() != null) {
                    costs.put(posted.after().block(), posted.after());
                }
                for (Posting posting : posted.postings()) {
                    unbilled += posting.debit() == GlAccount.UNBILLED_OVERDRAFT ? posting.quantity() : 0;
                    unbilled -= posting.credit() == GlAccount.UNBILLED_OVERDRAFT ? posting.quantity() : 0;
                    deferred += posting.credit() == GlAccount.DEFERRED_REVENUE ? posting.amountMinor() : 0;
                    deferred -= posting.debit() == GlAccount.DEFERRED_REVENUE ? posting.amountMinor() : 0;
                }
            }
            long standing = 0;
            for (Block block : book.blocks()) {
                BlockCost cost = costs.get(block.id());
                if (cost == null) {
                    continue;
                }
                assertThat(cost.consumed()).isEqualTo(block.consumed());
                assertThat(cost.deferred()).isNotNegative();
                assertThat(cost.refunded()).isEqualTo(block.takenBack().costRefunded());
                assertThat(cost.handedOn()).isEqualTo(block.takenBack().costMoved());
                assertThat(cost.recognized() + cost.breakage() + cost.refunded() + cost.handedOn() + cost.deferred())
                        .isEqualTo(cost.costTotal());
                if (block.status() == BlockStatus.EXPIRED && block.held() == 0) {
                    assertThat(cost.deferred()).isZero();
                }
                // A block that is pending yet has not been paid for in the books; what rolled over came from its
                // parent.
                standing += block.status() == BlockStatus.PENDING ? 0 : cost.deferred();
            }
            assertThat(unbilled).as("debt").isEqualTo(book.head().overdraft());
            return deferred - standing;
        }
    }
}
