package dev.weir.platform.servicekit.config;

import io.quarkus.runtime.annotations.StaticInitSafe;
import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.PropertiesConfigSource;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.UUID;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.jspecify.annotations.Nullable;

/**
 * Spells out what follows from a few short keys, so that no service repeats it: a channel of {@code weir.consumes} becomes a
 * durable quorum queue {@code <context>.<channel>} bound to its producer's exchange, and {@code WEIR_LOG=plain} switches
 * JSON logs off. A service's own application.properties wins over what is derived here.
 */
@StaticInitSafe
public final class DerivedConfigFactory implements ConfigSourceFactory {

    /** Above the kit's defaults (100), below a service's application.properties (250). */
    private static final int ORDINAL = 110;

    private static final String PREFIX = "weir.consumes.";
    private static final String KEYS = ".keys";
    private static final String PROCESS = UUID.randomUUID().toString();

    @Override
    public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
        Map<String, String> derived = new HashMap<>();
        for (Iterator<String> names = context.iterateNames(); names.hasNext(); ) {
            String name = names.next();
            if (name.startsWith(PREFIX) && name.endsWith(KEYS)) {
                channel(context, name.substring(PREFIX.length(), name.length() - KEYS.length()), derived);
            }
        }
        boolean prod = context.getProfiles().contains("prod");
        boolean plain = "plain".equals(value(context, "WEIR_LOG", ""));
        derived.put("quarkus.log.console.json.enabled", Boolean.toString(prod && !plain));
        return List.of(new PropertiesConfigSource(derived, "weir-derived", ORDINAL));
    }

    @Override
    public OptionalInt getPriority() {
        return OptionalInt.of(ORDINAL);
    }

    private static void channel(ConfigSourceContext context, String channel, Map<String, String> derived) {
        String keys = value(context, PREFIX + channel + KEYS, "");
        String producer = keys.substring(0, Math.max(keys.indexOf('.'), 0));
        String queue = value(context, "weir.context", "weir") + "." + channel;
        boolean ephemeral = Boolean.parseBoolean(value(context, PREFIX + channel + ".ephemeral", "false"));
        boolean memory = context.getProfiles().contains("test")
                && !Boolean.parseBoolean(value(context, "weir.test.broker", "false"));

        String prefix = "mp.messaging.incoming." + channel + ".";
        derived.put(prefix + "connector", memory ? "smallrye-in-memory" : "smallrye-rabbitmq");
        derived.put(prefix + "exchange.name", "weir." + producer);
        derived.put(prefix + "routing-keys", keys);
        if (ephemeral) {
            derived.put(prefix + "queue.name", queue + "." + PROCESS);
            derived.put(prefix + "queue.durable", "false");
            derived.put(prefix + "queue.exclusive", "true");
            derived.put(prefix + "queue.auto-delete", "true");
        } else {
            derived.put(prefix + "queue.name", queue);
            derived.put(prefix + "queue.x-queue-type", "quorum");
        }
    }

    private static String value(ConfigSourceContext context, String name, String otherwise) {
        @Nullable ConfigValue value = context.getValue(name);
        return value == null || value.getValue() == null ? otherwise : value.getValue();
    }
}
