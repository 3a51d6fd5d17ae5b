package dev.weir.catalog.publication;

import static dev.weir.catalog.CatalogCalls.inForceVersion;
import static dev.weir.catalog.CatalogCalls.publish;
import static dev.weir.catalog.CatalogCalls.yaml;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.weir.catalog.Documents;
import dev.weir.platform.testkit.PostgresResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.security.TestSecurity;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Two who change the catalog at once: one publishes, the other sees what changed in between. */
@QuarkusTest
@WithTestResource(PostgresResource.class)
@TestSecurity(user = "ada", roles = "catalog-admin")
class ConcurrentPublicationTest {

    @Test
    void aStaleIfMatchIsRefused() {
        long version = publish(Documents.example());

        Response stale = yaml(Documents.example("49.00", "70.00"))
                .header("If-Match", "\"" + (version - 1) + "\"")
                .put("/v1/catalog");

        stale.then().statusCode(412).body("code", equalTo("VERSION_CONFLICT"));
        assertThat(inForceVersion()).isEqualTo(version);
        yaml(Documents.example("49.00", "71.00"))
                .header("If-Match", "\"" + version + "\"")
                .put("/v1/catalog")
                .then()
                .statusCode(200)
                .body("version", equalTo((int) version + 1));
    }

    @Test
    void ofConcurrentWritersThatSawTheSameVersionOneWins() throws Exception {
        long version = publish(Documents.example());
        List<Callable<Integer>> writers = List.of(
                () -> statusOf("81.00", version),
                () -> statusOf("82.00", version),
                () -> statusOf("83.00", version),
                () -> statusOf("84.00", version));

        try (ExecutorService threads = Executors.newFixedThreadPool(writers.size())) {
            List<Integer> statuses =
                    threads.invokeAll(writers).stream().map(Future::resultNow).toList();
            assertThat(statuses).containsExactlyInAnyOrder(200, 412, 412, 412);
        }
        assertThat(inForceVersion()).isEqualTo(version + 1);
    }

    @Test
    void concurrentWritersOfOneDocumentPublishItOnce() throws Exception {
        long version = publish(Documents.example());
        String document = Documents.example("49.00", "95.00");
        Callable<Integer> writer =
                () -> yaml(document).put("/v1/catalog").jsonPath().getInt("version");

        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Integer> versions = threads.invokeAll(List.of(writer, writer, writer, writer)).stream()
                    .map(Future::resultNow)
                    .toList();
            assertThat(versions).containsOnly((int) version + 1);
        }
    }

    @Test
    void aRefusedWriterSeesWhatChangedInBetween() {
        long seen = publish(Documents.example());
        yaml(Documents.example("49.00", "71.00"))
                .queryParam("reason", "dearer")
                .put("/v1/catalog")
                .then()
                .statusCode(200);
        yaml(Documents.example("49.00", "72.00"))
                .queryParam("reason", "dearer still")
                .put("/v1/catalog")
                .then()
                .statusCode(200);

        Response refused = yaml(Documents.example("49.00", "73.00"))
                .header("If-Match", "\"" + seen + "\"")
                .put("/v1/catalog");

        refused.then()
                .statusCode(412)
                .header("ETag", "\"" + (seen + 2) + "\"")
                .body("version", equalTo((int) seen + 2))
                .body("between.version", contains((int) seen + 1, (int) seen + 2))
                .body("between.publishedBy", contains("ada", "ada"))
                .body("between.reason", contains("dearer", "dearer still"))
                .body("between.publishedAt", everyItem(notNullValue()))
                .body("diff", hasSize(1))
                .body("diff[0].key", equalTo("pro"))
                .body("diff[0].generosity", equalTo("LESS"))
                .body("diff[0].fields[0].path", equalTo("charges.platform-fee.price.amount"))
                .body("diff[0].fields[0].from", equalTo("49.00"))
                .body("diff[0].fields[0].to", equalTo("72.00"));
        assertThat(inForceVersion()).isEqualTo(seen + 2);
    }

    @Test
    void aVersionThatIsYetToComeIsRefusedWithoutADiff() {
        long version = publish(Documents.example());

        Response refused = yaml(Documents.example("49.00", "73.00"))
                .header("If-Match", "\"" + (version + 5) + "\"")
                .put("/v1/catalog");

        refused.then()
                .statusCode(412)
                .body("detail", containsString("yet"))
                .body("between", nullValue())
                .body("diff", nullValue());
    }

    @Test
    void aDryRunWithAStaleIfMatchIsRefusedToo() {
        long version = publish(Documents.example());

        Response refused = yaml(Documents.example())
                .queryParam("dryRun", true)
                .header("If-Match", "\"" + (version - 1) + "\"")
                .put("/v1/catalog");

        refused.then().statusCode(412).body("code", equalTo("VERSION_CONFLICT"));
    }

    @Test
    void whoeverIsOvertakenWhileWaitingPublishesNothingUnseen() throws Exception {
        long version = publish(Documents.example());
        List<Callable<Response>> writers = new ArrayList<>();
        for (int price = 60; price < 66; price++) {
            String document = Documents.example("49.00", price + ".00");
            writers.add(() -> yaml(document).put("/v1/catalog"));
        }

        List<Response> answers;
        try (ExecutorService threads = Executors.newFixedThreadPool(writers.size())) {
            answers = threads.invokeAll(writers).stream().map(Future::resultNow).toList();
        }

        long published =
                answers.stream().filter(answer -> answer.statusCode() == 200).count();
        assertThat(inForceVersion()).isEqualTo(version + published);
        assertThat(answers)
                .filteredOn(answer -> answer.statusCode() != 200)
                .allSatisfy(answer -> answer.then()
                        .statusCode(409)
                        .body("code", equalTo("CONCURRENT_PUBLICATION"))
                        .body("between", hasSize(greaterThan(0)))
                        .body("diff[0].key", equalTo("pro")));
    }

    private static int statusOf(String price, long seen) {
        return yaml(Documents.example("49.00", price))
                .header("If-Match", "\"" + seen + "\"")
                .put("/v1/catalog")
                .statusCode();
    }
}
