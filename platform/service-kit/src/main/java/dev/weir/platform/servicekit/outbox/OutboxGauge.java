package dev.weir.platform.servicekit.outbox;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;

/** How many events wait to be published (metric {@code weir_outbox_waiting}): it grows while the broker is away. */
@Singleton
class OutboxGauge {

    private static final String COUNT = """
            SELECT (SELECT count(*) FROM outbox_fact WHERE published_at IS NULL)
                 + (SELECT count(*) FROM (SELECT DISTINCT name, aggregate_id FROM outbox_due) AS due)""";

    private final DataSource database;
    private final MeterRegistry metrics;
    private final Gauge gauge;
    private final AtomicLong waiting = new AtomicLong();

    OutboxGauge(DataSource database, MeterRegistry metrics) {
        this.database = database;
        this.metrics = metrics;
        this.gauge = Gauge.builder("weir_outbox_waiting", waiting, AtomicLong::doubleValue)
                .description("Events that wait to be published")
                .register(metrics);
    }

    @Scheduled(every = "15s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void count() throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(COUNT);
                ResultSet row = statement.executeQuery()) {
            row.next();
            waiting.set(row.getLong(1));
        }
    }

    /** The registry may outlive this application, as it does when a test starts the next one. */
    @PreDestroy
    void stop() {
        metrics.remove(gauge);
    }
}
