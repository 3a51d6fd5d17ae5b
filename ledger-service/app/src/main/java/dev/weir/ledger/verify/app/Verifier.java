package dev.weir.ledger.verify.app;

import dev.weir.ledger.journal.persistence.JournalReader;
import dev.weir.ledger.seal.domain.Seal;
import dev.weir.ledger.seal.persistence.SealTable;
import dev.weir.ledger.seal.persistence.SealTable.PublicKey;
import dev.weir.ledger.verify.domain.OpenHolds;
import dev.weir.ledger.verify.domain.SealChain;
import dev.weir.ledger.verify.domain.StoredWallet;
import dev.weir.ledger.verify.persistence.VerifyTables;
import dev.weir.platform.kernel.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Replays the whole journal in one read-only snapshot, while writes go on, and compares it with everything that must follow
 * from it. It holds a page of wallets and a few thousand rows in memory.
 */
@ApplicationScoped
public class Verifier {
    private static final int WALLETS = 500;
    private static final int SEALS = 200;

    private final DataSource database;
    private final JournalReader journal;
    private final VerifyTables tables;
    private final SealTable seals;
    private final AtomicBoolean running = new AtomicBoolean();

    Verifier(DataSource database, JournalReader journal, VerifyTables tables, SealTable seals) {
        this.database = database;
        this.journal = journal;
        this.tables = tables;
        this.seals = seals;
    }

    /**
     * Verifies everything.
     *
     * @throws Problem 409 VERIFICATION_RUNNING: one at a time in this process
     */
    public Verification verify() {
        if (!running.compareAndSet(false, true)) {
            throw Problem.conflict("VERIFICATION_RUNNING", "a verification is running");
        }
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                statement.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
                return verify(connection);
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("the ledger cannot be read", e);
        } finally {
            running.set(false);
        }
    }

    private Verification verify(Connection connection) throws SQLException {
        long started = System.nanoTime();
        Instant asOf = tables.now(connection);
        Replay replay = new Replay();
        Map<UUID, OpenHolds> holds = tables.openHolds(connection);
        @Nullable UUID after = null;
        List<StoredWallet> page;
        do {
            page = tables.wallets(connection, after, WALLETS, holds);
            // The last page has no upper bound: rows of a wallet that is gone must not hide behind the last one.
            UUID upTo = page.size() < WALLETS ? null : page.getLast().id();
            replay.page(page);
            journal.wallets(connection, after, upTo, entry -> replay.row(entry.row()));
            replay.endPage();
            after = upTo;
        } while (after != null);
        replay.endJournal();
        tables.reservations(connection).forEach(replay::add);
        tables.repeated(connection).forEach(replay::add);
        tables.early(connection).forEach(replay::add);
        tables.money(connection).forEach(replay::add);
        long count = seals(connection, replay);
        tables.sealedHeads(connection).forEach(replay::add);
        return new Verification(
                replay.misfits().isEmpty(),
                asOf,
                replay.wallets(),
                replay.blocks(),
                replay.rows(),
                count,
                (System.nanoTime() - started) / 1_000_000,
                replay.misfits().isEmpty() ? null : replay.misfits().getFirst(),
                replay.misfits());
    }

    private long seals(Connection connection, Replay replay) throws SQLException {
        SealChain chain =
                new SealChain(seals.keys(connection).stream().collect(Collectors.toMap(PublicKey::id, PublicKey::key)));
        long last = 0;
        long count = 0;
        List<Seal> page;
        do {
            page = seals.after(connection, last, SEALS);
            for (Seal seal : page) {
                chain.next(seal, seals.leaves(connection, seal.number())).ifPresent(replay::add);
                last = seal.number();
                count++;
            }
        } while (page.size() == SEALS);
        return count;
    }
}
