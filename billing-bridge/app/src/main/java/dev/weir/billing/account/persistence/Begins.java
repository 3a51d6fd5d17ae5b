package dev.weir.billing.account.persistence;

import dev.weir.billing.account.domain.OnceFees;
import dev.weir.entitlement.contract.SubscriptionPart;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import javax.sql.DataSource;

/** When parts of subscriptions were first seen to begin. Call within a transaction. */
@ApplicationScoped
public class Begins implements OnceFees.Begins {
    private final DataSource dataSource;

    @Inject
    public Begins(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    @Override
    public Instant of(SubscriptionPart subscription, String part, Instant begins) {
        String sql = """
                INSERT INTO subscription_begin AS b (subscription, part, begun_at) VALUES (?, ?, ?)
                ON CONFLICT (subscription, part) DO UPDATE SET begun_at = b.begun_at RETURNING begun_at""";
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setObject(1, subscription.id());
            statement.setString(2, part);
            statement.setTimestamp(3, Timestamp.from(begins));
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getTimestamp(1).toInstant();
            }
        } catch (SQLException failure) {
            throw new IllegalStateException("the begin of a subscription cannot be remembered", failure);
        }
    }
}
