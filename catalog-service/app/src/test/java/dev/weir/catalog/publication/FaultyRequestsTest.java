package dev.weir.catalog.publication;

import static dev.weir.catalog.CatalogCalls.publish;
import static dev.weir.catalog.CatalogCalls.yaml;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.catalog.Documents;
import dev.weir.catalog.FaultTable;
import dev.weir.catalog.FaultTable.FaultyBody;
import dev.weir.catalog.FaultTable.FaultyDocument;
import dev.weir.catalog.FaultTable.FaultyRequest;
import dev.weir.platform.testkit.OutboxProbe;
import dev.weir.platform.testkit.PostgresResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.security.TestSecurity;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Bad input, through the API: each faulty document and request of {@code faults.yaml} gets its own error, with its code and
 * its place, and changes nothing.
 */
@QuarkusTest
@WithTestResource(PostgresResource.class)
@TestSecurity(user = "ada", roles = "catalog-admin")
class FaultyRequestsTest {

    private record Standing(String version, String document, List<OutboxProbe.State> told) {

        static Standing now() {
            Response catalog = given().get("/v1/catalog");
            return new Standing(
                    catalog.getHeader("Weir-Catalog-Version"),
                    catalog.asString(),
                    OutboxProbe.states("catalog.catalog"));
        }
    }

    private static @Nullable Standing before;

    static Stream<FaultyDocument> documents() {
        return FaultTable.read().documents().stream();
    }

    static Stream<FaultyBody> bodies() {
        return FaultTable.read().bodies().stream();
    }

    static Stream<FaultyRequest> requests() {
        return FaultTable.read().requests().stream();
    }

    @BeforeEach
    void somethingIsInForce() {
        // Once is enough, since no case may change anything.
        if (before == null) {
            publish(Documents.example());
            before = Standing.now();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("documents")
    void aFaultyDocumentIsRefusedWhole(FaultyDocument fault) {
        Response answer = yaml(fault.document()).put("/v1/catalog");

        answer.then().statusCode(422).contentType("application/problem+json");
        assertThat(answer.jsonPath().getString("code")).isEqualTo("CATALOG_INVALID");
        assertThat(errors(answer)).contains(fault.place() + " " + fault.code());
        assertThat(answer.jsonPath().getList("errors.detail", String.class)).doesNotContain("", (String) null);
        assertThat(Standing.now()).isEqualTo(before);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bodies")
    void whatIsNoDocumentIsRefused(FaultyBody fault) {
        RequestSpecification request = fault.type() == null
                ? yaml(fault.body())
                : given().headers("Content-Type", fault.type()).body(fault.body());

        Response answer = request.put("/v1/catalog");

        answer.then().statusCode(fault.status()).contentType("application/problem+json");
        assertThat(answer.jsonPath().getString("code")).isEqualTo(fault.code());
        if (fault.error() != null) {
            assertThat(errors(answer)).contains(fault.place() + " " + fault.error());
        }
        assertThat(Standing.now()).isEqualTo(before);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("requests")
    void aFaultyRequestIsRefused(FaultyRequest fault) {
        RequestSpecification request = given().urlEncodingEnabled(false);
        String body = fault.body();
        if (body != null) {
            request = body.equals("example")
                    ? yaml(Documents.example("49.00", "1.00")).urlEncodingEnabled(false)
                    : request.contentType("application/json").body(body);
        }
        if (fault.ifMatch() != null) {
            request = request.header("If-Match", fault.ifMatch());
        }
        if (fault.idempotencyKey() != null) {
            request = request.header("Idempotency-Key", fault.idempotencyKey());
        }

        Response answer = request.request(fault.method() == null ? "GET" : fault.method(), fault.path());

        answer.then().statusCode(fault.status()).contentType("application/problem+json");
        assertThat(answer.jsonPath().getString("code")).isEqualTo(fault.code());
        if (fault.place() != null) {
            String error = fault.error() == null ? fault.code() : fault.error();
            assertThat(errors(answer)).contains(fault.place() + " " + error);
        }
        assertThat(Standing.now()).isEqualTo(before);
    }

    private static List<String> errors(Response answer) {
        List<String> places = answer.jsonPath().getList("errors.field", String.class);
        List<String> codes = answer.jsonPath().getList("errors.code", String.class);
        return Stream.iterate(0, index -> index < codes.size(), index -> index + 1)
                .map(index -> places.get(index) + " " + codes.get(index))
                .toList();
    }
}
