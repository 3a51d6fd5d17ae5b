package dev.weir.ledger.posting.persistence;

import dev.weir.ledger.Columns;
import dev.weir.ledger.contract.UsageReversed;
import dev.weir.ledger.posting.domain.ListedReversal;
import dev.weir.ledger.posting.domain.ReversedUsage;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Usage that was taken back, listed. */
@ApplicationScoped
public class ReversalTable {

    public void insert(Connection connection, List<ReversedUsage> reversals) throws SQLException {
        if (reversals.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement("""
                INSERT INTO usage_reversal (reversal_id, customer, source, event_id, feature, quantity, scale, reason, actor,
                  reversed_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""")) {
            for (ReversedUsage reversal : reversals) {
                UsageReversed fact = reversal.fact();
                statement.setObject(1, fact.reversal());
                statement.setString(2, fact.customer());
                statement.setString(3, fact.source());
                statement.setString(4, fact.id());
                statement.setString(5, fact.feature());
                statement.setLong(6, fact.quantity());
                statement.setInt(7, fact.scale());
                statement.setString(8, reversal.reason());
                statement.setString(9, reversal.actor());
                Columns.set(statement, 10, fact.reversedAt());
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    /** A customer's reversals, the oldest first, after one; null = from the first. */
    public List<ListedReversal> list(Connection connection, String customer, @Nullable UUID after, int most)
            throws SQLException {
        List<ListedReversal> listed = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(
                "SELECT reversal_id, source, event_id, feature, quantity, scale, reason, actor, reversed_at FROM usage_reversal"
                        + " WHERE customer = ?" + (after == null ? "" : " AND reversal_id > ?")
                        + " ORDER BY reversal_id LIMIT ?")) {
            int i = 1;
            statement.setString(i++, customer);
            if (after != null) {
                statement.setObject(i++, after);
            }
            statement.setInt(i, most);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    listed.add(new ListedReversal(
                            row.getObject(1, UUID.class),
                            row.getString(2),
                            row.getString(3),
                            row.getString(4),
                            row.getLong(5),
                            row.getInt(6),
                            row.getString(7),
                            row.getString(8),
                            Columns.instant(row, 9)));
                }
            }
        }
        return listed;
    }
}
