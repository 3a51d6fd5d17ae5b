package dev.weir.platform.servicekit.outbox;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.MessageProperties;
import dev.weir.platform.servicekit.events.Envelope;
import dev.weir.platform.servicekit.outbox.OutboxStore.Outgoing;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Publishes what the outbox holds. A batch is taken, published and confirmed within one database transaction, which is
 * committed last: a crash anywhere publishes the batch again, and consumers recognise the repeats. Several relays share an
 * outbox, since what one has taken the others skip.
 */
@Singleton
public class Relay {

    /** Persistent, so that a broker's restart keeps it; the connector's default would not be. */
    private static final BasicProperties PERSISTENT = MessageProperties.MINIMAL_PERSISTENT_BASIC
            .builder()
            .contentType(Envelope.CONTENT_TYPE)
            .build();

    private static final int BATCH = 500;
    private static final Duration CONFIRM_TIMEOUT = Duration.ofSeconds(10);

    private final OutboxStore store;
    private final DataSource database;
    private final FaultHook faults;
    private final MeterRegistry metrics;
    private final Duration poll;
    private final Semaphore work = new Semaphore(0);

    Relay(
            OutboxStore store,
            DataSource database,
            FaultHook faults,
            MeterRegistry metrics,
            @ConfigProperty(name = "weir.relay.poll", defaultValue = "250ms") Duration poll) {
        this.store = store;
        this.database = database;
        this.faults = faults;
        this.metrics = metrics;
        this.poll = poll;
    }

    /** Says that there is something to publish. */
    public void wake() {
        // One permit is enough: whoever takes it looks at everything.
        if (work.availablePermits() == 0) {
            work.release();
        }
    }

    /** Waits until there may be something to publish: it was woken, or the time to look anyway has come. */
    void awaitWork() throws InterruptedException {
        if (work.tryAcquire(poll.toMillis(), TimeUnit.MILLISECONDS)) {
            work.drainPermits();
        }
    }

    /** Publishes one batch over a channel in confirm mode and says how many events it had. */
    public int publishBatch(Channel channel) throws SQLException, IOException, InterruptedException, TimeoutException {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try {
                int published = publishBatch(connection, channel);
                connection.commit();
                return published;
            } catch (SQLException | IOException | InterruptedException | TimeoutException | RuntimeException e) {
                connection.rollback();
                throw e;
            } finally {
                connection.setAutoCommit(true);
            }
        }
    }

    private int publishBatch(Connection connection, Channel channel)
            throws SQLException, IOException, InterruptedException, TimeoutException {
        try (Statement statement = connection.createStatement()) {
            // A lost mark only publishes again, so it need not be awaited on disk.
            statement.execute("SET LOCAL synchronous_commit = off");
        }
        List<Outgoing> events = store.take(connection, BATCH);
        if (events.isEmpty()) {
            return 0;
        }
        faults.reached(FaultHook.Point.BEFORE_PUBLISH);
        for (Outgoing event : events) {
            channel.basicPublish(event.exchange(), event.routingKey(), PERSISTENT, event.payload());
        }
        channel.waitForConfirmsOrDie(CONFIRM_TIMEOUT.toMillis());
        faults.reached(FaultHook.Point.BEFORE_MARK);
        metrics.counter("weir_events_published").increment(events.size());
        return events.size();
    }

    /** Publishes events straight to one queue, and waits for the confirmation. */
    static void publishToQueue(Channel channel, String queue, List<Outgoing> events)
            throws IOException, InterruptedException, TimeoutException {
        for (Outgoing event : events) {
            channel.basicPublish("", queue, PERSISTENT, event.payload());
        }
        if (!events.isEmpty()) {
            channel.waitForConfirmsOrDie(CONFIRM_TIMEOUT.toMillis());
        }
    }

    /** Publishes one message straight to one queue, and waits for the confirmation. */
    static void publishToQueue(Channel channel, String queue, byte[] payload)
            throws IOException, InterruptedException, TimeoutException {
        channel.basicPublish("", queue, PERSISTENT, payload);
        channel.waitForConfirmsOrDie(CONFIRM_TIMEOUT.toMillis());
    }
}
