package dev.weir.sample;

import static dev.weir.platform.servicekit.events.EventConsumer.Delivery.HANDLED;
import static dev.weir.platform.servicekit.events.EventConsumer.Delivery.PARKED;
import static dev.weir.platform.servicekit.events.EventConsumer.Delivery.REPEATED;
import static dev.weir.platform.servicekit.events.EventConsumer.Delivery.UNKNOWN_TYPE;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import dev.weir.platform.servicekit.events.AfterCommit;
import dev.weir.platform.servicekit.events.Outbox;
import dev.weir.platform.testkit.OutboxProbe;
import dev.weir.platform.testkit.PostgresResource;
import dev.weir.platform.testkit.TestEvents;
import dev.weir.sample.note.app.NoteService;
import dev.weir.sample.note.domain.Note;
import dev.weir.sample.note.persistence.Notes;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.security.TestSecurity;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(PostgresResource.class)
class ConsumingTest {

    private static final String NOTE = "dev.weir.sample.note.v1";
    private static final String NOTE_READ = "dev.weir.sample.note-read.v1";

    @Inject
    Notes notes;

    @Inject
    NoteService service;

    @Inject
    Outbox outbox;

    @Test
    void anOlderStateIsIgnored() {
        assertThat(TestEvents.deliver(NOTE, "s1", 2, new Note("s1", "two", 2))).isEqualTo(HANDLED);
        assertThat(TestEvents.deliver(NOTE, "s1", 1, new Note("s1", "one", 1))).isEqualTo(REPEATED);
        assertThat(TestEvents.deliver(NOTE, "s1", 2, new Note("s1", "two", 2))).isEqualTo(REPEATED);

        assertThat(notes.copy("s1"))
                .hasValueSatisfying(copy -> assertThat(copy.text()).isEqualTo("two"));
    }

    @Test
    void aFactTakesEffectOnce() {
        assertThat(TestEvents.deliver(NOTE_READ, "f", "fact-1", Map.of("note", "f")))
                .isEqualTo(HANDLED);
        assertThat(TestEvents.deliver(NOTE_READ, "f", "fact-1", Map.of("note", "f")))
                .isEqualTo(REPEATED);
        assertThat(TestEvents.deliver("dev.weir.sample.other.v1", "f", "fact-1", Map.of()))
                .isEqualTo(UNKNOWN_TYPE);
    }

    @Test
    void unknownFieldsOfAnEventAreIgnored() {
        var body = Map.of("id", "u1", "text", "t", "version", 1, "added", "later");

        assertThat(TestEvents.deliver(NOTE, "u1", 1, body)).isEqualTo(HANDLED);
    }

    @Test
    @TestSecurity(
            user = "pia",
            roles = {"platform", "operator"})
    void whatFailsIsParkedWithoutATrace() {
        assertThat(TestEvents.deliver(NOTE, "poison-1", 1, new Note("poison-1", "x", 1)))
                .isEqualTo(PARKED);
        assertThat(TestEvents.deliver("not json".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(PARKED);

        assertThat(notes.copy("poison-1")).isEmpty();
        String id = given().get("/v1/platform/parked-messages")
                .then()
                .statusCode(200)
                .body("items", hasSize(2))
                .body("items[0].error", containsString("cannot be copied"))
                .body("items[0].attempts", equalTo(5))
                .extract()
                .path("items[0].id");
        given().get("/q/metrics").then().body(containsString("weir_parked_messages 2.0"));
        given().post("/v1/platform/parked-messages/" + id + "/replay")
                .then()
                .statusCode(409)
                .body("code", equalTo("STILL_FAILING"));
        given().contentType("application/json")
                .body("{\"reason\":\"\"}")
                .post("/v1/platform/parked-messages/" + id + "/discard")
                .then()
                .statusCode(400);
        given().contentType("application/json")
                .body("{\"reason\":\"test\"}")
                .post("/v1/platform/parked-messages/" + id + "/discard")
                .then()
                .statusCode(204);
        given().post("/v1/platform/parked-messages/" + id + "/replay")
                .then()
                .statusCode(404)
                .body("code", equalTo("UNKNOWN_MESSAGE"));
    }

    @Test
    void publishingNeedsATransaction() {
        assertThatThrownBy(() -> outbox.state("sample.note", "x", 1, "00", Map.of()))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void nothingIsPublishedByATransactionThatRollsBack() {
        assertThatThrownBy(() -> QuarkusTransaction.requiringNew().run(() -> {
                    service.put("rolled-back", "x");
                    throw new IllegalStateException("no");
                }))
                .isInstanceOf(IllegalStateException.class);

        assertThat(OutboxProbe.states("sample.note"))
                .noneMatch(state -> state.aggregateId().equals("rolled-back"));
    }

    @Test
    void aFactIsPublishedOncePerNameAndId() {
        service.read("n", "read-1");
        service.read("n", "read-1");
        QuarkusTransaction.requiringNew().run(() -> outbox.fact("sample.other", "read-1", "n", "00", Map.of()));

        assertThat(OutboxProbe.facts("sample.note-read"))
                .filteredOn(fact -> fact.id().equals("read-1"))
                .hasSize(1);
        assertThat(OutboxProbe.facts("sample.other")).hasSize(1);
    }

    @Test
    void ofSeveralVersionsTheLatestIsKept() {
        QuarkusTransaction.requiringNew().run(() -> {
            outbox.state("sample.kept", "k", 3, "00", Map.of("v", 3));
            outbox.state("sample.kept", "k", 2, "00", Map.of("v", 2));
        });
        QuarkusTransaction.requiringNew().run(() -> outbox.state("sample.kept", "k", 1, "00", Map.of("v", 1)));

        assertThat(OutboxProbe.states("sample.kept"))
                .singleElement()
                .satisfies(state -> assertThat(state.version()).isEqualTo(3));
    }

    @Test
    void runsAfterACommitOnly() {
        AtomicInteger runs = new AtomicInteger();
        QuarkusTransaction.requiringNew().run(() -> AfterCommit.run(runs::incrementAndGet));
        assertThatThrownBy(() -> QuarkusTransaction.requiringNew().run(() -> {
                    AfterCommit.run(runs::incrementAndGet);
                    throw new IllegalStateException("no");
                }))
                .isInstanceOf(IllegalStateException.class);

        assertThat(runs).hasValue(1);
    }

    @Test
    @TestSecurity(user = "olga", roles = "operator")
    void whoWaitsForAKeyGoesOnWhenItArrives() {
        long began = System.nanoTime();
        var answer = CompletableFuture.supplyAsync(
                () -> given().get("/v1/notes/late/copy").then().extract().statusCode());

        TestEvents.deliver(NOTE, "late", 1, new Note("late", "here", 1));

        assertThat(answer.join()).isEqualTo(200);
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofMillis(1900));
        given().get("/v1/notes/never/copy").then().statusCode(404).body("code", equalTo("UNKNOWN_NOTE"));
    }
}
