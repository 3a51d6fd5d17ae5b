package dev.weir.entitlement;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import dev.weir.catalog.contract.AddonVersion;
import dev.weir.catalog.contract.Rollout;
import dev.weir.platform.servicekit.web.Roles;
import dev.weir.platform.testkit.PostgresResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.security.TestSecurity;
import io.restassured.response.ValidatableResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is scheduled on a subscription, and revoking it; add-ons that need others. */
@QuarkusTest
@WithTestResource(PostgresResource.class)
@TestSecurity(
        user = "olga",
        roles = {Roles.OPERATOR, Roles.PLATFORM})
class ScheduledChangesTest {
    private String customer = "";
    private String id = "";

    @BeforeEach
    void aSubscription() {
        TestCatalog catalog = TestCatalog.standard();
        catalog.put(new AddonVersion(
                "support",
                1,
                "support@1",
                "assistant",
                "Support",
                List.of(),
                9,
                Map.of(),
                Map.of(),
                Map.of(),
                List.of(),
                List.of(),
                null,
                List.of("extra-calls"),
                3));
        catalog.publish(Rollout.NEW_CUSTOMERS);
        customer = Api.customer();
        id = Api.subscription(customer, "{\"plan\":\"base\"}");
    }

    @Test
    void aScheduledChangeIsListedAndRevoked() {
        act("change", "{\"plan\":\"pro\",\"when\":\"PERIOD_END\"}").statusCode(200);
        String change = changes()
                .body("items.kind", contains("CREATED", "CHANGED"))
                .body("items.status", contains("APPLIED", "SCHEDULED"), "items[1].author", equalTo("olga"))
                .extract()
                .path("items[1].id");

        revoke(change).statusCode(200).body("phases.plan", contains("base"), "phases[0].to", nullValue());

        changes().body("items.status", contains("APPLIED", "REVOKED", "APPLIED"));
        revoke(change).statusCode(409).body("code", equalTo("CHANGE_NOT_SCHEDULED"));
        revoke(UUID.randomUUID().toString()).statusCode(404).body("code", equalTo("UNKNOWN_CHANGE"));
    }

    @Test
    void revokingKeepsWhatWasDoneSince() {
        act("change", "{\"plan\":\"pro\",\"when\":\"PERIOD_END\"}").statusCode(200);
        String change = changes().extract().path("items[1].id");
        act("change", "{\"usage\":\"RESET\",\"when\":\"NOW\"}").statusCode(200).body("phases", hasSize(3));

        revoke(change).statusCode(200).body("phases.plan", contains("base", "base"));
    }

    @Test
    void aCancellationIsTakenBack() {
        act("cancel", "{\"when\":\"PERIOD_END\"}").statusCode(200);

        act("uncancel", "{}").statusCode(200).body("cancelAt", nullValue(), "end", nullValue());
        act("uncancel", "{}").statusCode(409).body("code", equalTo("NOT_CANCELED"));

        act("cancel", "{\"when\":\"NOW\"}").statusCode(200);
        act("uncancel", "{}").statusCode(409).body("code", equalTo("SUBSCRIPTION_ENDED"));
    }

    @Test
    void aCancellationStaysWhereAnotherSubscriptionIsToFollow() {
        String end = act("cancel", "{\"when\":\"PERIOD_END\"}")
                .statusCode(200)
                .extract()
                .path("cancelAt");
        Api.subscribe(customer, "{\"plan\":\"pro\",\"start\":\"" + end + "\"}").statusCode(201);

        act("uncancel", "{}").statusCode(409).body("code", equalTo("SUBSCRIPTION_EXISTS"));
    }

    @Test
    void cancelsAtAnInstantAndInATrialBringsBackWhatFollows() {
        String other = Api.customer();
        String trial = Api.subscription(other, "{\"plan\":\"business\",\"trial\":true}");
        String at = Instant.now().plus(Duration.ofDays(3)).toString();
        Api.act(other, trial, "cancel", "{\"when\":\"" + at + "\"}")
                .statusCode(200)
                .body("phases", hasSize(1));

        Api.act(other, trial, "uncancel", "{}").statusCode(200).body("phases.trialOf", contains("business", null));
    }

    @Test
    void aTermEndsByItselfAndOutlivesAChange() {
        String buyer = Api.customer();
        String end = "2099-01-01T00:00:00Z";
        String term = Api.subscribe(buyer, "{\"plan\":\"base\",\"end\":\"" + end + "\"}")
                .statusCode(201)
                .body("end", equalTo(end), "cancelAt", nullValue())
                .extract()
                .path("id");

        Api.act(buyer, term, "change", "{\"plan\":\"pro\",\"when\":\"NOW\"}")
                .statusCode(200)
                .body("plan", equalTo("pro"), "end", equalTo(end));

        String over = "{\"plan\":\"search\",\"start\":\"2026-01-01T00:00:00Z\",\"end\":\"2026-02-01T00:00:00Z\"}";
        Api.subscribe(buyer, over.replace("2026-02", "2025-02")).statusCode(400).body("errors.field", hasItem("end"));
        Api.subscribe(buyer, over).statusCode(201).body("status", equalTo("ENDED"));
    }

    @Test
    void anAddonThatNeedsAnotherIsNotHadWithoutIt() {
        String buyer = Api.customer();
        Api.subscribe(buyer, "{\"plan\":\"pro\",\"addons\":[{\"addon\":\"support\",\"quantity\":3}]}")
                .statusCode(422)
                .body("code", equalTo("ADDON_REQUIRED"), "errors.field", hasItem("addons[0]"));
        Api.subscribe(
                        buyer,
                        "{\"plan\":\"pro\",\"addons\":[{\"addon\":\"extra-calls\"},{\"addon\":\"support\",\"quantity\":2}]}")
                .statusCode(422)
                .body("code", equalTo("ADDON_QUANTITY_TOO_LOW"), "errors.field", hasItem("addons[1].quantity"));
        String both = Api.subscription(
                buyer,
                "{\"plan\":\"pro\",\"addons\":[{\"addon\":\"extra-calls\"},{\"addon\":\"support\",\"quantity\":3}]}");

        Api.act(buyer, both, "change", "{\"addons\":[{\"addon\":\"support\",\"quantity\":3}],\"when\":\"NOW\"}")
                .statusCode(422)
                .body("code", equalTo("ADDON_REQUIRED"));
    }

    private ValidatableResponse act(String action, String body) {
        return Api.act(customer, id, action, body);
    }

    private ValidatableResponse changes() {
        return given().get("/v1/customers/{c}/subscriptions/{s}/changes", customer, id)
                .then()
                .statusCode(200);
    }

    private ValidatableResponse revoke(String change) {
        return given().delete("/v1/customers/{c}/subscriptions/{s}/changes/{ch}", customer, id, change)
                .then();
    }
}
