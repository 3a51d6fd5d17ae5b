package dev.weir.ledger.posting.app;

import dev.weir.ledger.Columns;
import dev.weir.ledger.LedgerConfig;
import dev.weir.ledger.RoundTrip;
import dev.weir.ledger.contract.WalletKind;
import dev.weir.ledger.contract.WalletState;
import dev.weir.ledger.directory.app.Directory;
import dev.weir.ledger.directory.persistence.DirectoryTables;
import dev.weir.ledger.directory.persistence.DirectoryTables.Head;
import dev.weir.ledger.posting.domain.Alloc;
import dev.weir.ledger.posting.domain.BatchState;
import dev.weir.ledger.posting.domain.Charge;
import dev.weir.ledger.posting.domain.Decider;
import dev.weir.ledger.posting.domain.Hold;
import dev.weir.ledger.posting.domain.HoldState;
import dev.weir.ledger.posting.domain.Leg;
import dev.weir.ledger.posting.domain.OpKey;
import dev.weir.ledger.posting.domain.Operation;
import dev.weir.ledger.posting.domain.Outcome;
import dev.weir.ledger.posting.domain.WalletNotLockedException;
import dev.weir.ledger.posting.domain.WalletSpec;
import dev.weir.ledger.posting.persistence.BudgetTables;
import dev.weir.ledger.posting.persistence.ChargedRows;
import dev.weir.ledger.posting.persistence.CircumstanceTables;
import dev.weir.ledger.posting.persistence.HoldTables;
import dev.weir.ledger.posting.persistence.HoldWriter;
import dev.weir.ledger.posting.persistence.IdentityTables;
import dev.weir.ledger.posting.persistence.IdentityTables.Answered;
import dev.weir.ledger.posting.persistence.IdentityTables.StoredOp;
import dev.weir.ledger.posting.persistence.WalletTables;
import dev.weir.ledger.posting.persistence.WalletWriter;
import dev.weir.ledger.wallet.app.WalletWatch;
import dev.weir.ledger.wallet.app.WindowBookings;
import dev.weir.ledger.wallet.domain.Block;
import dev.weir.ledger.wallet.domain.Timeline.ClosingTimes;
import dev.weir.ledger.wallet.domain.WalletBook;
import dev.weir.platform.kernel.Ids;
import dev.weir.platform.kernel.Problem;
import dev.weir.platform.servicekit.events.AfterCommit;
import dev.weir.platform.servicekit.web.DatabaseClock;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * The write path: decides a batch of operations inside the caller's transaction. It finds out what the batch needs, locks its
 * wallets in the order of their ids, checks that the snapshots did not change meanwhile, looks up operation keys, lets the
 * {@link Decider} decide each operation in turn, and writes everything back with a few batched statements. Whoever calls it
 * commits; a failure of any kind must roll the transaction back.
 */
@ApplicationScoped
public class Ledger {
    private static final int ATTEMPTS = 5;

    // Plans are kept for a connection's life. On tables that are still small when they are made, PostgreSQL would
    // choose to read
    // them from end to end, and keep doing so as they grow: whatever the write path looks for has an index.
    private static final String PLANS = """
            SELECT set_config('enable_seqscan', 'off', true), set_config('enable_hashjoin', 'off', true),
              set_config('enable_mergejoin', 'off', true)""";

    private final DataSource database;
    private final Directory directory;
    private final DirectoryTables directoryTables;
    private final WalletTables wallets;
    private final WalletWriter walletWriter;
    private final HoldTables holds;
    private final HoldWriter holdWriter;
    private final IdentityTables identities;
    private final WindowBookings windows;
    private final CircumstanceTables circumstances;
    private final BudgetTables budgets;
    private final WalletWatch watch;
    private final LedgerEvents events;
    private final DatabaseClock clock;
    private final Corrections corrections;
    private final ChargedRows charged;
    private final Decider.Settings settings;

    Ledger(
            DataSource database,
            Directory directory,
            DirectoryTables directoryTables,
            WalletTables wallets,
            WalletWriter walletWriter,
            HoldTables holds,
            HoldWriter holdWriter,
            IdentityTables identities,
            WindowBookings windows,
            CircumstanceTables circumstances,
            BudgetTables budgets,
            WalletWatch watch,
            LedgerEvents events,
            DatabaseClock clock,
            Corrections corrections,
            ChargedRows charged,
            LedgerConfig config) {
        this.database = database;
        this.directory = directory;
        this.directoryTables = directoryTables;
        this.wallets = wallets;
        this.walletWriter = walletWriter;
        this.holds = holds;
        this.holdWriter = holdWriter;
        this.identities = identities;
        this.windows = windows;
        this.circumstances = circumstances;
        this.budgets = budgets;
        this.watch = watch;
        this.events = events;
        this.clock = clock;
        this.corrections = corrections;
        this.charged = charged;
        this.settings = new Decider.Settings(
                new ClosingTimes(config.closing().limits(), config.closing().credits()),
                config.lapse().quarantine());
    }

    /** Decides the operations, in order, in the current transaction; the results are in the same order. */
    public List<Result> execute(List<Operation> operations) {
        try (Connection connection = database.getConnection()) {
            for (int attempt = 1; ; attempt++) {
                try {
                    List<Result> results = attempt(connection, operations, attempt == 1);
                    if (!results.isEmpty() || operations.isEmpty()) {
                        return results;
                    }
                } catch (WalletNotLockedException unforeseen) {
                    // A boundary passed between looking and locking; nothing has been written yet.
                    if (attempt == ATTEMPTS) {
                        throw unforeseen;
                    }
                }
                if (attempt == ATTEMPTS) {
                    throw new IllegalStateException("snapshots changed " + ATTEMPTS + " times under one batch");
                }
            }
        } catch (SQLException e) {
            throw new LedgerException("a batch of " + operations.size() + " operations failed", e);
        }
    }

    /**
     * One attempt; empty if the snapshots changed before the locks were there. Everything is read in the round trip that takes
     * the locks: its first statement waits for them, and each later one sees what was committed by then.
     */
    private List<Result> attempt(Connection connection, List<Operation> operations, boolean remembered)
            throws SQLException {
        Instant about = remembered ? clock.now() : directoryTables.now(connection);
        Needs needs = Needs.of(connection, directory, holds, charged, operations, remembered, about);
        Map<UUID, WalletSpec> specs = needs.allWallets();
        Set<String> customers = new HashSet<>(needs.customers());
        operations.forEach(operation -> {
            customers.add(operation.customer());
            customers.add(operation.root());
            customers.addAll(operation.others());
        });
        RoundTrip trip = new RoundTrip();
        trip.query(PLANS, rows -> {});
        WalletTables.Reading locked = wallets.lock(trip, specs.keySet());
        Map<String, Head> heads = directoryTables.heads(trip, customers);
        Instant[] now = new Instant[1];
        // The clock is read once the locks are there: what waited must not act on the time before it.
        trip.query("SELECT clock_timestamp()", rows -> {
            rows.next();
            now[0] = Columns.instant(rows, 1);
        });
        Map<String, StoredOp> known = identities.operations(
                trip,
                operations.stream()
                        .flatMap(operation -> operation.keys().stream())
                        .filter(OpKey::lasting)
                        .toList());
        HoldTables.Reading reservations = holds.load(trip, needs.reservations());
        List<Charge> charges = identities.charges(trip, needs.charges(operations));
        List<BatchState.Booked> totals = identities.totals(trip, windows(operations));
        WalletWatch.Watching watching = watch.read(trip, specs.keySet());
        trip.run(connection);
        if (!needs.stillHold(heads)) {
            return List.of();
        }
        BatchState state = new BatchState();
        locked.books().forEach(state::add);
        specs.forEach((id, spec) -> {
            if (!state.has(id)) {
                state.add(WalletBook.open(spec.key(), spec.kind(), spec.scale(), false, now[0]));
            }
        });
        holds.holds(connection, reservations).values().forEach(state::add);
        charges.forEach(state::add);
        totals.forEach(state::add);
        attachHeldBlocks(connection, state);
        corrections.load(connection, state, operations);
        circumstances(connection, state, needs, operations);
        // After the wallets and all at once, in the order of their ids, as everyone locks them.
        budgets.lock(connection, needs.budgets(operations, now[0]), heldBudgets(state))
                .forEach(state::add);
        state.books().forEach(watching::begin);
        return decide(connection, state, needs, operations, known, watching, now[0]);
    }

    private static Set<UUID> windows(List<Operation> operations) {
        Set<UUID> reported = new HashSet<>();
        for (Operation operation : operations) {
            if (operation instanceof Operation.BookTotal total) {
                reported.add(total.total().windowId());
            }
        }
        return reported;
    }

    /** Budgets that reservations hold against, perhaps of another period than the running one. */
    private static Set<UUID> heldBudgets(BatchState state) {
        Set<UUID> ids = new HashSet<>();
        state.holds().stream().map(Hold::budget).filter(Objects::nonNull).forEach(ids::add);
        return ids;
    }

    /** What others have told: payments, where credit waits for them; usage before a limit, where entitlements are applied. */
    private void circumstances(Connection connection, BatchState state, Needs needs, List<Operation> operations)
            throws SQLException {
        Set<UUID> subscriptions = needs.paidSubscriptions();
        if (!subscriptions.isEmpty()) {
            circumstances.paid(connection, subscriptions).forEach(state::add);
        }
        Set<UUID> refreshed = new HashSet<>();
        for (Operation operation : operations) {
            if (operation instanceof Operation.Refresh refresh && refresh.force()) {
                refresh.wallets().forEach(spec -> refreshed.add(spec.key().id()));
            }
        }
        // A limit that was announced begins without a word; its wallet is made by whoever comes first.
        state.books().stream()
                .filter(book -> book.fresh() && book.kind() == WalletKind.LIMIT)
                .forEach(book -> refreshed.add(book.id()));
        if (!refreshed.isEmpty()) {
            circumstances.usedBefore(connection, refreshed).forEach(state::usedBefore);
        }
    }

    /** Holds may name blocks that have expired since; what was captured of them may have to go back. */
    private void attachHeldBlocks(Connection connection, BatchState state) throws SQLException {
        Map<UUID, UUID> missing = new HashMap<>();
        for (Hold hold : state.holds()) {
            for (Leg leg : hold.legs()) {
                for (Alloc alloc : leg.allocs()) {
                    UUID block = alloc.block();
                    if (block != null && (alloc.open() > 0 || hold.state() == HoldState.CAPTURED)) {
                        missing.put(block, leg.wallet());
                    }
                }
            }
        }
        Map<UUID, WalletBook> books = new HashMap<>();
        state.books().forEach(book -> books.put(book.id(), book));
        missing.entrySet().removeIf(entry -> {
            WalletBook book = books.get(entry.getValue());
            return book == null || book.block(entry.getKey()) != null;
        });
        for (Block block : wallets.blocks(connection, missing.keySet())) {
            WalletBook book = books.get(block.wallet());
            if (book != null) {
                book.attach(block);
            }
        }
    }

    private List<Result> decide(
            Connection connection,
            BatchState state,
            Needs needs,
            List<Operation> operations,
            Map<String, StoredOp> known,
            WalletWatch.Watching watching,
            Instant now)
            throws SQLException {
        Decider decider = new Decider(
                state,
                needs.entitlements(),
                Needs.units(directory),
                settings,
                Ids.next(),
                new StoredOverage(connection, windows, holds, state),
                now);
        List<Outcome> outcomes = new ArrayList<>();
        List<Answer> answers = new ArrayList<>();
        List<Answered> stored = new ArrayList<>();
        for (int i = 0; i < operations.size(); i++) {
            Operation operation = operations.get(i);
            Answer replay = replay(operation, known);
            if (replay != null) {
                outcomes.add(null);
                answers.add(replay);
                continue;
            }
            Outcome outcome = decider.decide(operation);
            for (WalletSpec spec : needs.wallets(i)) {
                watching.after(Objects.requireNonNull(state.book(spec.key())), now);
            }
            Answer answer = Answers.of(outcome, needs.version(operation.customer()));
            outcomes.add(outcome);
            answers.add(answer);
            if (answer.success()) {
                byte[] bytes = operation.keys().isEmpty() ? new byte[0] : answer.bytes();
                for (OpKey key : operation.keys()) {
                    if (!key.lasting()) {
                        continue;
                    }
                    known.put(IdentityTables.hex(key.bytes()), new StoredOp(key.fingerprint(), bytes));
                    stored.add(new Answered(key, OperationKinds.kind(operation), bytes, now));
                }
            }
        }
        write(connection, state, stored, watching, now);
        Map<UUID, WalletState> told = events.publish(state, now);
        List<Result> results = new ArrayList<>();
        for (int i = 0; i < operations.size(); i++) {
            results.add(new Result(outcomes.get(i), answers.get(i), states(state, needs.wallets(i), told, now)));
        }
        return results;
    }

    private static @org.jspecify.annotations.Nullable Answer replay(Operation operation, Map<String, StoredOp> known) {
        for (OpKey key : operation.keys()) {
            StoredOp op = known.get(IdentityTables.hex(key.bytes()));
            if (op != null) {
                return key.sameRequest(op.fingerprint())
                        ? Answer.of(op.answer()).replayed()
                        : Answers.of(Problem.conflict(
                                key.conflict(), "this was done before, and something else was asked for then"));
            }
        }
        return null;
    }

    private void write(
            Connection connection, BatchState state, List<Answered> stored, WalletWatch.Watching watching, Instant now)
            throws SQLException {
        RoundTrip trip = new RoundTrip();
        walletWriter.write(trip, state.books());
        holdWriter.write(trip, state.holds());
        identities.insertCharges(trip, state.newCharges(), now);
        identities.writeTotals(trip, state.changedTotals());
        identities.insertOperations(trip, stored);
        windows.record(trip, state.bookings());
        watching.write(trip);
        trip.run(connection);
        budgets.write(connection, state.budgets());
        corrections.write(connection, state);
        List<Hold> fresh = state.holds().stream().filter(Hold::fresh).toList();
        if (!fresh.isEmpty()) {
            AfterCommit.run(() -> holds.committed(fresh));
        }
    }

    private static List<WalletState> states(
            BatchState state, List<WalletSpec> specs, Map<UUID, WalletState> told, Instant now) {
        List<WalletState> states = new ArrayList<>();
        for (WalletSpec spec : specs) {
            WalletBook book = state.book(spec.key());
            if (book != null && (!book.fresh() || WalletWriter.worthWriting(book))) {
                states.add(told.computeIfAbsent(book.id(), id -> WalletStates.of(book, now)));
            }
        }
        return states;
    }
}
