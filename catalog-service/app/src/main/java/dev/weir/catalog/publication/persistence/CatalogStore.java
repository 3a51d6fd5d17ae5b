package dev.weir.catalog.publication.persistence;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.catalog.contract.Rollout;
import dev.weir.catalog.document.app.DocumentFormat;
import dev.weir.catalog.document.app.SourceDocument;
import dev.weir.platform.kernel.Json;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/** The catalogs that were published, and which one is in force. */
@ApplicationScoped
public class CatalogStore {

    private static final String COLUMNS =
            "SELECT version, published_at, published_by, rollout, document, in_force, changes, reason,"
                    + " reapplied_version FROM catalog_version ";

    private final DataSource database;

    CatalogStore(DataSource database) {
        this.database = database;
    }

    /** Makes this transaction the only writer until it ends, and answers the version in force (0 = none). */
    public long lock() {
        return head("SELECT version FROM catalog_head WHERE id = 1 FOR UPDATE");
    }

    /** The version in force; 0 before the first. */
    public long currentVersion() {
        return head("SELECT version FROM catalog_head WHERE id = 1");
    }

    /** The catalog in force; empty before the first. */
    public Optional<StoredCatalog> inForce() {
        return find(COLUMNS + "WHERE version = (SELECT version FROM catalog_head WHERE id = 1)", statement -> {})
                .stream()
                .findFirst();
    }

    /** A catalog by its version. */
    public Optional<StoredCatalog> find(long version) {
        return find(COLUMNS + "WHERE version = ?", statement -> statement.setLong(1, version)).stream()
                .findFirst();
    }

    /** Catalogs older than a version, the latest first. */
    public List<StoredCatalog> before(long version, int limit) {
        return find(COLUMNS + "WHERE version < ? ORDER BY version DESC LIMIT ?", statement -> {
            statement.setLong(1, version);
            statement.setInt(2, limit);
        });
    }

    /** Catalogs of (after, upTo], the earliest first. */
    public List<StoredCatalog> between(long after, long upTo) {
        return find(COLUMNS + "WHERE version > ? AND version <= ? ORDER BY version", statement -> {
            statement.setLong(1, after);
            statement.setLong(2, upTo);
        });
    }

    /** The document of a version as it came, comments and all. */
    public Optional<SourceDocument> source(long version) {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(
                        "SELECT source, source_format FROM catalog_version WHERE version = ?")) {
            statement.setLong(1, version);
            try (ResultSet row = statement.executeQuery()) {
                return row.next()
                        ? Optional.of(new SourceDocument(row.getString(1), DocumentFormat.valueOf(row.getString(2))))
                        : Optional.empty();
            }
        } catch (SQLException e) {
            throw new StoreException("the document of version " + version + " could not be read", e);
        }
    }

    /** Stores a catalog and puts it in force. */
    public void publish(NewCatalog catalog) {
        String insert = "INSERT INTO catalog_version (version, published_at, published_by, rollout, source_format,"
                + " source, document, in_force, changes, reason, reapplied_version)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?::json, ?::jsonb, ?::jsonb, ?, ?)";
        try (Connection connection = database.getConnection()) {
            try (PreparedStatement statement = connection.prepareStatement(insert)) {
                statement.setLong(1, catalog.inForce().version());
                statement.setObject(2, catalog.inForce().publishedAt().atOffset(ZoneOffset.UTC));
                statement.setString(3, catalog.publishedBy());
                statement.setString(4, catalog.inForce().rollout().name());
                statement.setString(5, catalog.source().format().name());
                statement.setString(6, catalog.source().text());
                statement.setString(7, catalog.document());
                statement.setString(8, write(catalog.inForce()));
                statement.setString(9, write(catalog.changes()));
                statement.setString(10, catalog.reason());
                statement.setObject(11, catalog.reapplied());
                statement.executeUpdate();
            }
            try (PreparedStatement statement =
                    connection.prepareStatement("UPDATE catalog_head SET version = ? WHERE id = 1")) {
                statement.setLong(1, catalog.inForce().version());
                statement.executeUpdate();
            }
        } catch (SQLException e) {
            throw new StoreException("the catalog could not be stored", e);
        }
    }

    private long head(String sql) {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getLong(1);
        } catch (SQLException e) {
            throw new StoreException("the catalog's head could not be read", e);
        }
    }

    private List<StoredCatalog> find(String sql, Parameters parameters) {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            parameters.set(statement);
            List<StoredCatalog> found = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.add(new StoredCatalog(
                            rows.getLong(1),
                            rows.getObject(2, OffsetDateTime.class).toInstant(),
                            rows.getString(3),
                            Rollout.valueOf(rows.getString(4)),
                            rows.getString(5),
                            tree(rows.getString(6)),
                            tree(rows.getString(7)),
                            rows.getString(8),
                            rows.getObject(9, Long.class)));
                }
            }
            return found;
        } catch (SQLException e) {
            throw new StoreException("the catalogs could not be read", e);
        }
    }

    static JsonNode tree(String json) {
        try {
            return Json.mapper().readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what PostgreSQL took as JSON is JSON", e);
        }
    }

    static String write(Object value) {
        try {
            return Json.mapper().writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a record of the contract can be written", e);
        }
    }

    @FunctionalInterface
    private interface Parameters {
        void set(PreparedStatement statement) throws SQLException;
    }
}
