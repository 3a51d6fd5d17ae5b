package dev.weir.simulators.stripe;

import com.sun.net.httpserver.HttpServer;
import dev.weir.simulators.stripe.engine.Engine;
import dev.weir.simulators.stripe.server.AdminHandler;
import dev.weir.simulators.stripe.server.FaultRules;
import dev.weir.simulators.stripe.server.PageHandler;
import dev.weir.simulators.stripe.server.RequestLog;
import dev.weir.simulators.stripe.server.StripeHandler;
import dev.weir.simulators.stripe.server.Webhooks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A Stripe of its own on a local port: the program. */
public final class StripeSimulator implements AutoCloseable {
    private static final int BACKLOG = 256;

    private final Engine engine;
    private final HttpServer server;
    private final ExecutorService threads;
    private final Webhooks webhooks;

    private StripeSimulator(Engine engine, HttpServer server, ExecutorService threads, Webhooks webhooks) {
        this.engine = engine;
        this.server = server;
        this.threads = threads;
        this.webhooks = webhooks;
    }

    /**
     * Reads the state back and begins to listen.
     *
     * @throws IOException if the state cannot be read or the port is taken
     */
    public static StripeSimulator start(Settings settings) throws IOException {
        // Without it, small answers wait for the other side's delayed acknowledgement (40 ms).
        System.setProperty("sun.net.httpserver.nodelay", "true");
        Engine engine = Engine.open(settings.data(), settings.grace(), settings.meterLag());
        HttpServer server;
        try {
            server = HttpServer.create(new InetSocketAddress(settings.host(), settings.port()), BACKLOG);
        } catch (IOException e) {
            engine.close();
            throw new IOException("cannot listen on " + settings.host() + ":" + settings.port(), e);
        }
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        FaultRules faults = new FaultRules();
        RequestLog requests = new RequestLog();
        server.setExecutor(threads);
        server.createContext("/v1/", new StripeHandler(engine, faults, requests, settings.apiKey()));
        server.createContext("/v2/", new StripeHandler(engine, faults, requests, settings.apiKey()));
        server.createContext("/_sim/", new AdminHandler(engine, faults, requests));
        server.createContext("/", new PageHandler(engine));
        Webhooks webhooks = Webhooks.start(engine, settings.webhookUrl(), settings.webhookSecret());
        server.start();
        return new StripeSimulator(engine, server, threads, webhooks);
    }

    /** The port it listens on. */
    public int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdown();
        webhooks.close();
        engine.close();
    }

    /** Runs until it is ended. */
    public static void main(String[] arguments) {
        Settings settings = Settings.of(System.getenv(), arguments);
        try {
            StripeSimulator simulator = start(settings);
            Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(simulator::close));
            System.out.println("Stripe simulator ready on http://" + settings.host() + ":" + simulator.port()
                    + ", state in " + settings.data().toAbsolutePath());
        } catch (IOException | UncheckedIOException e) {
            System.err.println("The Stripe simulator cannot start: " + e.getMessage());
            System.exit(1);
        }
    }
}
