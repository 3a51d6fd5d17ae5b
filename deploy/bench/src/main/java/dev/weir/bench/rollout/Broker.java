package dev.weir.bench.rollout;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.CancelCallback;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.DeliverCallback;
import dev.weir.platform.kernel.Json;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeoutException;

/** The broker of the run: what the catalog would publish goes in, what entitlement publishes comes out. */
final class Broker implements AutoCloseable {
    private static final BasicProperties PERSISTENT = new BasicProperties.Builder()
            .deliveryMode(2)
            .contentType("application/cloudevents+json")
            .build();
    private static final int PREFETCH = 1_000;
    private static final long CONFIRM_MILLIS = 30_000;

    private final Connection connection;
    private final Channel publishing;

    Broker() throws IOException, TimeoutException {
        ConnectionFactory factory = new ConnectionFactory();
        factory.setHost(System.getenv("WEIR_AMQP_HOST"));
        factory.setPort(Integer.parseInt(System.getenv("WEIR_AMQP_PORT")));
        factory.setUsername(System.getenv("WEIR_AMQP_USERNAME"));
        factory.setPassword(System.getenv("WEIR_AMQP_PASSWORD"));
        factory.setVirtualHost(System.getenv("WEIR_AMQP_VIRTUAL_HOST"));
        connection = factory.newConnection("bench");
        publishing = connection.createChannel();
        publishing.confirmSelect();
        publishing.exchangeDeclare("weir.catalog", "topic", true);
        publishing.exchangeDeclare("weir.entitlement", "topic", true);
        publishing.exchangeDeclare("bench.plain", "topic", true);
    }

    /** Hands everything that is published to an exchange under a key to a tally, as a consumer that is quick would. */
    void consume(String exchange, String key, Tally tally) throws IOException {
        Channel channel = connection.createChannel();
        String queue = "bench." + exchange;
        channel.queueDeclare(queue, true, false, false, Map.of("x-queue-type", "quorum"));
        channel.queueBind(queue, exchange, key);
        channel.basicQos(PREFETCH);
        DeliverCallback deliver = (tag, delivery) -> {
            tally.arrived(delivery.getBody());
            channel.basicAck(delivery.getEnvelope().getDeliveryTag(), false);
        };
        CancelCallback cancel = tag -> {};
        channel.basicConsume(queue, false, deliver, cancel);
    }

    /** Publishes an event of the catalog. */
    void catalog(String name, String kind, String id, String subject, long version, Object data)
            throws IOException, InterruptedException, TimeoutException {
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("specversion", "1.0");
        event.put("id", id);
        event.put("source", "/weir/catalog");
        event.put("type", "dev.weir.catalog." + name + ".v1");
        event.put("subject", subject);
        event.put("time", "2026-01-01T00:00:00Z");
        event.put("datacontenttype", "application/json");
        event.put("weirkind", kind);
        if (kind.equals("STATE")) {
            event.put("weirversion", version);
        }
        event.put("data", data);
        publishing.basicPublish(
                "weir.catalog",
                "catalog." + name + ".v1.00",
                PERSISTENT,
                Json.mapper().writeValueAsBytes(event));
        publishing.waitForConfirmsOrDie(CONFIRM_MILLIS);
    }

    /** Publishes messages of a size with nothing decided, confirmed by batches as the relay does. */
    void plain(int messages, int bytes, int batch) throws IOException, InterruptedException, TimeoutException {
        byte[] body = new byte[bytes];
        for (int sent = 1; sent <= messages; sent++) {
            publishing.basicPublish("bench.plain", "plain", PERSISTENT, body);
            if (sent % batch == 0 || sent == messages) {
                publishing.waitForConfirmsOrDie(CONFIRM_MILLIS);
            }
        }
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }
}
