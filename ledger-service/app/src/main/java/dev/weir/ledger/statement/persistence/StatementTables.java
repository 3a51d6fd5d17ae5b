package dev.weir.ledger.statement.persistence;

import dev.weir.ledger.Columns;
import dev.weir.ledger.statement.domain.Statement.Balance;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What statements need beside the journal's rows. */
@ApplicationScoped
public class StatementTables {

    /** A wallet, by its key. */
    public record Wallet(UUID id, String unit, int scale) {}

    /** A block and its wallet. */
    public record Block(UUID id, UUID wallet, String unit, int scale, long granted, long consumed) {}

    public Optional<Wallet> wallet(Connection connection, String root, String unit, @Nullable String resource)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
                SELECT wallet_id, unit, scale FROM wallet
                WHERE root_customer = ? AND unit = ? AND resource IS NOT DISTINCT FROM ?""")) {
            statement.setString(1, root);
            statement.setString(2, unit);
            statement.setString(3, resource);
            try (ResultSet row = statement.executeQuery()) {
                return row.next()
                        ? Optional.of(new Wallet(row.getObject(1, UUID.class), row.getString(2), row.getInt(3)))
                        : Optional.empty();
            }
        }
    }

    public Optional<Block> block(Connection connection, String root, UUID block) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
                SELECT b.block_id, b.wallet_id, w.unit, w.scale, b.granted, b.consumed
                FROM credit_block b JOIN wallet w USING (wallet_id) WHERE b.block_id = ? AND w.root_customer = ?""")) {
            statement.setObject(1, block);
            statement.setString(2, root);
            try (ResultSet row = statement.executeQuery()) {
                return row.next()
                        ? Optional.of(new Block(
                                row.getObject(1, UUID.class),
                                row.getObject(2, UUID.class),
                                row.getString(3),
                                row.getInt(4),
                                row.getLong(5),
                                row.getLong(6)))
                        : Optional.empty();
            }
        }
    }

    /** How a wallet stood before an instant, as posted: one look at an index. */
    public Balance before(Connection connection, UUID wallet, Instant instant) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
                SELECT available_after, held_after, overdraft_after FROM journal
                WHERE wallet_id = ? AND posted_at < ? ORDER BY posted_at DESC, seq DESC LIMIT 1""")) {
            statement.setObject(1, wallet);
            Columns.set(statement, 2, instant);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? new Balance(row.getLong(1), row.getLong(2), row.getLong(3)) : Balance.NOTHING;
            }
        }
    }
}
