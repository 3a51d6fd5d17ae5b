package dev.weir.billing.sync.persistence;

import dev.weir.billing.provider.domain.ProviderCommand.Kind;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;

/** What we made at the provider: natural key to remote id. */
@ApplicationScoped
public class RemoteObjects {
    private final DataSource dataSource;

    @Inject
    public RemoteObjects(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** The remote id of an object, if it is there. */
    public Optional<String> find(Kind kind, String naturalKey) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(
                        "SELECT remote_id FROM remote_object WHERE kind = ? AND natural_key = ?")) {
            statement.setString(1, kind.name());
            statement.setString(2, naturalKey);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? Optional.of(rows.getString(1)) : Optional.empty();
            }
        } catch (SQLException failure) {
            throw new IllegalStateException("reading remote objects failed", failure);
        }
    }

    /** Remembers an object; within the transaction that marks its command delivered. */
    public void remember(Kind kind, String naturalKey, String remoteId) {
        String sql = """
                INSERT INTO remote_object (kind, natural_key, remote_id, updated_at) VALUES (?, ?, ?, clock_timestamp())
                ON CONFLICT (kind, natural_key) DO UPDATE SET remote_id = excluded.remote_id, updated_at = excluded.updated_at
                """;
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, kind.name());
            statement.setString(2, naturalKey);
            statement.setString(3, remoteId);
            statement.executeUpdate();
        } catch (SQLException failure) {
            throw new IllegalStateException("remembering a remote object failed", failure);
        }
    }
}
