package dev.weir.ledger.journal.persistence;

import dev.weir.ledger.Columns;
import dev.weir.ledger.wallet.domain.Account;
import dev.weir.ledger.wallet.domain.JournalRow;
import dev.weir.ledger.wallet.domain.MoveKind;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Streams journal rows in the order of wallet and sequence number, a few thousand in memory at a time. The connection must
 * not be in auto-commit mode, else the driver reads everything at once.
 */
@ApplicationScoped
public class JournalReader {
    private static final int FETCH = 2_000;
    private static final String SELECT = """
            SELECT wallet_id, seq, txn_id, for_customer, kind, from_acct, to_acct, amount, block_id, resv_id, reverses_seq,
              charge_key, feature, resource, rate_version, window_start, period_from, available_after, held_after,
              overdraft_after, block_remaining_after, effective_at, posted_at, late, op_key, actor, event_source, event_id,
              hash, meta
            FROM journal""";

    /** A row. */
    public record Entry(JournalRow row) {}

    /** Takes rows one by one. */
    public interface Sink {
        void accept(Entry entry) throws SQLException;
    }

    /** The rows of all wallets whose ids come after one id, up to another; null = no bound. */
    public void wallets(Connection connection, @Nullable UUID after, @Nullable UUID upTo, Sink sink)
            throws SQLException {
        String select = SELECT + " WHERE true" + (after == null ? "" : " AND wallet_id > ?")
                + (upTo == null ? "" : " AND wallet_id <= ?") + " ORDER BY wallet_id, seq";
        try (PreparedStatement statement = connection.prepareStatement(select)) {
            int i = 1;
            if (after != null) {
                statement.setObject(i++, after);
            }
            if (upTo != null) {
                statement.setObject(i, upTo);
            }
            run(statement, sink);
        }
    }

    /** The rows of a wallet after a sequence number, up to another. */
    public void rows(Connection connection, UUID wallet, long after, long upTo, Sink sink) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement(SELECT + " WHERE wallet_id = ? AND seq > ? AND seq <= ? ORDER BY seq")) {
            statement.setObject(1, wallet);
            statement.setLong(2, after);
            statement.setLong(3, upTo);
            run(statement, sink);
        }
    }

    /** The same, without the moves within blocks. */
    public void beyondBlocks(Connection connection, UUID wallet, long after, long upTo, Sink sink) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(SELECT
                + " WHERE wallet_id = ? AND seq > ? AND seq <= ? AND (block_id IS NULL OR to_acct = 8) ORDER BY seq")) {
            statement.setObject(1, wallet);
            statement.setLong(2, after);
            statement.setLong(3, upTo);
            run(statement, sink);
        }
    }

    /** The rows of a wallet that were posted in [from, to), in order; at most so many. */
    public void span(Connection connection, UUID wallet, Instant from, Instant to, int most, Sink sink)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                SELECT + " WHERE wallet_id = ? AND posted_at >= ? AND posted_at < ? ORDER BY seq LIMIT ?")) {
            statement.setObject(1, wallet);
            Columns.set(statement, 2, from);
            Columns.set(statement, 3, to);
            statement.setInt(4, most);
            run(statement, sink);
        }
    }

    /** What a block paid for and got back, in order, after a sequence number; at most so many. */
    public void paidBy(Connection connection, UUID wallet, UUID block, long after, int most, Sink sink)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                SELECT + " WHERE wallet_id = ? AND seq > ? AND block_id = ? AND (to_acct IN (3, 7, 8) OR from_acct = 3)"
                        + " ORDER BY seq LIMIT ?")) {
            statement.setObject(1, wallet);
            statement.setLong(2, after);
            statement.setObject(3, block);
            statement.setInt(4, most);
            run(statement, sink);
        }
    }

    private static void run(PreparedStatement statement, Sink sink) throws SQLException {
        statement.setFetchSize(FETCH);
        try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                sink.accept(new Entry(row(rows)));
            }
        }
    }

    private static JournalRow row(ResultSet row) throws SQLException {
        return new JournalRow(
                row.getObject(1, UUID.class),
                row.getLong(2),
                row.getObject(3, UUID.class),
                row.getString(4),
                MoveKind.of(row.getInt(5)),
                Account.of(row.getInt(6)),
                Account.of(row.getInt(7)),
                row.getLong(8),
                row.getObject(9, UUID.class),
                row.getObject(10, UUID.class),
                Columns.longOrNull(row, 11),
                row.getBytes(12),
                row.getString(13),
                row.getString(14),
                row.getString(15),
                Columns.instantOrNull(row, 16),
                Columns.instantOrNull(row, 17),
                row.getLong(18),
                row.getLong(19),
                row.getLong(20),
                Columns.longOrNull(row, 21),
                Columns.instant(row, 22),
                Columns.instant(row, 23),
                row.getBoolean(24),
                row.getString(25),
                row.getString(26),
                row.getString(27),
                row.getString(28),
                Columns.meta(row, 30),
                row.getBytes(29));
    }
}
