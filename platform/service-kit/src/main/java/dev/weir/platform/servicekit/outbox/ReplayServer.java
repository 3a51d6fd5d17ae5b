package dev.weir.platform.servicekit.outbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import dev.weir.platform.kernel.Json;
import dev.weir.platform.servicekit.amqp.BrokerLink.BrokerConnection;
import dev.weir.platform.servicekit.amqp.Topology;
import dev.weir.platform.servicekit.outbox.OutboxStore.ReplayPage;
import dev.weir.platform.servicekit.outbox.OutboxStore.StateKey;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Answers replay commands: streams the current states and the kept facts to the requester's queue. */
@Singleton
class ReplayServer {

    private static final Logger LOG = Logger.getLogger(ReplayServer.class);
    private static final Instant BEGINNING = Instant.EPOCH;
    private static final Instant END = Instant.parse("9999-01-01T00:00:00Z");
    private static final int PAGE = 500;
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final OutboxStore store;
    private final Topology topology;

    ReplayServer(OutboxStore store, Topology topology) {
        this.store = store;
        this.topology = topology;
    }

    /** Takes commands for as long as the connection lives. */
    void serve(BrokerConnection connection) throws IOException {
        Channel commands = connection.plain();
        commands.basicQos(1);
        commands.basicConsume(ReplayCommand.queueOf(topology.context()), false, new DefaultConsumer(commands) {
            @Override
            public void handleDelivery(String tag, Envelope envelope, BasicProperties properties, byte[] body)
                    throws IOException {
                try {
                    answer(connection, body);
                } catch (SQLException | IOException | TimeoutException | RuntimeException e) {
                    LOG.warn("A replay failed and is tried again", e);
                    rest();
                    commands.basicNack(envelope.getDeliveryTag(), false, true);
                    return;
                }
                commands.basicAck(envelope.getDeliveryTag(), false);
            }
        });
    }

    private void answer(BrokerConnection connection, byte[] body) throws SQLException, IOException, TimeoutException {
        ReplayCommand command;
        try {
            command = Json.lenientMapper().readValue(body, ReplayCommand.class);
        } catch (JsonProcessingException e) {
            LOG.error("A replay command is not readable and is dropped", e);
            return;
        }
        try (Channel channel = connection.confirming()) {
            int sent = stream(command, channel);
            LOG.infof("Replayed %d events to %s", sent, command.replyQueue());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("the replay was interrupted", e);
        }
    }

    private static void rest() throws IOException {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("stopped");
        }
    }

    private int stream(ReplayCommand command, Channel channel)
            throws SQLException, IOException, InterruptedException, TimeoutException {
        Instant from = command.from() == null ? BEGINNING : command.from();
        Instant to = command.to() == null ? END : command.to();
        int sent = 0;
        @Nullable StateKey afterState = new StateKey("", "");
        while (afterState != null) {
            ReplayPage<StateKey> page = store.replayStates(afterState, from, to, PAGE);
            Relay.publishToQueue(channel, command.replyQueue(), page.events());
            sent += page.events().size();
            afterState = page.next();
        }
        @Nullable Long afterFact = 0L;
        while (afterFact != null) {
            ReplayPage<Long> page = store.replayFacts(afterFact, from, to, PAGE);
            Relay.publishToQueue(channel, command.replyQueue(), page.events());
            sent += page.events().size();
            afterFact = page.next();
        }
        return sent;
    }
}
