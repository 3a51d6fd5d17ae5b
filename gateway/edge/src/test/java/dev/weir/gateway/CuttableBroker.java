package dev.weir.gateway;

import dev.weir.platform.testkit.EmbeddedBroker;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** The embedded broker behind a wire that can be cut; it heals at once. */
@SuppressWarnings("NullAway.Init") // started before use
public class CuttableBroker implements QuarkusTestResourceLifecycleManager {
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private ServerSocket server;

    @Override
    public Map<String, String> start() {
        try {
            int port = EmbeddedBroker.shared().port();
            server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
            Thread.ofVirtual().start(() -> accept(port));
            return Map.of(
                    "weir.test.broker",
                    "true",
                    "WEIR_AMQP_HOST",
                    "127.0.0.1",
                    "WEIR_AMQP_PORT",
                    Integer.toString(server.getLocalPort()),
                    "WEIR_AMQP_USERNAME",
                    EmbeddedBroker.USER,
                    "WEIR_AMQP_PASSWORD",
                    EmbeddedBroker.USER,
                    "WEIR_AMQP_VIRTUAL_HOST",
                    "/");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {
        close(server);
        cut();
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(this, new TestInjector.MatchesType(CuttableBroker.class));
    }

    /** Breaks every connection. */
    public void cut() {
        open.forEach(CuttableBroker::close);
        open.clear();
    }

    private void accept(int port) {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                Socket broker = new Socket(InetAddress.getLoopbackAddress(), port);
                open.add(client);
                open.add(broker);
                Thread.ofVirtual().start(() -> copy(client, broker));
                Thread.ofVirtual().start(() -> copy(broker, client));
            } catch (IOException closed) {
                // the server was closed, or a connection broke while it was made: the client tries again
            }
        }
    }

    private static void copy(Socket from, Socket to) {
        try (InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            in.transferTo(out);
        } catch (IOException cut) {
            // that is what this is for
        } finally {
            close(from);
            close(to);
        }
    }

    private static void close(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
