package dev.weir.bench.rollout;

import dev.weir.bench.Issuer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The entitlement service as it ships; database and broker are those that the environment names. */
final class EntitlementProcess implements AutoCloseable {
    private static final Duration START_AT_MOST = Duration.ofSeconds(90);

    private final Process process;
    private final int port;

    private EntitlementProcess(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    static EntitlementProcess start(Path jar, Issuer issuer, Path log) throws IOException, InterruptedException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx" + System.getProperty("bench.heap", "512m"),
                        "-XX:+UseSerialGC",
                        "-XX:+UseCompactObjectHeaders",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-Dquarkus.http.host=127.0.0.1",
                        "-Dquarkus.http.port=" + port,
                        "-Dquarkus.oidc.auth-server-url=",
                        "-Dquarkus.oidc.public-key=" + issuer.publicKey(),
                        "-jar",
                        jar.toString()))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        EntitlementProcess started = new EntitlementProcess(process, port);
        started.awaitReady(log);
        return started;
    }

    int port() {
        return port;
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private void awaitReady(Path log) throws InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/q/health/ready"))
                    .timeout(Duration.ofSeconds(2))
                    .build();
            Instant deadline = Instant.now().plus(START_AT_MOST);
            while (Instant.now().isBefore(deadline) && process.isAlive()) {
                try {
                    if (client.send(request, HttpResponse.BodyHandlers.discarding())
                                    .statusCode()
                            == 200) {
                        return;
                    }
                } catch (IOException notYet) {
                    // It has not opened its port: asked again below.
                }
                Thread.sleep(100);
            }
        }
        close();
        throw new IllegalStateException("entitlement did not become ready; its log is " + log);
    }
}
