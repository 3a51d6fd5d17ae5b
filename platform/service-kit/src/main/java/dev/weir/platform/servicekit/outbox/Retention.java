package dev.weir.platform.servicekit.outbox;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Deletes what nobody can ask for any more. An inbox row outlives the fact that it answers. */
@Singleton
class Retention {

    private final DataSource database;
    private final Duration facts;
    private final Duration inbox;
    private final Duration answers;

    Retention(
            DataSource database,
            @ConfigProperty(name = "weir.retention.facts", defaultValue = "30d") Duration facts,
            @ConfigProperty(name = "weir.retention.inbox", defaultValue = "45d") Duration inbox,
            @ConfigProperty(name = "weir.retention.idempotency", defaultValue = "35d") Duration answers) {
        this.database = database;
        this.facts = facts;
        this.inbox = inbox;
        this.answers = answers;
    }

    @Scheduled(every = "1h", delayed = "10m", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void purge() throws SQLException {
        delete("DELETE FROM outbox_fact WHERE published_at < clock_timestamp() - ? * interval '1 second'", facts);
        delete("DELETE FROM inbox WHERE received_at < clock_timestamp() - ? * interval '1 second'", inbox);
        delete("DELETE FROM idempotency WHERE created_at < clock_timestamp() - ? * interval '1 second'", answers);
    }

    private void delete(String sql, Duration age) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, age.toSeconds());
            statement.executeUpdate();
        }
    }
}
