package dev.weir.platform.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.qpid.server.SystemLauncher;
import org.jspecify.annotations.Nullable;

/** Broker-J in this JVM, with a durable store, so that it can be stopped and started again. */
public final class EmbeddedBroker {

    /** User and password. */
    public static final String USER = "guest";

    private static @Nullable EmbeddedBroker shared;

    private final int port;
    private final Path folder;
    private @Nullable SystemLauncher launcher;

    private EmbeddedBroker() {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
            folder = Files.createTempDirectory("weir-broker");
        } catch (IOException e) {
            throw new UncheckedIOException("no port or folder for the broker", e);
        }
    }

    /** The broker of this JVM, started. */
    public static synchronized EmbeddedBroker shared() {
        EmbeddedBroker known = shared;
        if (known == null) {
            known = new EmbeddedBroker();
            known.start();
            shared = known;
        }
        return known;
    }

    /** The port, which stays the same over restarts. */
    public int port() {
        return port;
    }

    /** Starts the broker. */
    public synchronized void start() {
        URL configuration =
                Objects.requireNonNull(EmbeddedBroker.class.getResource("/weir-test-broker.json"), "broker config");
        System.setProperty("derby.system.durability", "test");
        System.setProperty("weir.test.broker.port", Integer.toString(port));
        System.setProperty("weir.test.broker.folder", folder.toString());
        Map<String, Object> attributes = new HashMap<>();
        attributes.put("type", "Memory");
        attributes.put("initialConfigurationLocation", configuration.toExternalForm());
        attributes.put("startupLoggedToSystemOut", "false");
        attributes.put("qpid.work_dir", folder.toString());
        SystemLauncher starting = new SystemLauncher();
        try {
            starting.startup(attributes);
        } catch (Exception e) {
            throw new IllegalStateException("the broker did not start", e);
        }
        launcher = starting;
    }

    /** Stops the broker; durable queues and persistent messages stay. */
    public synchronized void stop() {
        SystemLauncher running = launcher;
        if (running != null) {
            running.shutdown();
            launcher = null;
        }
    }
}
