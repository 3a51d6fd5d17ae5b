package dev.weir.ledger.posting.domain;

import dev.weir.catalog.contract.Category;
import dev.weir.catalog.contract.PlanVersion;
import dev.weir.entitlement.contract.CustomerSnapshot;
import dev.weir.entitlement.contract.MigrationUndone;
import dev.weir.ledger.Catalogue;
import dev.weir.ledger.contract.WalletKind;
import dev.weir.ledger.directory.domain.CustomerView;
import dev.weir.ledger.directory.domain.ViewEntitlements;
import dev.weir.ledger.wallet.domain.Block;
import dev.weir.ledger.wallet.domain.BudgetTerms;
import dev.weir.ledger.wallet.domain.BurnOrder;
import dev.weir.ledger.wallet.domain.MoveKind;
import dev.weir.ledger.wallet.domain.Timeline.ClosingTimes;
import dev.weir.ledger.wallet.domain.UsageBooking;
import dev.weir.ledger.wallet.domain.WalletBook;
import dev.weir.ledger.wallet.domain.WalletKey;
import dev.weir.metering.contract.ReportedTotal;
import dev.weir.metering.contract.UsageReported;
import dev.weir.platform.kernel.Ids;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One customer's wallets in memory, a clock that the test turns, and the checks that must hold after every operation. */
final class LedgerWorld {
    static final String CUSTOMER = "acme";
    static final String OTHER = "globex";

    final BatchState state = new BatchState();
    Instant now;
    private final Map<String, CustomerView> views = new HashMap<>();
    private final Map<String, PlanVersion> plans = new HashMap<>();
    private final ClosingTimes closing = new ClosingTimes(Duration.ofHours(72), Duration.ofHours(1));
    private int next;

    LedgerWorld(Instant start) {
        now = start;
        for (String unit : List.of("api-calls", "images", "seats", "storage")) {
            int scale = scale(unit);
            state.add(WalletBook.open(new WalletKey(CUSTOMER, unit, null), WalletKind.LIMIT, scale, false, start));
        }
        state.add(WalletBook.open(new WalletKey(CUSTOMER, "ai-credits", null), WalletKind.CREDIT, 6, false, start));
        state.add(WalletBook.open(new WalletKey(CUSTOMER, "tokens", null), WalletKind.CREDIT, 2, false, start));
        state.add(WalletBook.open(new WalletKey(OTHER, "ai-credits", null), WalletKind.CREDIT, 6, false, start));
    }

    private static int scale(String feature) {
        return Objects.requireNonNull(Catalogue.FEATURES.get(feature)).scale();
    }

    WalletBook wallet(String unit) {
        WalletBook book = state.book(new WalletKey(CUSTOMER, unit, null));
        if (book == null) {
            throw new IllegalStateException(unit);
        }
        return book;
    }

    /** Applies a snapshot as the service does: first what began under the old one, then the new. */
    void apply(CustomerSnapshot snapshot, PlanVersion... bodies) {
        for (PlanVersion plan : bodies) {
            plans.put(plan.hash(), plan);
        }
        refresh(false);
        views.put(snapshot.customer(), new CustomerView(snapshot, new KnownPlans(plans)));
        refresh(true);
    }

    void refresh(boolean force) {
        run(new Operation.Refresh(
                CUSTOMER,
                Set.copyOf(state.books().stream()
                        .map(book -> new WalletSpec(book.key(), book.kind(), book.scale()))
                        .toList()),
                force,
                id()));
    }

    Outcome run(Operation operation) {
        ViewEntitlements entitlements = new ViewEntitlements(views);
        for (BudgetTerms terms : entitlements.budgets(CUSTOMER, now)) {
            BudgetBook known = state.budget(terms.id());
            if (known == null) {
                state.add(BudgetBook.open(terms));
            } else {
                known.turn(terms);
            }
        }
        Decider decider = new Decider(
                state,
                entitlements,
                new SampleUnits(),
                new Decider.Settings(closing, Duration.ofHours(1)),
                id(),
                new MemoryOverage(state),
                now);
        Outcome outcome = decider.decide(operation);
        state.books().forEach(WorldChecks::wallet);
        WorldChecks.holds(state);
        return outcome;
    }

    Outcome reserve(String feature, String quantity) {
        return run(reserving(feature, quantity, null));
    }

    Operation.Reserve reserving(String feature, String quantity, @Nullable String atLeast) {
        return new Operation.Reserve(
                id(),
                CUSTOMER,
                CUSTOMER,
                feature,
                null,
                new Measure.Quantity(new BigDecimal(quantity)),
                atLeast == null ? null : new Measure.Quantity(new BigDecimal(atLeast)),
                Duration.ofMinutes(5),
                null,
                id(),
                List.of(key()),
                "test");
    }

    Hold held(String feature, String quantity) {
        return ((Outcome.Reserved) reserve(feature, quantity)).hold();
    }

    Outcome settle(Hold hold, String quantity) {
        return run(new Operation.Settle(
                hold.id(),
                CUSTOMER,
                CUSTOMER,
                new Measure.Quantity(new BigDecimal(quantity)),
                null,
                id(),
                List.of(key()),
                "test"));
    }

    /** Settles with the event that a debit may have charged before. */
    Outcome settle(Hold hold, String quantity, String event) {
        return run(new Operation.Settle(
                hold.id(),
                CUSTOMER,
                CUSTOMER,
                new Measure.Quantity(new BigDecimal(quantity)),
                new UsageEvent("src", event, null, null, null),
                id(),
                List.of(key()),
                "test"));
    }

    Outcome release(Hold hold) {
        return run(new Operation.Release(hold.id(), CUSTOMER, CUSTOMER, id(), List.of(key()), "test"));
    }

    Outcome lapse(Hold hold) {
        return run(new Operation.Lapse(hold.id(), CUSTOMER, CUSTOMER, id()));
    }

    /** Credit that cost something, in USD. */
    Block sold(String amount, long costMinor, @Nullable Instant from, @Nullable Instant to) {
        OpKey key = key();
        return ((Outcome.Granted) run(new Operation.Grant(
                        CUSTOMER,
                        CUSTOMER,
                        "ai-credits",
                        6,
                        new BigDecimal(amount),
                        Category.PAID,
                        50,
                        from,
                        to,
                        costMinor,
                        "USD",
                        null,
                        null,
                        null,
                        "grant|" + key.text(),
                        id(),
                        List.of(key),
                        "test")))
                .block();
    }

    Outcome take(MoveKind kind, Block block, @Nullable String amount, @Nullable Long money) {
        return take(kind, block, amount, money, false);
    }

    Outcome take(MoveKind kind, Block block, @Nullable String amount, @Nullable Long money, boolean fromOthers) {
        return run(new ByHand.TakeBack(
                CUSTOMER,
                CUSTOMER,
                spec(CUSTOMER, "ai-credits", 6),
                block.id(),
                kind,
                amount == null ? null : new BigDecimal(amount),
                money == null ? null : new ByHand.Money(money, "USD"),
                fromOthers,
                false,
                "test",
                id(),
                List.of(key()),
                "test"));
    }

    Outcome freeze(String unit, boolean frozen) {
        WalletBook book = wallet(unit);
        return run(new ByHand.Freeze(
                CUSTOMER,
                CUSTOMER,
                new WalletSpec(book.key(), book.kind(), book.scale()),
                frozen,
                "test",
                id(),
                List.of(key()),
                "test"));
    }

    Outcome reverse(String source, String event, String feature, @Nullable String quantity, ByHand.Ended ended) {
        return run(new ByHand.Reverse(
                CUSTOMER,
                CUSTOMER,
                source,
                event,
                feature,
                quantity == null ? null : new BigDecimal(quantity),
                ended,
                10,
                "test",
                id(),
                List.of(key()),
                "test"));
    }

    Outcome reverse(Hold hold, @Nullable String quantity, ByHand.Ended ended) {
        return reverse(Charges.OWN_SOURCE, hold.id().toString(), hold.terms().feature(), quantity, ended);
    }

    Outcome recall(MigrationUndone undone) {
        return run(new Operation.Recall(CUSTOMER, undone, spec(CUSTOMER, "ai-credits", 6), id()));
    }

    Outcome charge(String amount) {
        return run(new ByHand.Charge(
                CUSTOMER,
                CUSTOMER,
                spec(CUSTOMER, "ai-credits", 6),
                new BigDecimal(amount),
                null,
                "test",
                id(),
                List.of(key()),
                "test"));
    }

    Outcome transfer(String amount) {
        return run(new ByHand.Transfer(
                CUSTOMER,
                CUSTOMER,
                spec(CUSTOMER, "ai-credits", 6),
                spec(OTHER, "ai-credits", 6),
                new BigDecimal(amount),
                "test",
                id(),
                List.of(key()),
                "test"));
    }

    Outcome convert(String amount, String rate) {
        return run(new ByHand.Convert(
                CUSTOMER,
                CUSTOMER,
                spec(CUSTOMER, "ai-credits", 6),
                spec(CUSTOMER, "tokens", 2),
                new BigDecimal(amount),
                new BigDecimal(rate),
                "price list",
                "test",
                id(),
                List.of(key()),
                "test"));
    }

    private static WalletSpec spec(String root, String unit, int scale) {
        return new WalletSpec(new WalletKey(root, unit, null), WalletKind.CREDIT, scale);
    }

    WalletBook otherWallet() {
        return Objects.requireNonNull(state.book(new WalletKey(OTHER, "ai-credits", null)));
    }

    Block grant(String amount, Category category, int priority, @Nullable Instant from, @Nullable Instant to) {
        OpKey key = key();
        return ((Outcome.Granted) run(new Operation.Grant(
                        CUSTOMER,
                        CUSTOMER,
                        "ai-credits",
                        6,
                        new BigDecimal(amount),
                        category,
                        priority,
                        from,
                        to,
                        0,
                        null,
                        null,
                        null,
                        null,
                        "grant|" + key.text(),
                        id(),
                        List.of(key),
                        "test")))
                .block();
    }

    Outcome total(String feature, Instant hour, long revision, long total, Instant latest) {
        return run(new Operation.BookTotal(
                CUSTOMER,
                new ReportedTotal(
                        Ids.of("window " + feature + hour),
                        CUSTOMER,
                        CUSTOMER,
                        null,
                        feature,
                        hour,
                        hour.plus(1, ChronoUnit.HOURS),
                        revision,
                        total,
                        scale(feature),
                        latest),
                id()));
    }

    Outcome debit(String event, Map<String, String> dimensions, Instant time) {
        Instant hour = time.truncatedTo(ChronoUnit.HOURS);
        return run(new Operation.Debit(
                CUSTOMER,
                new UsageReported(
                        CUSTOMER,
                        CUSTOMER,
                        null,
                        "chat",
                        "src",
                        event,
                        "llm.completion",
                        time,
                        dimensions,
                        hour,
                        hour.plus(1, ChronoUnit.HOURS)),
                id()));
    }

    void pass(Duration duration) {
        now = now.plus(duration);
    }

    long booked(java.util.function.ToLongFunction<UsageBooking> part) {
        return state.bookings().stream().mapToLong(part).sum();
    }

    /** Everything booked so far, in order. */
    List<UsageBooking> bookings() {
        return List.copyOf(state.bookings());
    }

    private UUID id() {
        return Ids.of("test id " + next++);
    }

    private OpKey key() {
        byte[] bytes = Ids.of("test key " + next++).toString().getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        return new OpKey(bytes, bytes, false, "CONFLICT");
    }

    /** The blocks of a wallet in burn order, for reading. */
    List<Block> blocks(String unit) {
        return wallet(unit).blocks().stream().sorted(BurnOrder.COMPARATOR).toList();
    }
}
