package dev.weir.simulators.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.model.Customer;
import com.stripe.model.Event;
import com.stripe.net.Webhook;
import com.stripe.param.CustomerCreateParams;
import com.sun.net.httpserver.HttpServer;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WebhookTest {
    private static final String SECRET = "whsec_test";

    @TempDir
    Path data;

    /** What came to the receiver: its signature and its raw body. */
    private record Delivery(String signature, String body) {}

    @Test
    void signsEventsAndTriesAgain() throws Exception {
        BlockingQueue<Delivery> deliveries = new LinkedBlockingQueue<>();
        AtomicInteger tries = new AtomicInteger();
        HttpServer receiver = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        receiver.createContext("/", exchange -> {
            deliveries.add(new Delivery(
                    exchange.getRequestHeaders().getFirst("Stripe-Signature"),
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
            exchange.sendResponseHeaders(tries.incrementAndGet() == 1 ? 500 : 204, -1);
            exchange.close();
        });
        receiver.start();
        String url = "http://127.0.0.1:" + receiver.getAddress().getPort() + "/hook";
        Map<String, String> environment = Map.of("SIMULATOR_WEBHOOK_URL", url, "SIMULATOR_WEBHOOK_SECRET", SECRET);
        try (Fixture sim = new Fixture(data, environment)) {
            Customer customer = sim.stripe
                    .v1()
                    .customers()
                    .create(CustomerCreateParams.builder().setName("Ada").build(), Fixture.key("the-key"));

            Delivery first = deliveries.poll(10, TimeUnit.SECONDS);
            Delivery second = deliveries.poll(10, TimeUnit.SECONDS);

            assertThat(first).isNotNull();
            assertThat(second).isNotNull();
            assertThat(second.body()).isEqualTo(first.body());
            Event event = Webhook.constructEvent(second.body(), second.signature(), SECRET);
            assertThat(event.getType()).isEqualTo("customer.created");
            assertThat(event.getRequest().getIdempotencyKey()).isEqualTo("the-key");
            Customer told =
                    (Customer) event.getDataObjectDeserializer().getObject().orElseThrow();
            assertThat(told.getId()).isEqualTo(customer.getId());
            assertThat(sim.stripe.v1().events().retrieve(event.getId()).getType())
                    .isEqualTo("customer.created");
        } finally {
            receiver.stop(0);
        }
    }
}
