package dev.weir.catalog.publication.persistence;

import dev.weir.catalog.publication.domain.KnownVersions;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;

/** The published plan and add-on versions, which are only ever added to. */
@ApplicationScoped
public class BodyStore {

    private final DataSource database;

    BodyStore(DataSource database) {
        this.database = database;
    }

    /** Every version ever published, by key and content hash. */
    public KnownVersions known(BodyKind kind) {
        Map<String, Map<String, Integer>> known = new HashMap<>();
        try (Connection connection = database.getConnection();
                PreparedStatement statement =
                        connection.prepareStatement("SELECT key, hash, version FROM " + kind.table());
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                known.computeIfAbsent(rows.getString(1), absent -> new HashMap<>())
                        .put(rows.getString(2), rows.getInt(3));
            }
        } catch (SQLException e) {
            throw new StoreException("the published versions could not be read", e);
        }
        return new KnownVersions(known);
    }

    /** The bodies of a kind that a catalog version has in force, by key. */
    public List<StoredBody> inForce(BodyKind kind, long catalogVersion) {
        String references = kind == BodyKind.PLAN ? "plans" : "addons";
        String sql = "SELECT b.key, b.version, b.hash, b.catalog_version, b.body FROM catalog_version c"
                + " CROSS JOIN LATERAL jsonb_each(c.in_force -> '" + references + "') AS r (key, reference)"
                + " JOIN " + kind.table() + " b ON b.hash = r.reference ->> 'hash'"
                + " WHERE c.version = ? ORDER BY b.key";
        return find(sql, statement -> statement.setLong(1, catalogVersion));
    }

    /** Every version of one key, the latest first. */
    public List<StoredBody> versions(BodyKind kind, String key) {
        String sql = "SELECT key, version, hash, catalog_version, body FROM " + kind.table()
                + " WHERE key = ? ORDER BY version DESC";
        return find(sql, statement -> statement.setString(1, key));
    }

    /** One version. */
    public Optional<StoredBody> find(BodyKind kind, String key, int version) {
        String sql = "SELECT key, version, hash, catalog_version, body FROM " + kind.table()
                + " WHERE key = ? AND version = ?";
        return find(sql, statement -> {
                    statement.setString(1, key);
                    statement.setInt(2, version);
                })
                .stream()
                .findFirst();
    }

    /** Adds new versions. */
    public void insert(BodyKind kind, long catalogVersion, List<NewBody> bodies) {
        String sql = "INSERT INTO " + kind.table()
                + " (key, version, hash, catalog_version, body) VALUES (?, ?, ?, ?, ?::jsonb)";
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (NewBody body : bodies) {
                statement.setString(1, body.key());
                statement.setInt(2, body.version());
                statement.setString(3, body.hash());
                statement.setLong(4, catalogVersion);
                statement.setString(5, CatalogStore.write(body.body()));
                statement.addBatch();
            }
            statement.executeBatch();
        } catch (SQLException e) {
            throw new StoreException("the new versions could not be stored", e);
        }
    }

    private List<StoredBody> find(String sql, Parameters parameters) {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            parameters.set(statement);
            List<StoredBody> found = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.add(new StoredBody(
                            rows.getString(1),
                            rows.getInt(2),
                            rows.getString(3),
                            rows.getLong(4),
                            CatalogStore.tree(rows.getString(5))));
                }
            }
            return found;
        } catch (SQLException e) {
            throw new StoreException("the published versions could not be read", e);
        }
    }

    @FunctionalInterface
    private interface Parameters {
        void set(PreparedStatement statement) throws SQLException;
    }
}
