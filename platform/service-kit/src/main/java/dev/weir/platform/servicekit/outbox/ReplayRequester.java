package dev.weir.platform.servicekit.outbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.rabbitmq.client.Channel;
import dev.weir.platform.kernel.Json;
import dev.weir.platform.kernel.Problem;
import dev.weir.platform.servicekit.amqp.BrokerLink;
import dev.weir.platform.servicekit.amqp.BrokerLink.BrokerConnection;
import dev.weir.platform.servicekit.amqp.Topology;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.concurrent.TimeoutException;
import javax.sql.DataSource;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Asks producers for a replay: each one once, at the first start on an empty database, and whenever an operator says so. */
@Singleton
public class ReplayRequester {

    private static final Logger LOG = Logger.getLogger(ReplayRequester.class);

    private final BrokerLink broker;
    private final Topology topology;
    private final DataSource database;

    ReplayRequester(BrokerLink broker, Topology topology, DataSource database) {
        this.broker = broker;
        this.topology = topology;
        this.database = database;
    }

    /** Asks every producer that was never asked. A crash in between asks twice, which does no harm. */
    void askOnFirstStart() throws IOException, SQLException, TimeoutException, InterruptedException {
        for (Topology.Subscription subscription : topology.durableSubscriptions()) {
            if (!wasAsked(subscription.producer())) {
                send(subscription, null, null);
                remember(subscription.producer());
                LOG.infof("Asked %s for a replay", subscription.producer());
            }
        }
    }

    /**
     * Asks a producer again, for all it has or for what changed in [from, to).
     *
     * @throws Problem if this service does not consume the producer's events, or the broker is away
     */
    public void ask(String producer, @Nullable Instant from, @Nullable Instant to) {
        Topology.Subscription subscription = topology.durableSubscriptions().stream()
                .filter(known -> known.producer().equals(producer))
                .findFirst()
                .orElseThrow(() -> Problem.unprocessable(
                        "UNKNOWN_PRODUCER", "this service does not consume events of " + producer));
        try {
            send(subscription, from, to);
            remember(producer);
        } catch (IOException | TimeoutException e) {
            LOG.warn("A replay could not be asked for", e);
            throw new Problem(503, "BROKER_UNAVAILABLE", "the broker does not answer, try again");
        } catch (SQLException e) {
            throw new OutboxException("the replay request could not be recorded", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Problem(503, "SHUTTING_DOWN", "the service is stopping");
        }
    }

    private void send(Topology.Subscription subscription, @Nullable Instant from, @Nullable Instant to)
            throws IOException, TimeoutException, InterruptedException {
        byte[] command = json(new ReplayCommand(subscription.queue(), from, to));
        try (BrokerConnection connection = broker.connect();
                Channel channel = connection.confirming()) {
            Relay.publishToQueue(channel, ReplayCommand.queueOf(subscription.producer()), command);
        }
    }

    private static byte[] json(ReplayCommand command) {
        try {
            return Json.mapper().writeValueAsBytes(command);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a command can always be written", e);
        }
    }

    private boolean wasAsked(String producer) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement =
                        connection.prepareStatement("SELECT 1 FROM replay_request WHERE producer = ?")) {
            statement.setString(1, producer);
            try (ResultSet row = statement.executeQuery()) {
                return row.next();
            }
        }
    }

    private void remember(String producer) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement("""
                        INSERT INTO replay_request (producer) VALUES (?)
                        ON CONFLICT (producer) DO UPDATE SET requested_at = clock_timestamp()""")) {
            statement.setString(1, producer);
            statement.executeUpdate();
        }
    }
}
