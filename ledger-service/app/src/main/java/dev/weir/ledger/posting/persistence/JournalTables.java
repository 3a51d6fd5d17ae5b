package dev.weir.ledger.posting.persistence;

import dev.weir.ledger.Columns;
import dev.weir.ledger.journal.persistence.SnapshotTable;
import dev.weir.ledger.wallet.domain.Account;
import dev.weir.ledger.wallet.domain.JournalRow;
import dev.weir.ledger.wallet.domain.MoveKind;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads the journal. */
@ApplicationScoped
public class JournalTables {
    private static final String ROW = """
            SELECT wallet_id, seq, txn_id, for_customer, kind, from_acct, to_acct, amount, block_id, resv_id, reverses_seq,
              charge_key, feature, resource, rate_version, window_start, period_from, available_after, held_after,
              overdraft_after, block_remaining_after, effective_at, posted_at, late, op_key, actor, event_source, event_id,
              hash, meta
            FROM journal""";

    /** A block's accounts at an instant, as posted; a null block stands for overage, overdraft and overrun. */
    public record BlockFold(@Nullable UUID block, Map<Account, Long> balances) {
        /** The balance of an account; 0 if nothing ever moved there. */
        public long of(Account account) {
            return balances.getOrDefault(account, 0L);
        }
    }

    private final SnapshotTable snapshots;

    public JournalTables(SnapshotTable snapshots) {
        this.snapshots = snapshots;
    }

    /** Rows of a wallet after a sequence number, in order. */
    public List<JournalRow> page(
            Connection connection,
            UUID wallet,
            long after,
            int most,
            @Nullable String event,
            @Nullable UUID reservation)
            throws SQLException {
        String select = ROW + " WHERE wallet_id = ? AND seq > ?" + (event == null ? "" : " AND event_id = ?")
                + (reservation == null ? "" : " AND resv_id = ?") + " ORDER BY seq LIMIT ?";
        try (PreparedStatement statement = connection.prepareStatement(select)) {
            int i = 1;
            statement.setObject(i++, wallet);
            statement.setLong(i++, after);
            if (event != null) {
                statement.setString(i++, event);
            }
            if (reservation != null) {
                statement.setObject(i++, reservation);
            }
            statement.setInt(i, most);
            return rows(statement);
        }
    }

    /** Every row of charges, by their keys, in the order of each wallet. */
    public List<JournalRow> charged(Connection connection, Collection<byte[]> chargeKeys) throws SQLException {
        if (chargeKeys.isEmpty()) {
            return List.of();
        }
        try (PreparedStatement statement =
                connection.prepareStatement(ROW + " WHERE charge_key = ANY (?) ORDER BY wallet_id, seq")) {
            statement.setArray(1, connection.createArrayOf("bytea", chargeKeys.toArray(byte[][]::new)));
            return rows(statement);
        }
    }

    /** The balances of a wallet's blocks at an instant, as posted: the fold of everything up to then, from a snapshot on. */
    public List<BlockFold> fold(Connection connection, UUID wallet, Instant at) throws SQLException {
        Map<UUID, Map<Account, Long>> blocks = new HashMap<>();
        Map<Account, Long> rooms = new HashMap<>();
        for (SnapshotTable.Sum sum : snapshots.sums(connection, wallet, at)) {
            UUID block = sum.block();
            Map<Account, Long> balances = block == null ? rooms : blocks.computeIfAbsent(block, id -> new HashMap<>());
            balances.put(Account.of(sum.account()), sum.amount());
        }
        List<BlockFold> folds = new ArrayList<>();
        blocks.forEach((block, balances) -> folds.add(new BlockFold(block, balances)));
        folds.add(new BlockFold(null, rooms));
        return folds;
    }

    private static List<JournalRow> rows(PreparedStatement statement) throws SQLException {
        List<JournalRow> rows = new ArrayList<>();
        try (ResultSet found = statement.executeQuery()) {
            while (found.next()) {
                rows.add(row(found));
            }
        }
        return rows;
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
