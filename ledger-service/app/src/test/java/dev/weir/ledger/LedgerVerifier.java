package dev.weir.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.ledger.journal.persistence.SnapshotTable;
import dev.weir.ledger.posting.persistence.JournalTables;
import dev.weir.ledger.wallet.domain.JournalEncoding;
import dev.weir.ledger.wallet.domain.JournalRow;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;

/** Recomputes every wallet from its journal, in the database, and names what does not fit. */
public final class LedgerVerifier {
    /** Each query must return no row. */
    private static final Map<String, String> QUERIES = new LinkedHashMap<>();

    static {
        QUERIES.put("wallet.available = sum of free of live blocks", """
                SELECT w.wallet_id FROM wallet w LEFT JOIN credit_block b USING (wallet_id) GROUP BY w.wallet_id
                HAVING w.available <> coalesce(sum(b.remaining - b.held) FILTER (WHERE b.state = 1), 0)
                  OR w.held <> coalesce(sum(b.held), 0)""");
        QUERIES.put("wallet = fold(journal)", """
                SELECT w.wallet_id FROM wallet w LEFT JOIN (
                  SELECT wallet_id, acct, sum(amount) AS balance FROM (
                    SELECT wallet_id, to_acct AS acct, amount FROM journal
                    UNION ALL SELECT wallet_id, from_acct, -amount FROM journal) moves GROUP BY wallet_id, acct) f USING (wallet_id)
                GROUP BY w.wallet_id
                HAVING w.available <> coalesce(sum(balance) FILTER (WHERE acct = 1), 0)
                  OR w.held + w.overage_held + w.overdraft_held <> coalesce(sum(balance) FILTER (WHERE acct = 2), 0)
                  OR w.overdraft + w.overdraft_held <> -coalesce(sum(balance) FILTER (WHERE acct = 8), 0)""");
        QUERIES.put("block = fold(journal)", """
                SELECT b.block_id FROM credit_block b LEFT JOIN (
                  SELECT block_id, acct, sum(amount) AS balance FROM (
                    SELECT block_id, to_acct AS acct, amount FROM journal WHERE block_id IS NOT NULL
                    UNION ALL SELECT block_id, from_acct, -amount FROM journal WHERE block_id IS NOT NULL) moves
                  GROUP BY block_id, acct) f USING (block_id)
                WHERE b.state <> 0 GROUP BY b.block_id
                HAVING b.remaining <> coalesce(sum(balance) FILTER (WHERE acct IN (1, 2)), 0)
                  OR b.held <> coalesce(sum(balance) FILTER (WHERE acct = 2), 0)
                  OR b.closing <> coalesce(sum(balance) FILTER (WHERE acct = 4), 0)
                  OR b.expired <> coalesce(sum(balance) FILTER (WHERE acct = 5), 0)
                  OR b.voided <> coalesce(sum(balance) FILTER (WHERE acct = 6), 0)""");
        QUERIES.put("seq without gap", """
                SELECT wallet_id FROM wallet w LEFT JOIN journal j USING (wallet_id) GROUP BY wallet_id
                HAVING count(j.seq) <> w.seq OR coalesce(max(j.seq), 0) <> w.seq""");
        QUERIES.put("held = open reservations", """
                SELECT w.wallet_id FROM wallet w LEFT JOIN reservation_alloc a USING (wallet_id) GROUP BY w.wallet_id
                HAVING w.held + w.overage_held + w.overdraft_held <> coalesce(sum(a.amount - a.spent - a.released), 0)""");
        QUERIES.put("legs = their parts", """
                SELECT l.resv_id FROM reservation_leg l LEFT JOIN reservation_alloc a ON a.resv_id = l.resv_id AND a.leg = l.ord
                GROUP BY l.resv_id, l.ord HAVING l.granted <> coalesce(sum(a.amount), 0)
                  OR l.spent <> coalesce(sum(a.spent), 0) OR l.released <> coalesce(sum(a.released), 0)""");
        QUERIES.put("closed reservations hold nothing", """
                SELECT r.resv_id FROM reservation r JOIN reservation_leg l USING (resv_id)
                WHERE r.state > 2 AND l.spent + l.released <> l.granted""");
        QUERIES.put("floor", "SELECT wallet_id FROM wallet WHERE -(overdraft + overdraft_held) < floor");
        QUERIES.put("windows sum", """
                SELECT window_id FROM usage_window
                WHERE enforced + reported <> included + credit_covered + overage + overrun + waived + unpriced""");
    }

    private LedgerVerifier() {}

    public static void verify(DataSource database) {
        try (Connection connection = database.getConnection()) {
            for (Map.Entry<String, String> query : QUERIES.entrySet()) {
                try (PreparedStatement statement = connection.prepareStatement(query.getValue());
                        ResultSet rows = statement.executeQuery()) {
                    assertThat(rows.next())
                            .as("%s fails for %s", query.getKey(), rows.isAfterLast() ? "" : "the first row")
                            .isFalse();
                }
            }
            chains(connection);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void chains(Connection connection) throws SQLException {
        Map<UUID, byte[]> heads = new LinkedHashMap<>();
        try (PreparedStatement statement = connection.prepareStatement("SELECT wallet_id, head_hash FROM wallet");
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                heads.put(rows.getObject(1, UUID.class), rows.getBytes(2));
            }
        }
        JournalTables journal = new JournalTables(new SnapshotTable());
        for (Map.Entry<UUID, byte[]> head : heads.entrySet()) {
            byte[] hash = JournalEncoding.genesis(head.getKey());
            Instant last = Instant.MIN;
            for (JournalRow row : journal.page(connection, head.getKey(), 0, Integer.MAX_VALUE, null, null)) {
                hash = JournalEncoding.chain(hash, row);
                assertThat(Arrays.equals(hash, row.hash()))
                        .as("wallet %s row %d", head.getKey(), row.seq())
                        .isTrue();
                assertThat(row.postedAt()).isAfter(last);
                last = row.postedAt();
            }
            assertThat(Arrays.equals(hash, head.getValue()))
                    .as("head of wallet %s", head.getKey())
                    .isTrue();
        }
    }
}
