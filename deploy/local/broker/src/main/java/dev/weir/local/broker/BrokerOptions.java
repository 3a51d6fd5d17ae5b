package dev.weir.local.broker;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * What the broker is told on its command line.
 *
 * @param port the loopback port on which it speaks AMQP 0-9-1
 * @param data the folder of its message store; made if it does not exist
 * @param username the one user
 * @param password that user's password
 * @param readyFile written once the broker takes connections
 */
record BrokerOptions(int port, Path data, String username, String password, Path readyFile) {

    private static final Set<String> KNOWN = Set.of("--port", "--data", "--username", "--password", "--ready-file");

    /**
     * Reads {@code --name value} pairs; all five are needed.
     *
     * @throws IllegalArgumentException if one is missing, unknown or not a port
     */
    static BrokerOptions parse(String... arguments) {
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < arguments.length; i += 2) {
            if (!KNOWN.contains(arguments[i]) || i + 1 == arguments.length) {
                throw new IllegalArgumentException("unknown or incomplete option " + arguments[i]);
            }
            values.put(arguments[i], arguments[i + 1]);
        }
        return new BrokerOptions(
                port(required(values, "--port")),
                Path.of(required(values, "--data")).toAbsolutePath(),
                required(values, "--username"),
                required(values, "--password"),
                Path.of(required(values, "--ready-file")));
    }

    private static String required(Map<String, String> values, String name) {
        String value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("option " + name + " is missing");
        }
        return value;
    }

    private static int port(String text) {
        int port;
        try {
            port = Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("not a port: " + text, e);
        }
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("not a port: " + text);
        }
        return port;
    }
}
