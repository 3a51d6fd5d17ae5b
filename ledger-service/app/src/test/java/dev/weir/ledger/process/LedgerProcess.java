package dev.weir.ledger.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The ledger as it ships, without a broker, in a process of its own. */
final class LedgerProcess implements AutoCloseable {
    private static final Path JAR = Path.of("target", "quarkus-app", "quarkus-run.jar");

    private final int port;
    private final Map<String, String> environment;
    private final String publicKey;
    private final Path log;
    private Process process;

    private LedgerProcess(int port, Map<String, String> environment, String publicKey, Path log) throws IOException {
        this.port = port;
        this.environment = environment;
        this.publicKey = publicKey;
        this.log = log;
        this.process = launch();
    }

    static LedgerProcess start(DurablePostgres postgres, Tokens tokens, Path log)
            throws IOException, InterruptedException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        LedgerProcess ledger = new LedgerProcess(port, postgres.environment(), tokens.publicKey(), log);
        ledger.awaitReady();
        return ledger;
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    /** kill -9, and a new process on the same port. */
    void killAndRestart() throws IOException, InterruptedException {
        process.destroyForcibly();
        process.waitFor();
        process = launch();
        awaitReady();
    }

    private Process launch() throws IOException {
        if (!Files.exists(JAR)) {
            throw new IllegalStateException(JAR.toAbsolutePath() + " is not there: this test runs after the packaging");
        }
        ProcessBuilder builder = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-Dquarkus.http.host=127.0.0.1",
                        "-Dquarkus.http.port=" + port,
                        "-Dquarkus.oidc.auth-server-url=",
                        "-Dquarkus.oidc.public-key=" + publicKey,
                        "-Dweir.amqp.enabled=false",
                        "-Dledger.seal.interval=2s",
                        "-jar",
                        JAR.toString()))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        return builder.start();
    }

    /** Waits until it answers. */
    void awaitReady() throws InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(uri("/q/metrics"))
                    .timeout(Duration.ofSeconds(2))
                    .build();
            Instant deadline = Instant.now().plusSeconds(90);
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
        throw new IllegalStateException("the ledger did not become ready; its log is " + log);
    }

    @Override
    public void close() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }
}
