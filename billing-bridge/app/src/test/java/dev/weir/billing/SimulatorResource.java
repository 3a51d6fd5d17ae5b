package dev.weir.billing;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;

/** The Stripe simulator as a process of its own, with fresh data. */
public class SimulatorResource implements QuarkusTestResourceLifecycleManager {
    private static final String MAIN = "dev.weir.simulators.stripe.StripeSimulator";

    private Process process;

    @SuppressWarnings("NullAway.Init")
    public SimulatorResource() {}

    @Override
    public Map<String, String> start() {
        try {
            int port = freePort();
            Path data = Files.createTempDirectory("stripe-simulator");
            process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx64m",
                            "-cp",
                            System.getProperty("java.class.path"),
                            MAIN,
                            "--port=" + port,
                            "--data=" + data)
                    .redirectErrorStream(true)
                    .redirectOutput(data.resolve("log").toFile())
                    .start();
            String base = "http://127.0.0.1:" + port;
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> call("GET", base + "/_sim/health", "") == 200);
            System.setProperty("weir.test.simulator", base);
            return Map.of(
                    "billing.stripe.api-base", base,
                    "billing.stripe.api-key", "sk_test_bridge",
                    "weir.local.faults", "true",
                    "billing.payments.poll", "PT1S",
                    "billing.stripe.webhook-secrets", "whsec_old,whsec_test",
                    "billing.confirmation.patience", "3");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void stop() {
        process.destroyForcibly();
    }

    /** Adds a fault at the simulator. */
    static void fault(String json) {
        int status = call("POST", System.getProperty("weir.test.simulator") + "/_sim/faults", json);
        if (status >= 300) {
            throw new IllegalStateException("the simulator refused the fault: " + status);
        }
    }

    /** What the simulator was asked of meter events, and which fault each request met. */
    static String requests() {
        try {
            return HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create(System.getProperty("weir.test.simulator")
                                            + "/_sim/requests?path=/v1/billing/meter_events&limit=2000"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", interrupted);
        }
    }

    private static int call(String method, String uri, String body) {
        try {
            return HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create(uri))
                                    .method(method, HttpRequest.BodyPublishers.ofString(body))
                                    .header("Content-Type", "application/json")
                                    .build(),
                            HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException notUp) {
            return 0;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
