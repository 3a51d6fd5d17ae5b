package dev.weir.ledger.seal.persistence;

import dev.weir.ledger.Columns;
import dev.weir.ledger.seal.domain.Seal;
import dev.weir.ledger.seal.domain.SealKey;
import dev.weir.ledger.seal.domain.SealLeaf;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Seals, their leaves and their keys. */
@ApplicationScoped
public class SealTable {
    // "weir seal" as a number: this lock is for the job, never for a wallet.
    private static final long LOCK = 0x7765_6972_7365_616cL;
    private static final String SEAL = """
            SELECT seal_no, sealed_at, leaves, merkle_root, prev_seal_hash, seal_hash, signature, key_id
            FROM ledger_seal""";

    /** A public key that has signed seals. */
    public record PublicKey(String id, byte[] key) {}

    /** Where a wallet's sealed head stands: in which seal, at which place. */
    public record Place(long seal, int order, long seq) {}

    /** Becomes the one sealer until the transaction ends; false: another is at work. */
    public boolean tryLock(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("SELECT pg_try_advisory_xact_lock(?)")) {
            statement.setLong(1, LOCK);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }

    /** Waits to become the one sealer. */
    public void lock(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("SELECT pg_advisory_xact_lock(?)")) {
            statement.setLong(1, LOCK);
            statement.execute();
        }
    }

    /** Heads of wallets that changed since they were sealed, in one statement and so at one instant. */
    public List<SealLeaf> changed(Connection connection, int most) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
                SELECT w.wallet_id, w.seq, w.head_hash
                FROM wallet w LEFT JOIN sealed_head s USING (wallet_id)
                WHERE w.seq > coalesce(s.seq, 0)
                ORDER BY w.wallet_id LIMIT ?""")) {
            statement.setInt(1, most);
            return leaves(statement);
        }
    }

    public Optional<Seal> last(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(SEAL + " ORDER BY seal_no DESC LIMIT 1")) {
            return seals(statement).stream().findFirst();
        }
    }

    public Optional<Seal> seal(Connection connection, long number) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(SEAL + " WHERE seal_no = ?")) {
            statement.setLong(1, number);
            return seals(statement).stream().findFirst();
        }
    }

    /** Seals after a number, in order. */
    public List<Seal> after(Connection connection, long number, int most) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement(SEAL + " WHERE seal_no > ? ORDER BY seal_no LIMIT ?")) {
            statement.setLong(1, number);
            statement.setInt(2, most);
            return seals(statement);
        }
    }

    /** The leaves of a seal in the order of its tree. */
    public List<SealLeaf> leaves(Connection connection, long seal) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "SELECT wallet_id, seq, head_hash FROM seal_leaf WHERE seal_no = ? ORDER BY ord")) {
            statement.setLong(1, seal);
            return leaves(statement);
        }
    }

    /** The first sealed head of a wallet at or after a row. */
    public Optional<Place> place(Connection connection, UUID wallet, long seq) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
                SELECT seal_no, ord, seq FROM seal_leaf WHERE wallet_id = ? AND seq >= ? ORDER BY seq LIMIT 1""")) {
            statement.setObject(1, wallet);
            statement.setLong(2, seq);
            try (ResultSet row = statement.executeQuery()) {
                return row.next()
                        ? Optional.of(new Place(row.getLong(1), row.getInt(2), row.getLong(3)))
                        : Optional.empty();
            }
        }
    }

    /** Stores a seal and what it covers. */
    public void insert(Connection connection, Seal seal, List<SealLeaf> leaves) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
                INSERT INTO ledger_seal (seal_no, sealed_at, leaves, merkle_root, prev_seal_hash, seal_hash, signature, key_id)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)""")) {
            statement.setLong(1, seal.number());
            Columns.set(statement, 2, seal.sealedAt());
            statement.setLong(3, seal.leaves());
            statement.setBytes(4, seal.root());
            statement.setBytes(5, seal.previous());
            statement.setBytes(6, seal.hash());
            statement.setBytes(7, seal.signature());
            statement.setString(8, seal.keyId());
            statement.executeUpdate();
        }
        try (PreparedStatement leaf = connection.prepareStatement(
                        "INSERT INTO seal_leaf (seal_no, ord, wallet_id, seq, head_hash) VALUES (?, ?, ?, ?, ?)");
                PreparedStatement head = connection.prepareStatement("""
                        INSERT INTO sealed_head (wallet_id, seq) VALUES (?, ?)
                        ON CONFLICT (wallet_id) DO UPDATE SET seq = excluded.seq""")) {
            int order = 0;
            for (SealLeaf one : leaves) {
                leaf.setLong(1, seal.number());
                leaf.setInt(2, order++);
                leaf.setObject(3, one.wallet());
                leaf.setLong(4, one.seq());
                leaf.setBytes(5, one.headHash());
                leaf.addBatch();
                head.setObject(1, one.wallet());
                head.setLong(2, one.seq());
                head.addBatch();
            }
            leaf.executeBatch();
            head.executeBatch();
        }
    }

    /** The newest key whose private half stands in the database. */
    public Optional<SealKey> storedKey(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
                        SELECT public_key, private_key FROM seal_key WHERE private_key IS NOT NULL
                        ORDER BY created_at DESC LIMIT 1""");
                ResultSet row = statement.executeQuery()) {
            return row.next() ? Optional.of(SealKey.of(row.getBytes(1), row.getBytes(2))) : Optional.empty();
        }
    }

    /** Makes a key known; its private half only where it is to be kept here. */
    public void know(Connection connection, SealKey key, boolean withPrivate) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "INSERT INTO seal_key (key_id, public_key, private_key) VALUES (?, ?, ?) ON CONFLICT DO NOTHING")) {
            statement.setString(1, key.id());
            statement.setBytes(2, key.publicKey());
            statement.setBytes(3, withPrivate ? key.privateKey() : null);
            statement.executeUpdate();
        }
    }

    /** Every key that has signed, oldest first. */
    public List<PublicKey> keys(Connection connection) throws SQLException {
        List<PublicKey> keys = new ArrayList<>();
        try (PreparedStatement statement =
                        connection.prepareStatement("SELECT key_id, public_key FROM seal_key ORDER BY created_at");
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                keys.add(new PublicKey(rows.getString(1), rows.getBytes(2)));
            }
        }
        return keys;
    }

    private static List<SealLeaf> leaves(PreparedStatement statement) throws SQLException {
        List<SealLeaf> leaves = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                leaves.add(new SealLeaf(rows.getObject(1, UUID.class), rows.getLong(2), rows.getBytes(3)));
            }
        }
        return leaves;
    }

    private static List<Seal> seals(PreparedStatement statement) throws SQLException {
        List<Seal> seals = new ArrayList<>();
        try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                seals.add(new Seal(
                        row.getLong(1),
                        Columns.instant(row, 2),
                        row.getLong(3),
                        row.getBytes(4),
                        row.getBytes(5),
                        row.getBytes(6),
                        row.getBytes(7),
                        row.getString(8)));
            }
        }
        return seals;
    }
}
