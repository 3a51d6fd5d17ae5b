package dev.weir.gateway.feed.messaging;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import com.rabbitmq.client.ShutdownSignalException;
import dev.weir.gateway.customers.app.CatalogHolder;
import dev.weir.gateway.customers.app.CustomerCache;
import dev.weir.gateway.feed.app.EventSink;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;

/**
 * The events of all services, on an exclusive queue that lives as long as this connection. This uses the broker's client
 * directly: the cache must know the moment a connection is lost, for what is published until the next one stands is missed.
 */
@ApplicationScoped
public class EventFeed {
    private static final Logger LOG = Logger.getLogger(EventFeed.class);
    private static final int UNACKNOWLEDGED = 500;
    private static final int CATALOG_RETRY_MILLIS = 1_000;
    private static final Map<String, List<String>> BINDINGS = Map.of(
            "weir.catalog", List.of("catalog.catalog.v1.*", "catalog.plan-version.v1.*", "catalog.addon-version.v1.*"),
            "weir.entitlement", List.of("entitlement.customer-snapshot.v1.*", "entitlement.catalog-applied.v1.*"),
            "weir.ledger",
                    List.of(
                            "ledger.wallet.v1.*",
                            "ledger.budget.v1.*",
                            "ledger.customer-applied.v1.*",
                            "ledger.catalog-applied.v1.*"),
            "weir.metering", List.of("metering.catalog-applied.v1.*"));

    private final BrokerConfig config;
    private final EventSink sink;
    private final CustomerCache cache;
    private final CatalogHolder catalog;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile boolean connected;
    private volatile boolean catalogAsked;

    EventFeed(BrokerConfig config, EventSink sink, CustomerCache cache, CatalogHolder catalog) {
        this.config = config;
        this.sink = sink;
        this.cache = cache;
        this.catalog = catalog;
    }

    /** Whether events arrive. */
    public boolean connected() {
        return connected;
    }

    void start(@Observes StartupEvent event) {
        if (config.enabled()) {
            Thread.ofPlatform().name("event-feed").daemon().start(this::run);
        }
    }

    void stop(@Observes ShutdownEvent event) {
        stopped.countDown();
    }

    private void run() {
        try {
            while (stopped.getCount() > 0) {
                session();
                if (stopped.await(config.retryAfter().toMillis(), TimeUnit.MILLISECONDS)) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** One connection, from its beginning to its end. */
    private void session() throws InterruptedException {
        CountDownLatch lost = new CountDownLatch(1);
        try (Connection connection = factory().newConnection("gateway-edge")) {
            connection.addShutdownListener(_ -> lost.countDown());
            Channel channel = connection.createChannel();
            channel.addShutdownListener(_ -> lost.countDown());
            consume(channel, lost);
            connected = true;
            catalogAsked = false;
            cache.fed(true);
            LOG.info("Events arrive");
            while (lost.getCount() > 0 && stopped.getCount() > 0) {
                loadCatalog();
                lost.await(CATALOG_RETRY_MILLIS, TimeUnit.MILLISECONDS);
            }
        } catch (IOException | TimeoutException | ShutdownSignalException e) {
            LOG.debugf("No connection to the broker: %s", e.toString());
        } finally {
            if (connected) {
                connected = false;
                cache.fed(false);
                LOG.info("Events do not arrive any more; what is cached is good for a moment only");
            }
        }
    }

    private void consume(Channel channel, CountDownLatch lost) throws IOException {
        String queue = channel.queueDeclare("", false, true, true, null).getQueue();
        for (Map.Entry<String, List<String>> binding : BINDINGS.entrySet()) {
            channel.exchangeDeclare(binding.getKey(), "topic", true);
            for (String key : binding.getValue()) {
                channel.queueBind(queue, binding.getKey(), key);
            }
        }
        channel.basicQos(UNACKNOWLEDGED);
        channel.basicConsume(queue, false, new DefaultConsumer(channel) {
            @Override
            public void handleDelivery(
                    String consumerTag, Envelope envelope, AMQP.BasicProperties properties, byte[] body)
                    throws IOException {
                deliver(envelope.getRoutingKey(), body);
                getChannel().basicAck(envelope.getDeliveryTag(), false);
            }

            @Override
            public void handleCancel(String consumerTag) {
                lost.countDown();
            }
        });
    }

    private void deliver(String routingKey, byte[] body) {
        try {
            sink.accept(routingKey, body);
        } catch (IOException | RuntimeException e) {
            // It may have been news of anyone: nothing that is held can be trusted.
            LOG.errorf(e, "An event of %s cannot be read; the cache is dropped", routingKey);
            cache.fed(true);
        }
    }

    /** Asks once for each connection: what was published while there was none brings no event. */
    private void loadCatalog() {
        if (catalogAsked) {
            return;
        }
        catalogAsked = true;
        var _ = catalog.load().whenComplete((_, failure) -> {
            if (failure != null) {
                LOG.debugf("The catalog could not be read yet: %s", failure.toString());
                catalogAsked = false;
            }
        });
    }

    private ConnectionFactory factory() {
        ConnectionFactory factory = new ConnectionFactory();
        factory.setHost(config.host());
        factory.setPort(config.port());
        factory.setUsername(config.username());
        factory.setPassword(config.password());
        factory.setVirtualHost(config.virtualHost());
        factory.setAutomaticRecoveryEnabled(false);
        factory.setConnectionTimeout(2_000);
        factory.setRequestedHeartbeat(5);
        return factory;
    }
}
