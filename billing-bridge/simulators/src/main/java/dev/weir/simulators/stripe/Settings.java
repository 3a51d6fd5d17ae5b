package dev.weir.simulators.stripe;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the simulator is told at its start.
 *
 * @param host address to listen on ({@code SIMULATOR_HOST})
 * @param port port to listen on, 0 for any free one ({@code SIMULATOR_PORT})
 * @param data folder of the state ({@code SIMULATOR_DATA})
 * @param apiKey the only key that is let in; null lets every {@code sk_} and {@code rk_} key in ({@code SIMULATOR_API_KEY})
 * @param grace from a period's end to the finalization of its invoice ({@code SIMULATOR_GRACE}); fixed by the first start
 * @param meterLag until summaries and previews show a meter event ({@code SIMULATOR_METER_LAG})
 * @param webhookUrl where events are sent; null for nowhere ({@code SIMULATOR_WEBHOOK_URL})
 * @param webhookSecret what they are signed with ({@code SIMULATOR_WEBHOOK_SECRET})
 */
public record Settings(
        String host,
        int port,
        Path data,
        @Nullable String apiKey,
        Duration grace,
        Duration meterLag,
        @Nullable String webhookUrl,
        String webhookSecret) {

    /**
     * Reads the environment; a program argument {@code --port=8110} goes before {@code SIMULATOR_PORT}, and so on.
     *
     * @throws IllegalArgumentException for an argument that is unknown or a value that cannot be read
     */
    public static Settings of(Map<String, String> environment, String... arguments) {
        Map<String, String> values = new java.util.HashMap<>(environment);
        for (String argument : arguments) {
            if (!argument.matches("--[a-z-]+=.*")) {
                throw new IllegalArgumentException("expected --name=value, not " + argument);
            }
            int equals = argument.indexOf('=');
            String name = argument.substring(2, equals).replace('-', '_').toUpperCase(java.util.Locale.ROOT);
            values.put("SIMULATOR_" + name, argument.substring(equals + 1));
        }
        String key = values.getOrDefault("SIMULATOR_API_KEY", "");
        String webhook = values.getOrDefault("SIMULATOR_WEBHOOK_URL", "");
        return new Settings(
                values.getOrDefault("SIMULATOR_HOST", "127.0.0.1"),
                Integer.parseInt(values.getOrDefault("SIMULATOR_PORT", "8110")),
                Path.of(values.getOrDefault("SIMULATOR_DATA", "stripe-simulator-data")),
                key.isEmpty() ? null : key,
                Duration.parse(values.getOrDefault("SIMULATOR_GRACE", "PT1H")),
                Duration.parse(values.getOrDefault("SIMULATOR_METER_LAG", "PT0S")),
                webhook.isEmpty() ? null : webhook,
                values.getOrDefault("SIMULATOR_WEBHOOK_SECRET", "whsec_simulator"));
    }
}
