package dev.weir.entitlement;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.nullValue;

import dev.weir.catalog.contract.Rollout;
import dev.weir.catalog.contract.TrialEnd;
import dev.weir.entitlement.contract.TrialEnded;
import dev.weir.entitlement.contract.TrialReminder;
import dev.weir.ledger.contract.TrialCreditUsed;
import dev.weir.platform.servicekit.web.Roles;
import dev.weir.platform.testkit.OutboxProbe;
import dev.weir.platform.testkit.PostgresResource;
import dev.weir.platform.testkit.TestEvents;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.security.TestSecurity;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The end of trials: early, late, and what is said of it. */
@QuarkusTest
@WithTestResource(PostgresResource.class)
@TestSecurity(
        user = "olga",
        roles = {Roles.OPERATOR, Roles.PLATFORM})
class TrialsTest {

    @BeforeEach
    void publishTheCatalog() {
        TestCatalog.standard().publish(Rollout.NEW_CUSTOMERS);
    }

    @Test
    void anEarlyEndLetsFollowWhatWasToFollow() {
        String converting = Api.customer();
        String convertingId = Api.subscription(converting, "{\"plan\":\"business\",\"trial\":true}");
        Api.act(converting, convertingId, "trial/end", "{}")
                .statusCode(200)
                .body("status", equalTo("ACTIVE"), "plan", equalTo("business"), "trial", nullValue());

        String down = Api.customer();
        String downId = Api.subscription(down, "{\"plan\":\"scale\",\"trial\":true}");
        Api.act(down, downId, "trial/end", "{}").statusCode(200).body("plan", equalTo("base"));

        String canceling = Api.customer();
        String cancelingId = Api.subscription(canceling, "{\"plan\":\"pro\",\"trial\":true}");
        Api.act(canceling, cancelingId, "trial/end", "{}").statusCode(200).body("status", equalTo("ENDED"));

        awaitEnded(converting, TrialEnded.Why.REQUEST, TrialEnd.CONVERT, "business");
        awaitEnded(down, TrialEnded.Why.REQUEST, TrialEnd.DOWNGRADE, "base");
        awaitEnded(canceling, TrialEnded.Why.REQUEST, TrialEnd.CANCEL, null);
        Api.act(converting, convertingId, "trial/end", "{}").statusCode(409).body("code", equalTo("NOT_TRIALING"));
    }

    @Test
    void anExtensionMovesWhatFollows() {
        String customer = Api.customer();
        String id = Api.subscription(customer, "{\"plan\":\"business\",\"trial\":true}");
        Instant until = Instant.now().plus(Duration.ofDays(20)).truncatedTo(java.time.temporal.ChronoUnit.SECONDS);

        Api.act(customer, id, "trial/extend", "{\"until\":\"" + until + "\"}")
                .statusCode(200)
                .body("status", equalTo("TRIALING"), "trial.endsAt", equalTo(until.toString()))
                .body("phases.trialOf", contains("business", null), "phases[1].from", equalTo(until.toString()));

        String soon = Instant.now().plus(Duration.ofDays(2)).toString();
        Api.act(customer, id, "trial/extend", "{\"until\":\"" + soon + "\"}")
                .statusCode(400)
                .body("errors.field", hasItem("until"));
        String ending = Api.customer();
        String endingId = Api.subscription(ending, "{\"plan\":\"pro\",\"trial\":true}");
        Api.act(ending, endingId, "trial/extend", "{\"until\":\"" + until + "\"}")
                .statusCode(200)
                .body("end", equalTo(until.toString()), "phases.trialOf", contains("pro"));
    }

    @Test
    void aTrialIsRemindedOfBeforeItsEndAndToldWhenOver() {
        String ending = Api.customer();
        String start = Instant.now().minus(Duration.ofDays(12)).toString();
        Api.subscription(ending, "{\"plan\":\"business\",\"trial\":true,\"start\":\"" + start + "\"}");
        String over = Api.customer();
        String longAgo = Instant.now().minus(Duration.ofDays(15)).toString();
        Api.subscription(over, "{\"plan\":\"business\",\"trial\":true,\"start\":\"" + longAgo + "\"}");

        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(reminders(ending)).hasSize(1));
        TrialReminder reminder = reminders(ending).getFirst();
        assertThat(reminder.before()).isEqualTo("P3D");
        assertThat(reminder.atEnd()).isEqualTo(TrialEnd.CONVERT);
        assertThat(reminder.nextPlan()).isEqualTo("business");
        awaitEnded(over, TrialEnded.Why.TIME, TrialEnd.CONVERT, "business");
        assertThat(reminders(over)).isEmpty();
    }

    @Test
    void aTrialThatLastsUntilItsCreditsAreUsedEndsWithTheLastOfThem() {
        String customer = Api.customer();
        String id = Api.subscription(customer, "{\"plan\":\"taste\",\"trial\":true}");
        used(id, "first");
        expectStatus(customer, id, "TRIALING");

        used(id, "second");

        expectStatus(customer, id, "ACTIVE");
        awaitEnded(customer, TrialEnded.Why.CREDITS, TrialEnd.CONVERT, "taste");
        String other = Api.customer();
        String otherId = Api.subscription(other, "{\"plan\":\"business\",\"trial\":true}");
        used(otherId, "first");
        expectStatus(other, otherId, "TRIALING");
    }

    private static void used(String subscription, String grant) {
        UUID block = UUID.randomUUID();
        TestEvents.deliver(
                "dev.weir.ledger.trial-credit-used.v1",
                subscription,
                block.toString(),
                new TrialCreditUsed("root", UUID.fromString(subscription), grant, "ai-credits", block, Instant.now()));
    }

    private static void expectStatus(String customer, String id, String status) {
        given().get("/v1/customers/{c}/subscriptions/{s}", customer, id).then().body("status", equalTo(status));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {"{}|REQUIRED", "{\"until\":\"soon\"}|INVALID_VALUE", "{\"for\":\"P1D\"}|UNKNOWN_FIELD"})
    void refusesABadExtension(String body, String code) {
        String customer = Api.customer();
        String id = Api.subscription(customer, "{\"plan\":\"pro\",\"trial\":true}");

        Api.act(customer, id, "trial/extend", body).statusCode(400).body("code", equalTo(code));
    }

    private static List<TrialReminder> reminders(String customer) {
        return OutboxProbe.facts("entitlement.trial-reminder").stream()
                .map(fact -> fact.bodyAs(TrialReminder.class))
                .filter(reminder -> reminder.customer().equals(customer))
                .toList();
    }

    private static void awaitEnded(String customer, TrialEnded.Why why, TrialEnd atEnd, @Nullable String next) {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(OutboxProbe.facts("entitlement.trial-ended").stream()
                                .map(fact -> fact.bodyAs(TrialEnded.class))
                                .filter(ended -> ended.customer().equals(customer)))
                        .singleElement()
                        .satisfies(ended -> {
                            assertThat(ended.why()).isEqualTo(why);
                            assertThat(ended.atEnd()).isEqualTo(atEnd);
                            assertThat(ended.nextPlan()).isEqualTo(next);
                        }));
    }
}
