package dev.weir.platform.servicekit.amqp;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/** Makes connections to the broker on which this service's exchanges, queues and bindings stand. */
@Singleton
public class BrokerLink {

    private static final int CONNECT_TIMEOUT_MS = 3_000;
    private static final int HEARTBEAT_S = 10;

    private final AmqpConfig config;
    private final Topology topology;
    private final ConnectionFactory connections = new ConnectionFactory();
    private final AtomicInteger open = new AtomicInteger();

    BrokerLink(AmqpConfig config, Topology topology) {
        this.config = config;
        this.topology = topology;
        connections.setHost(config.host());
        connections.setPort(config.port());
        connections.setUsername(config.username());
        connections.setPassword(config.password());
        connections.setVirtualHost(config.virtualHost());
        connections.setConnectionTimeout(CONNECT_TIMEOUT_MS);
        connections.setRequestedHeartbeat(HEARTBEAT_S);
        // Whoever uses a connection makes a new one: then the topology is declared again too.
        connections.setAutomaticRecoveryEnabled(false);
        connections.setTopologyRecoveryEnabled(false);
    }

    /** Whether this process talks to a broker at all. */
    public boolean isEnabled() {
        return config.enabled();
    }

    /** Whether a connection with its topology stands. */
    public boolean isConnected() {
        return open.get() > 0;
    }

    /** Connects and declares the topology. */
    public BrokerConnection connect() throws IOException, TimeoutException {
        Connection connection = connections.newConnection("weir-" + topology.context());
        try (Channel channel = connection.createChannel()) {
            topology.declare(channel);
        } catch (IOException | TimeoutException | RuntimeException e) {
            connection.abort();
            throw e;
        }
        return new BrokerConnection(connection);
    }

    /** A connection; closing it closes its channels. */
    public final class BrokerConnection implements AutoCloseable {

        private final Connection connection;

        private BrokerConnection(Connection connection) {
            this.connection = connection;
            open.incrementAndGet();
            connection.addShutdownListener(cause -> open.decrementAndGet());
        }

        /** A channel in confirm mode. */
        public Channel confirming() throws IOException {
            Channel channel = plain();
            channel.confirmSelect();
            return channel;
        }

        /** A channel. */
        public Channel plain() throws IOException {
            Channel channel = connection.createChannel();
            if (channel == null) {
                throw new IOException("the broker gives no more channels");
            }
            return channel;
        }

        /** Throws if the broker has gone. */
        public void requireOpen() throws IOException {
            if (!connection.isOpen()) {
                throw new IOException("the broker has closed the connection");
            }
        }

        @Override
        public void close() {
            connection.abort(CONNECT_TIMEOUT_MS);
        }
    }
}
