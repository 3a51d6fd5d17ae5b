package dev.weir.simulators.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.param.CustomerCreateParams;
import com.stripe.param.billing.MeterCreateParams;
import com.stripe.param.billing.MeterEventCreateParams;
import dev.weir.simulators.stripe.wire.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program itself, as a process that is killed. */
class RestartTest {
    @TempDir
    Path data;

    private final List<Process> started = new ArrayList<>();

    @AfterEach
    void stop() {
        started.forEach(Process::destroyForcibly);
    }

    @Test
    void losesNothingAcknowledgedWhenKilled() throws Exception {
        int port = freePort();
        Process first = run(port);
        StripeClient stripe = Fixture.client(port);
        stripe.v1()
                .billing()
                .meters()
                .create(MeterCreateParams.builder()
                        .setDisplayName("calls")
                        .setEventName("calls")
                        .setDefaultAggregation(MeterCreateParams.DefaultAggregation.builder()
                                .setFormula(MeterCreateParams.DefaultAggregation.Formula.SUM)
                                .build())
                        .build());
        List<String> customers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            customers.add(stripe.v1()
                    .customers()
                    .create(CustomerCreateParams.builder().setName("c" + i).build(), Fixture.key("customer" + i))
                    .getId());
        }
        post(port, "/_sim/clock", "{\"advance\":3600}");
        Set<String> acknowledged = ConcurrentHashMap.newKeySet();
        List<Thread> senders =
                customers.stream().map(id -> sender(stripe, id, acknowledged)).toList();
        Awaitility.await().until(() -> acknowledged.size() >= 200);

        first.destroyForcibly().waitFor();
        for (Thread sender : senders) {
            sender.join();
        }
        Files.writeString(data.resolve("commands.log"), "{\"t\":1,\"m\":\"PO", StandardOpenOption.APPEND);
        run(port);
        JsonNode after = get(port, "/_sim/state");

        long total = 0;
        for (JsonNode meterTotal : after.path("meter_totals")) {
            total += meterTotal.path("value").asLong();
        }
        // What was sent and not acknowledged may or may not be in: at most one for each sender.
        assertThat(total).isBetween((long) acknowledged.size(), (long) acknowledged.size() + senders.size());
        assertThat(after.path("objects").path("customer").findValuesAsText("id"))
                .isEqualTo(customers);
        assertThat(after.path("now").asLong()).isGreaterThan(System.currentTimeMillis() / 1000 + 3500);
        String one = acknowledged.iterator().next();
        assertThat(send(stripe, one.split("/")[0], one)).isTrue();
        assertThat(stripe.v1()
                        .customers()
                        .create(CustomerCreateParams.builder().setName("c0").build(), Fixture.key("customer0"))
                        .getId())
                .isEqualTo(customers.getFirst());
        assertThat(get(port, "/_sim/state").path("meter_events")).isEqualTo(after.path("meter_events"));
    }

    @Test
    void comesBackTheSameAfterEveryRestart() throws Exception {
        int port = freePort();
        Process first = run(port);
        StripeClient stripe = Fixture.client(port);
        for (int i = 0; i < 5; i++) {
            stripe.v1()
                    .customers()
                    .create(CustomerCreateParams.builder().setName("c" + i).build());
        }
        JsonNode before = get(port, "/_sim/state");
        first.destroyForcibly().waitFor();
        Process second = run(port);

        JsonNode after = get(port, "/_sim/state");
        second.destroyForcibly().waitFor();

        assertThat(((ObjectNode) after).without("now").toString())
                .isEqualTo(((ObjectNode) before).without("now").toString());
    }

    private static Thread sender(StripeClient stripe, String customer, Set<String> acknowledged) {
        return Thread.ofPlatform().start(() -> {
            for (int i = 0; i < 10_000; i++) {
                String identifier = customer + "/" + i;
                try {
                    send(stripe, customer, identifier);
                    acknowledged.add(identifier);
                } catch (StripeException e) {
                    return;
                }
            }
        });
    }

    private static boolean send(StripeClient stripe, String customer, String identifier) throws StripeException {
        return stripe.v1()
                        .billing()
                        .meterEvents()
                        .create(
                                MeterEventCreateParams.builder()
                                        .setEventName("calls")
                                        .setIdentifier(identifier)
                                        .putPayload("stripe_customer_id", customer)
                                        .putPayload("value", "1")
                                        .build(),
                                Fixture.key(identifier))
                        .getLastResponse()
                        .code()
                == 200;
    }

    private Process run(int port) throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        StripeSimulator.class.getName(),
                        "--port=" + port,
                        "--data=" + data)
                .redirectErrorStream(true)
                .start();
        started.add(process);
        BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
        StringBuilder seen = new StringBuilder();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            seen.append(line).append('\n');
            if (line.startsWith("Stripe simulator ready")) {
                return process;
            }
        }
        throw new IOException("the simulator did not start: " + seen);
    }

    private static JsonNode get(int port, String path) throws IOException {
        try (var in = URI.create("http://127.0.0.1:" + port + path).toURL().openStream()) {
            return Json.read(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    private static void post(int port, String path, String body) throws IOException {
        var connection = (java.net.HttpURLConnection)
                URI.create("http://127.0.0.1:" + port + path).toURL().openConnection();
        connection.setDoOutput(true);
        connection.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
        assertThat(connection.getResponseCode()).isEqualTo(200);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
