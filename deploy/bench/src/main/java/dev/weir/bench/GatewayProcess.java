package dev.weir.bench;

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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The gateway as it ships, as a process of its own, without a broker: nothing changes while it is measured. */
final class GatewayProcess implements AutoCloseable {
    private final Process process;
    private final int port;

    private GatewayProcess(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    static GatewayProcess start(Path jar, StandIns services, Issuer issuer, Path log)
            throws IOException, InterruptedException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + System.getProperty("bench.heap", "768m"),
                "-XX:+UseSerialGC",
                "-XX:+UseCompactObjectHeaders",
                "--sun-misc-unsafe-memory-access=allow",
                "-Dquarkus.http.host=127.0.0.1",
                "-Dquarkus.http.port=" + port,
                "-Dquarkus.oidc.auth-server-url=",
                "-Dquarkus.oidc.public-key=" + issuer.publicKey(),
                "-Dquarkus.oidc.pages.tenant-enabled=false",
                "-Dquarkus.oidc.pages.tenant-paths=/not-here/*",
                "-Dquarkus.oidc-client.auth-server-url=" + services.url(),
                "-Dweir.gateway.broker.enabled=false",
                "-Dweir.gateway.cache.max-age-without-events=PT1H",
                "-Dweir.bench.enabled=true"));
        for (String service : List.of("catalog", "entitlement", "ledger", "metering", "billing")) {
            command.add("-Dweir.gateway.upstream." + service + "=" + services.url());
        }
        command.addAll(List.of("-jar", jar.toString()));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        GatewayProcess gateway = new GatewayProcess(process, port);
        gateway.awaitReady(log);
        return gateway;
    }

    int port() {
        return port;
    }

    /** Resident memory in MiB, where the system tells. */
    long residentMebibytes() throws IOException {
        Path status = Path.of("/proc", Long.toString(process.pid()), "status");
        return java.nio.file.Files.exists(status)
                ? java.nio.file.Files.readAllLines(status).stream()
                        .filter(line -> line.startsWith("VmRSS:"))
                        .map(line -> line.replaceAll("[^0-9]", ""))
                        .mapToLong(kibibytes -> Long.parseLong(kibibytes) / 1024)
                        .findFirst()
                        .orElse(0)
                : 0;
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
            Instant deadline = Instant.now().plusSeconds(60);
            while (Instant.now().isBefore(deadline) && process.isAlive()) {
                try {
                    if (client.send(request, HttpResponse.BodyHandlers.discarding())
                                    .statusCode()
                            == 200) {
                        return;
                    }
                } catch (IOException notYet) {
                    // it has not opened its port: asked again below
                }
                Thread.sleep(100);
            }
        }
        close();
        throw new IllegalStateException("the gateway did not become ready; its log is " + log);
    }
}
