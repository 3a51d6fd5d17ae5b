package dev.weir.simulators.stripe;

import com.fasterxml.jackson.databind.JsonNode;
import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.model.Customer;
import com.stripe.model.Price;
import com.stripe.model.Product;
import com.stripe.model.billing.Meter;
import com.stripe.model.billing.MeterEvent;
import com.stripe.net.RequestOptions;
import com.stripe.param.CustomerCreateParams;
import com.stripe.param.PriceCreateParams;
import com.stripe.param.ProductCreateParams;
import com.stripe.param.billing.MeterCreateParams;
import com.stripe.param.billing.MeterEventCreateParams;
import dev.weir.simulators.stripe.wire.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;

/** A running simulator in the test's own process, the real Stripe client for it, and short words for setting up. */
final class Fixture implements AutoCloseable {
    static final String KEY = "sk_test_fixture";

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final StripeSimulator simulator;
    final StripeClient stripe;

    Fixture(Path data, Map<String, String> environment) throws IOException {
        simulator = StripeSimulator.start(Settings.of(environment, "--port=0", "--data=" + data));
        stripe = client(simulator.port());
    }

    static Fixture start(Path data) throws IOException {
        return new Fixture(data, Map.of());
    }

    static StripeClient client(int port) {
        return StripeClient.builder()
                .setApiKey(KEY)
                .setApiBase("http://127.0.0.1:" + port)
                .setMaxNetworkRetries(0)
                .build();
    }

    int port() {
        return simulator.port();
    }

    static RequestOptions key(String key) {
        return RequestOptions.builder().setIdempotencyKey(key).build();
    }

    Customer customer(String name) throws StripeException {
        return stripe.v1()
                .customers()
                .create(CustomerCreateParams.builder().setName(name).build());
    }

    Product product(String id) throws StripeException {
        return stripe.v1()
                .products()
                .create(ProductCreateParams.builder().setId(id).setName(id).build());
    }

    Meter meter(String event) throws StripeException {
        return stripe.v1()
                .billing()
                .meters()
                .create(MeterCreateParams.builder()
                        .setDisplayName(event)
                        .setEventName(event)
                        .setDefaultAggregation(MeterCreateParams.DefaultAggregation.builder()
                                .setFormula(MeterCreateParams.DefaultAggregation.Formula.SUM)
                                .build())
                        .build());
    }

    /** A metered monthly price: 10 units at 5, the rest at 2.5, in cents. */
    Price meteredPrice(Meter meter, String product) throws StripeException {
        return stripe.v1()
                .prices()
                .create(PriceCreateParams.builder()
                        .setCurrency("usd")
                        .setProduct(product)
                        .setBillingScheme(PriceCreateParams.BillingScheme.TIERED)
                        .setTiersMode(PriceCreateParams.TiersMode.GRADUATED)
                        .addTier(PriceCreateParams.Tier.builder()
                                .setUpTo(10L)
                                .setUnitAmount(5L)
                                .build())
                        .addTier(PriceCreateParams.Tier.builder()
                                .setUpTo(PriceCreateParams.Tier.UpTo.INF)
                                .setUnitAmountDecimal(new java.math.BigDecimal("2.5"))
                                .build())
                        .setRecurring(PriceCreateParams.Recurring.builder()
                                .setInterval(PriceCreateParams.Recurring.Interval.MONTH)
                                .setUsageType(PriceCreateParams.Recurring.UsageType.METERED)
                                .setMeter(meter.getId())
                                .build())
                        .build());
    }

    Price licensedPrice(long cents, String product) throws StripeException {
        return stripe.v1()
                .prices()
                .create(PriceCreateParams.builder()
                        .setCurrency("usd")
                        .setProduct(product)
                        .setUnitAmount(cents)
                        .setRecurring(PriceCreateParams.Recurring.builder()
                                .setInterval(PriceCreateParams.Recurring.Interval.MONTH)
                                .build())
                        .build());
    }

    MeterEvent use(String event, String customer, long value, String identifier, long timestamp)
            throws StripeException {
        return stripe.v1()
                .billing()
                .meterEvents()
                .create(
                        MeterEventCreateParams.builder()
                                .setEventName(event)
                                .setIdentifier(identifier)
                                .setTimestamp(timestamp)
                                .putPayload("stripe_customer_id", customer)
                                .putPayload("value", Long.toString(value))
                                .build(),
                        key(identifier));
    }

    long now() throws IOException, InterruptedException {
        return admin("GET", "/_sim/clock", "").path("now").asLong();
    }

    void setClock(long epochSeconds) throws IOException, InterruptedException {
        admin("POST", "/_sim/clock", "{\"now\":" + epochSeconds + "}");
    }

    void advance(Duration by) throws IOException, InterruptedException {
        admin("POST", "/_sim/clock", "{\"advance\":\"" + by + "\"}");
    }

    void fault(String json) throws IOException, InterruptedException {
        admin("POST", "/_sim/faults", json);
    }

    /** Waits until the one armed fault has hit a request. */
    void awaitFault() {
        Awaitility.await()
                .until(() -> admin("GET", "/_sim/faults", "")
                                .path("faults")
                                .get(0)
                                .path("hit")
                                .asInt()
                        == 1);
    }

    JsonNode admin(String method, String path, String body) throws IOException, InterruptedException {
        HttpResponse<String> response = raw(method, path, body, Map.of());
        if (response.statusCode() != 200) {
            throw new IOException(response.statusCode() + " " + response.body());
        }
        return Json.read(response.body());
    }

    HttpResponse<String> raw(String method, String path, String body, Map<String, String> headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
                .timeout(Duration.ofSeconds(20))
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        headers.forEach(request::header);
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    /** A raw form request with the key of the fixture. */
    HttpResponse<String> form(String method, String path, String form, String... headers)
            throws IOException, InterruptedException {
        Map<String, String> all = new java.util.HashMap<>(Map.of("Authorization", "Bearer " + KEY));
        for (int i = 0; i < headers.length; i += 2) {
            all.put(headers[i], headers[i + 1]);
        }
        return raw(method, path, form, all);
    }

    @Override
    public void close() {
        http.close();
        simulator.close();
    }
}
