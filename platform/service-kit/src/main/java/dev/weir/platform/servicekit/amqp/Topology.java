package dev.weir.platform.servicekit.amqp;

import com.rabbitmq.client.BuiltinExchangeType;
import com.rabbitmq.client.Channel;
import dev.weir.platform.servicekit.outbox.ReplayCommand;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The exchanges, queues and bindings that this service needs. It declares them itself, before it consumes or publishes. */
@Singleton
public class Topology {

    private static final Map<String, Object> QUORUM = Map.of("x-queue-type", "quorum");

    /** A durable queue with one producer's events. */
    public record Subscription(String producer, String queue, List<String> keys) {

        /** The producer's exchange. */
        public String exchange() {
            return "weir." + producer;
        }
    }

    private final String context;
    private final List<Subscription> subscriptions;

    Topology(@ConfigProperty(name = "weir.context") String context, ConsumesConfig consumes) {
        this.context = context;
        this.subscriptions = consumes.channels().entrySet().stream()
                .filter(channel -> !channel.getValue().ephemeral())
                .map(channel ->
                        subscription(channel.getKey(), channel.getValue().keys()))
                .toList();
    }

    /** The name of this service in exchanges, queues and event names. */
    public String context() {
        return context;
    }

    /** The durable queues of this service. */
    public List<Subscription> durableSubscriptions() {
        return subscriptions;
    }

    /** Declares everything; what stands already is left as it is. */
    void declare(Channel channel) throws IOException {
        channel.exchangeDeclare("weir." + context, BuiltinExchangeType.TOPIC, true);
        queue(channel, ReplayCommand.queueOf(context));
        for (Subscription subscription : subscriptions) {
            channel.exchangeDeclare(subscription.exchange(), BuiltinExchangeType.TOPIC, true);
            queue(channel, subscription.queue());
            // The producer may start later; a command for it must not get lost until then.
            queue(channel, ReplayCommand.queueOf(subscription.producer()));
            for (String key : subscription.keys()) {
                channel.queueBind(subscription.queue(), subscription.exchange(), key);
            }
        }
    }

    private static void queue(Channel channel, String name) throws IOException {
        channel.queueDeclare(name, true, false, false, QUORUM);
    }

    private Subscription subscription(String channel, List<String> keys) {
        String first = keys.getFirst();
        int dot = first.indexOf('.');
        if (dot <= 0) {
            throw new IllegalStateException("weir.consumes." + channel + ".keys must begin with <context>.");
        }
        return new Subscription(first.substring(0, dot), context + "." + channel, keys);
    }
}
