package dev.weir.simulators.stripe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.stripe.exception.ApiConnectionException;
import com.stripe.exception.ApiException;
import com.stripe.exception.IdempotencyException;
import com.stripe.exception.RateLimitException;
import com.stripe.exception.StripeException;
import com.stripe.model.Customer;
import com.stripe.model.Price;
import com.stripe.model.billing.Meter;
import com.stripe.param.CustomerCreateParams;
import com.stripe.param.CustomerListParams;
import com.stripe.param.PriceCreateParams;
import com.stripe.param.PriceListParams;
import com.stripe.param.PriceRetrieveParams;
import com.stripe.param.ProductCreateParams;
import dev.weir.simulators.stripe.wire.Json;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WireTest {
    @TempDir
    Path data;

    private Fixture sim;

    @BeforeEach
    void start() throws Exception {
        sim = Fixture.start(data);
    }

    @AfterEach
    void stop() {
        sim.close();
    }

    @Test
    void answersErrorsInStripesShape() throws Exception {
        assertError(sim.raw("GET", "/v1/customers", "", Map.of()), 401, null, null);
        assertError(sim.raw("GET", "/v1/customers", "", Map.of("Authorization", "Bearer no")), 401, null, null);
        assertError(sim.form("GET", "/v1/nothing", ""), 404, null, null);
        assertError(sim.form("GET", "/v1/customers/cus_none", ""), 404, "resource_missing", "id");
        assertError(sim.form("POST", "/v1/customers", "nam=Ada"), 400, "parameter_unknown", "nam");
        assertError(sim.form("POST", "/v1/products", "description=x"), 400, "parameter_missing", "name");
        assertError(
                sim.form("POST", "/v1/prices", "currency=usd&product=none&unit_amount=5"),
                400,
                "resource_missing",
                "product");
        assertError(sim.form("GET", "/v1/customers?limit=101", ""), 400, "parameter_invalid", "limit");
        assertError(
                sim.form("POST", "/v1/prices", "currency=usd&recurring[every]=2"),
                400,
                "parameter_unknown",
                "recurring[every]");
    }

    @Test
    void echoesVersionAndNamesTheRequest() throws Exception {
        HttpResponse<String> response = sim.form("GET", "/v1/customers", "", "Stripe-Version", "2026-07-29.dahlia");

        assertThat(response.headers().firstValue("Stripe-Version")).contains("2026-07-29.dahlia");
        assertThat(response.headers().firstValue("Request-Id").orElse("")).startsWith("req_");
        assertThat(Json.read(response.body()).path("object").asText()).isEqualTo("list");
    }

    @Test
    void replaysTheFirstAnswerUnderAKey() throws Exception {
        CustomerCreateParams ada = CustomerCreateParams.builder().setName("Ada").build();
        Customer first = sim.stripe.v1().customers().create(ada, Fixture.key("k"));
        Customer second = sim.stripe.v1().customers().create(ada, Fixture.key("k"));

        assertThat(second.getId()).isEqualTo(first.getId());
        assertThat(second.getLastResponse().headers().firstValue("Idempotent-Replayed"))
                .contains("true");
        assertThat(first.getLastResponse().headers().firstValue("Idempotent-Replayed"))
                .isEmpty();
        assertThatThrownBy(() -> sim.stripe
                        .v1()
                        .customers()
                        .create(CustomerCreateParams.builder().setName("Bob").build(), Fixture.key("k")))
                .isInstanceOf(IdempotencyException.class);

        sim.advance(java.time.Duration.ofHours(25));
        assertThat(sim.stripe.v1().customers().create(ada, Fixture.key("k")).getId())
                .isNotEqualTo(first.getId());
    }

    @Test
    void keepsRefusalsButNotValidation() throws Exception {
        assertThat(sim.form("POST", "/v1/products", "nam=x", "Idempotency-Key", "v")
                        .statusCode())
                .isEqualTo(400);
        assertThat(sim.form("POST", "/v1/products", "name=x&id=p", "Idempotency-Key", "v")
                        .statusCode())
                .isEqualTo(200);
        HttpResponse<String> refused = sim.form("POST", "/v1/products", "name=y&id=p", "Idempotency-Key", "r");
        sim.form("DELETE", "/v1/products/p", "");

        HttpResponse<String> again = sim.form("POST", "/v1/products", "name=y&id=p", "Idempotency-Key", "r");

        assertError(refused, 400, "resource_already_exists", "id");
        assertThat(again.body()).isEqualTo(refused.body());
        assertThat(again.headers().firstValue("Idempotent-Replayed")).contains("true");
    }

    @Test
    void refusesAKeyThatIsInUse() throws Exception {
        sim.fault("{\"kind\":\"delay\",\"delay_ms\":1500,\"key\":\"k\"}");
        CustomerCreateParams ada = CustomerCreateParams.builder().setName("Ada").build();
        Thread slow = Thread.ofVirtual().start(() -> {
            try {
                sim.stripe.v1().customers().create(ada, Fixture.key("k"));
            } catch (StripeException e) {
                throw new IllegalStateException(e);
            }
        });
        sim.awaitFault();

        assertThatThrownBy(() -> sim.stripe.v1().customers().create(ada, Fixture.key("k")))
                .isInstanceOf(ApiException.class)
                .satisfies(e -> assertThat(((StripeException) e).getCode()).isEqualTo("idempotency_key_in_use"));
        slow.join();
    }

    @Test
    void failsOnDemand() throws Exception {
        CustomerCreateParams ada = CustomerCreateParams.builder().setName("Ada").build();
        sim.fault("{\"kind\":\"drop-before-commit\",\"path\":\"/v1/customers\"}");
        assertThatThrownBy(() -> sim.stripe.v1().customers().create(ada, Fixture.key("a")))
                .isInstanceOf(ApiConnectionException.class);
        assertThat(customers()).isZero();

        sim.fault("{\"kind\":\"commit-then-drop\",\"path\":\"/v1/customers\"}");
        assertThatThrownBy(() -> sim.stripe.v1().customers().create(ada, Fixture.key("a")))
                .isInstanceOf(ApiConnectionException.class);
        assertThat(customers()).isEqualTo(1);
        sim.stripe.v1().customers().create(ada, Fixture.key("a"));
        assertThat(customers()).isEqualTo(1);

        sim.admin("DELETE", "/_sim/faults", "");
        sim.fault("{\"kind\":\"commit-then-5xx\",\"nth\":2,\"status\":502}");
        sim.stripe.v1().customers().create(ada, Fixture.key("b"));
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> sim.stripe.v1().customers().create(ada, Fixture.key("c")))
                    .isInstanceOf(ApiException.class)
                    .satisfies(e ->
                            assertThat(((StripeException) e).getStatusCode()).isEqualTo(502));
        }
        assertThat(customers()).isEqualTo(3);

        sim.admin("DELETE", "/_sim/faults", "");
        sim.fault("{\"kind\":\"429\",\"reason\":\"global-rate\"}");
        assertThatThrownBy(() -> sim.stripe.v1().customers().create(ada, Fixture.key("d")))
                .isInstanceOf(RateLimitException.class);
        sim.stripe.v1().customers().create(ada, Fixture.key("d"));
        assertThat(customers()).isEqualTo(4);
        assertThat(sim.admin("GET", "/_sim/requests?key=d", "").path("requests"))
                .hasSize(2);
    }

    @Test
    void keepsALockTimeoutUnderItsKeyWhenTold() throws Exception {
        CustomerCreateParams ada = CustomerCreateParams.builder().setName("Ada").build();
        sim.fault("{\"kind\":\"429\",\"code\":\"lock_timeout\",\"cached\":true}");
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> sim.stripe.v1().customers().create(ada, Fixture.key("a")))
                    .isInstanceOf(RateLimitException.class)
                    .satisfies(e -> assertThat(((StripeException) e).getCode()).isEqualTo("lock_timeout"));
        }

        assertThat(customers()).isZero();
        sim.stripe.v1().customers().create(ada, Fixture.key("b"));
        assertThat(customers()).isEqualTo(1);
    }

    @Test
    void refusesAFaultThatItDoesNotKnow() throws Exception {
        assertThat(sim.raw("POST", "/_sim/faults", "{\"kind\":\"earthquake\"}", Map.of())
                        .statusCode())
                .isEqualTo(400);
        assertThat(sim.raw("POST", "/_sim/clock", "{\"now\":1}", Map.of()).statusCode())
                .isEqualTo(400);
    }

    @Test
    void pagesBothWays() throws Exception {
        List<String> created = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            created.addFirst(sim.customer("c" + i).getId());
        }
        List<String> listed = new ArrayList<>();
        sim.stripe
                .v1()
                .customers()
                .list(CustomerListParams.builder().setLimit(3L).build())
                .autoPagingIterable()
                .forEach(customer -> listed.add(customer.getId()));

        assertThat(listed).isEqualTo(created);
        assertThat(sim.stripe
                        .v1()
                        .customers()
                        .list(CustomerListParams.builder()
                                .setLimit(2L)
                                .setEndingBefore(created.get(4))
                                .build())
                        .getData())
                .extracting(Customer::getId)
                .containsExactly(created.get(2), created.get(3));
    }

    @Test
    void movesALookupKeyAndShowsTiersWhenAsked() throws Exception {
        sim.stripe
                .v1()
                .products()
                .create(ProductCreateParams.builder()
                        .setId("weir_calls")
                        .setName("Calls")
                        .build());
        Meter meter = sim.meter("calls");
        Price tiered = sim.meteredPrice(meter, "weir_calls");
        assertThat(tiered.getTiers()).isNull();
        Price expanded = sim.stripe
                .v1()
                .prices()
                .retrieve(
                        tiered.getId(),
                        PriceRetrieveParams.builder()
                                .addExpand("tiers")
                                .addExpand("product")
                                .build());
        assertThat(expanded.getTiers()).hasSize(2);
        assertThat(expanded.getTiers().getLast().getUpTo()).isNull();
        assertThat(expanded.getProductObject().getName()).isEqualTo("Calls");

        Price first = sim.stripe.v1().prices().create(keyed(false));
        assertThatThrownBy(() -> sim.stripe.v1().prices().create(keyed(false))).hasMessageContaining(first.getId());
        Price second = sim.stripe.v1().prices().create(keyed(true));

        assertThat(sim.stripe
                        .v1()
                        .prices()
                        .list(PriceListParams.builder().addLookupKey("base").build())
                        .getData())
                .extracting(Price::getId)
                .containsExactly(second.getId());
        assertThat(sim.stripe.v1().prices().retrieve(first.getId()).getLookupKey())
                .isNull();
    }

    @Test
    void showsAPageWithoutAnythingFromElsewhere() throws Exception {
        sim.customer("Ada <b>");

        String page = sim.raw("GET", "/", "", Map.of()).body();

        assertThat(page)
                .contains("Ada &lt;b&gt;")
                .doesNotContain("Ada <b>")
                .doesNotContain("http://")
                .doesNotContain("https://");
    }

    private long customers() throws Exception {
        return sim.admin("GET", "/_sim/state", "")
                .path("objects")
                .path("customer")
                .size();
    }

    private static PriceCreateParams keyed(boolean transfer) {
        return PriceCreateParams.builder()
                .setProduct("weir_calls")
                .setCurrency("usd")
                .setUnitAmount(100L)
                .setLookupKey("base")
                .setTransferLookupKey(transfer)
                .build();
    }

    private static void assertError(
            HttpResponse<String> response,
            int status,
            @org.jspecify.annotations.Nullable String code,
            @org.jspecify.annotations.Nullable String param)
            throws Exception {
        JsonNode error = Json.read(response.body()).path("error");
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(error.path("type").asText()).isEqualTo("invalid_request_error");
        assertThat(error.path("message").asText()).isNotEmpty();
        assertThat(Json.text(error, "code")).isEqualTo(code);
        assertThat(Json.text(error, "param")).isEqualTo(param);
    }
}
