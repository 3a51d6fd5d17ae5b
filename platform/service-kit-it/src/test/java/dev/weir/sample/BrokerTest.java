package dev.weir.sample;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.Channel;
import dev.weir.platform.servicekit.amqp.BrokerLink;
import dev.weir.platform.servicekit.amqp.BrokerLink.BrokerConnection;
import dev.weir.platform.servicekit.outbox.FaultHook.Point;
import dev.weir.platform.servicekit.outbox.Relay;
import dev.weir.platform.testkit.BrokerResource;
import dev.weir.platform.testkit.EmbeddedBroker;
import dev.weir.platform.testkit.PostgresResource;
import dev.weir.sample.note.app.NoteService;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.security.TestSecurity;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import javax.sql.DataSource;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The way of an event over a real broker, with crashes on it: nothing is lost, nothing takes effect twice. */
@QuarkusTest
@WithTestResource(PostgresResource.class)
@WithTestResource(BrokerResource.class)
class BrokerTest {

    private static final Logger LOG = Logger.getLogger(BrokerTest.class);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Inject
    NoteService service;

    @Inject
    DataSource database;

    @Inject
    Faults faults;

    @Inject
    Relay relay;

    @Inject
    BrokerLink broker;

    @Inject
    MeterRegistry metrics;

    @BeforeEach
    void isReady() {
        await().atMost(PATIENCE).until(() -> given().get("/q/health/ready").statusCode() == 200);
    }

    @Test
    void aCrashBetweenCommitAndPublishLosesNothing() {
        faults.arm(Point.BEFORE_PUBLISH, 2);

        writeAndRead("c1", 20);

        awaitEffects("c1", 20);
        assertThat(faults.isSpent(Point.BEFORE_PUBLISH)).isTrue();
    }

    @Test
    void aCrashBetweenPublishAndMarkDoublesNothing() {
        double repeated = consumed("REPEATED");
        faults.arm(Point.BEFORE_MARK, 2);

        writeAndRead("c2", 20);

        awaitEffects("c2", 20);
        assertThat(faults.isSpent(Point.BEFORE_MARK)).isTrue();
        await().atMost(PATIENCE).until(() -> consumed("REPEATED") > repeated);
        assertThat(effects("c2")).isEqualTo(20);
    }

    @Test
    void aCrashBetweenCommitAndAckDoublesNothing() {
        double repeated = consumed("REPEATED");
        faults.arm(Point.BEFORE_ACK, 5);
        writeAndRead("c3", 20);
        awaitEffects("c3", 20);
        assertThat(faults.isSpent(Point.BEFORE_ACK)).isTrue();

        restartBroker();

        await().atMost(PATIENCE).until(() -> consumed("REPEATED") >= repeated + 5);
        assertThat(effects("c3")).isEqualTo(20);
    }

    @Test
    void aBrokerThatIsAwayDelaysAndConflates() {
        EmbeddedBroker.shared().stop();
        await().atMost(PATIENCE).until(() -> given().get("/q/health/ready").statusCode() == 503);
        double published = published();
        for (int i = 0; i < 50; i++) {
            service.put("away", "version " + i);
        }

        EmbeddedBroker.shared().start();

        await().atMost(PATIENCE).until(() -> number("SELECT max(version) FROM note_copy WHERE id = 'away'") == 50);
        assertThat(published() - published).isEqualTo(1);
        assertThat(number("SELECT applied FROM note_copy WHERE id = 'away'")).isEqualTo(1);
    }

    @Test
    void poisonDoesNotBlock() {
        for (int i = 0; i < 30; i++) {
            service.put("poison-b" + i, "x");
        }
        writeAndRead("p", 100);

        awaitEffects("p", 100);
        await().atMost(PATIENCE)
                .until(() -> number("SELECT count(*) FROM parked_message WHERE subject LIKE 'poison-b%'") == 30);
        assertThat(number("SELECT count(*) FROM note_copy WHERE id LIKE 'poison%'"))
                .isZero();
    }

    @Test
    void relaysShareTheWork() throws Exception {
        double published = published();
        Thread second = Thread.ofPlatform().start(this::relayUntilInterrupted);
        try {
            for (int batch = 0; batch < 20; batch++) {
                int first = batch * 100;
                QuarkusTransaction.requiringNew().run(() -> {
                    for (int i = first; i < first + 100; i++) {
                        service.read("shared", "shared-" + i);
                    }
                });
            }
            await().atMost(PATIENCE)
                    .until(() -> number("SELECT count(*) FROM note_read WHERE event_id LIKE 'shared-%'") == 2000);
        } finally {
            second.interrupt();
            second.join();
        }

        assertThat(published() - published).isEqualTo(2000);
        assertThat(number("SELECT sum(applied) FROM note_read WHERE event_id LIKE 'shared-%'"))
                .isEqualTo(2000);
    }

    @Test
    @TestSecurity(user = "pia", roles = "platform")
    void anEmptiedReadModelIsFilledByAReplay() {
        writeAndRead("replayed", 30);
        awaitEffects("replayed", 30);
        assertThat(number("SELECT count(*) FROM replay_request WHERE producer = 'sample'"))
                .isEqualTo(1);
        execute("DELETE FROM note_copy; DELETE FROM note_read; DELETE FROM inbox; DELETE FROM state_version");

        given().contentType("application/json")
                .body("{\"producer\":\"sample\"}")
                .post("/v1/platform/replay")
                .then()
                .statusCode(202);

        awaitEffects("replayed", 30);
        given().contentType("application/json")
                .body("{\"producer\":\"nobody\"}")
                .post("/v1/platform/replay")
                .then()
                .statusCode(422);
    }

    @Test
    void tellsItsSpeed() {
        int facts = 5_000;
        long began = System.nanoTime();
        for (int batch = 0; batch < 50; batch++) {
            int first = batch * 100;
            QuarkusTransaction.requiringNew().run(() -> {
                for (int i = first; i < first + 100; i++) {
                    service.read("speed", "speed-" + i);
                }
            });
        }
        long stored = System.nanoTime();
        await().pollInterval(Duration.ofMillis(10))
                .atMost(PATIENCE)
                .until(() -> number("SELECT count(*) FROM outbox_fact WHERE id LIKE 'speed-%' AND published_at IS NULL")
                        == 0);
        long sent = System.nanoTime();
        await().pollInterval(Duration.ofMillis(10))
                .atMost(PATIENCE)
                .until(() -> number("SELECT count(*) FROM note_read WHERE event_id LIKE 'speed-%'") == facts);
        long handled = System.nanoTime();
        LOG.infof(
                "%d facts: stored %.0f/s, published %.0f/s, handled %.0f/s",
                facts, rate(facts, stored - began), rate(facts, sent - began), rate(facts, handled - began));

        long[] latencies = new long[50];
        for (int i = 0; i < latencies.length; i++) {
            String id = "quick-" + i;
            long start = System.nanoTime();
            service.read("quick", id);
            while (number("SELECT count(*) FROM note_read WHERE event_id = '" + id + "'") == 0) {
                Thread.onSpinWait();
            }
            latencies[i] = System.nanoTime() - start;
        }
        Arrays.sort(latencies);
        LOG.infof("one event end to end: median %.1f ms, worst %.1f ms", latencies[25] / 1e6, latencies[49] / 1e6);
        assertThat(latencies[25]).isLessThan(Duration.ofMillis(200).toNanos());
    }

    private static double rate(int count, long nanos) {
        return count * 1e9 / nanos;
    }

    private void writeAndRead(String prefix, int count) {
        for (int i = 0; i < count; i++) {
            service.put(prefix + "-" + i, "text");
            service.read(prefix + "-" + i, prefix + "-" + i);
        }
    }

    private void awaitEffects(String prefix, int count) {
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(number("SELECT count(*) FROM note_copy WHERE id LIKE '" + prefix + "-%'"))
                    .isEqualTo(count);
            assertThat(effects(prefix)).isEqualTo(count);
        });
    }

    private long effects(String prefix) {
        return number("SELECT coalesce(sum(applied), 0) FROM note_read WHERE event_id LIKE '" + prefix + "-%'");
    }

    private void restartBroker() {
        EmbeddedBroker.shared().stop();
        EmbeddedBroker.shared().start();
    }

    private void relayUntilInterrupted() {
        try (BrokerConnection connection = broker.connect();
                Channel channel = connection.confirming()) {
            while (!Thread.currentThread().isInterrupted()) {
                relay.publishBatch(channel);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            LOG.info("The second relay ended", e);
        }
    }

    private double published() {
        return metrics.counter("weir_events_published").count();
    }

    private double consumed(String outcome) {
        return metrics.find("weir_events_consumed").tag("outcome", outcome).counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }

    private long number(String sql) {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    private void execute(String sql) {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }
}
