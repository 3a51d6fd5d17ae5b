package dev.weir.local.broker;

import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.util.Map;
import java.util.Objects;
import org.apache.qpid.server.SystemLauncher;

/**
 * The local stack's broker for machines without RabbitMQ: Broker-J with a Derby store, one user and one virtual host,
 * bound to loopback. Exchanges, queues and persistent messages survive a restart and a killed process; a power failure
 * may cost the last messages, because the store does not wait for the disk.
 */
public final class EmbeddedBroker implements AutoCloseable {

    private final Startup started = new Startup();
    private final SystemLauncher launcher = new SystemLauncher(started);
    private final BrokerOptions options;

    private EmbeddedBroker(BrokerOptions options) {
        this.options = options;
    }

    /** Starts the broker of these command-line options and stays until the process is told to end. */
    public static void main(String[] arguments) throws Exception {
        BrokerOptions options;
        try {
            options = BrokerOptions.parse(arguments);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.err.println("options: --port N --data FOLDER --username NAME --password TEXT --ready-file FILE");
            System.exit(2);
            return;
        }
        try {
            EmbeddedBroker broker = start(options);
            Runtime.getRuntime().addShutdownHook(new Thread(broker::close, "stop"));
        } catch (Exception e) {
            e.printStackTrace();
            System.exit(1);
        }
    }

    /**
     * Starts a broker and writes its ready file.
     *
     * @throws IOException if it does not take connections after its start, which is how a taken port shows
     */
    static EmbeddedBroker start(BrokerOptions options) throws Exception {
        Files.createDirectories(options.data());
        Files.deleteIfExists(options.readyFile());
        System.setProperty("derby.system.durability", "test");
        System.setProperty(
                "derby.stream.error.file", options.data().resolve("derby.log").toString());
        URL configuration = Objects.requireNonNull(EmbeddedBroker.class.getResource("/broker.json"));
        EmbeddedBroker broker = new EmbeddedBroker(options);
        broker.launcher.startup(Map.of(
                "type",
                "Memory",
                "initialConfigurationLocation",
                configuration.toExternalForm(),
                "startupLoggedToSystemOut",
                false,
                "context",
                Map.of(
                        "qpid.work_dir", options.data().toString(),
                        "weir.port", Integer.toString(options.port()),
                        "weir.data", options.data().toString(),
                        "weir.username", options.username(),
                        "weir.password", options.password())));
        if (!broker.started.listens()) {
            broker.close();
            throw new IOException("the broker could not start on port " + options.port(), broker.started.failure());
        }
        Files.writeString(options.readyFile(), "ready\n");
        return broker;
    }

    /** Stops the broker in an orderly way. */
    @Override
    public void close() {
        try {
            Files.deleteIfExists(options.readyFile());
        } catch (IOException e) {
            System.err.println("the ready file stays: " + e);
        }
        launcher.shutdown();
    }
}
