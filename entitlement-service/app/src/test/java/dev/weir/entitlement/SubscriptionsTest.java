package dev.weir.entitlement;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import dev.weir.catalog.contract.Rollout;
import dev.weir.entitlement.contract.SubscriptionPhase;
import dev.weir.platform.servicekit.web.Roles;
import dev.weir.platform.testkit.PostgresResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.security.TestSecurity;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@WithTestResource(PostgresResource.class)
@TestSecurity(
        user = "olga",
        roles = {Roles.OPERATOR, Roles.PLATFORM})
class SubscriptionsTest {

    @BeforeEach
    void publishTheCatalog() {
        TestCatalog.standard().publish(Rollout.NEW_CUSTOMERS);
    }

    @Test
    void subscribesWithAddons() {
        String customer = Api.customer();

        Api.subscribe(customer, "{\"plan\":\"pro\",\"addons\":[{\"addon\":\"extra-calls\",\"quantity\":2}]}")
                .statusCode(201)
                .header("Weir-Snapshot-Version", "2")
                .body("plan", equalTo("pro"), "version", equalTo(1), "status", equalTo("ACTIVE"))
                .body("product", equalTo("assistant"), "addons[0].quantity", equalTo(2))
                .body("currentPeriod.from", notNullValue(), "currentPeriod.to", notNullValue(), "trial", nullValue());

        SubscriptionPhase phase =
                Api.published(customer).subscriptions().getFirst().phases().getFirst();
        assertThat(phase.planHash()).isEqualTo("pro@1");
        assertThat(phase.addons())
                .singleElement()
                .satisfies(addon -> assertThat(addon.quantity()).isEqualTo(2));
    }

    @Test
    void hasOneOfAProductAndResource() {
        String customer = Api.customer();
        Api.subscription(customer, "{\"plan\":\"pro\"}");

        Api.subscribe(customer, "{\"plan\":\"base\"}").statusCode(409).body("code", equalTo("SUBSCRIPTION_EXISTS"));
        Api.subscribe(customer, "{\"plan\":\"search\"}").statusCode(201);
        Api.subscribe(customer, "{\"plan\":\"base\",\"resource\":\"site-1\"}").statusCode(201);
        given().get("/v1/customers/{c}/subscriptions", customer).then().body("items", hasSize(3));
    }

    @Test
    void aTrialEndsAsThePlanSays() {
        String canceling = Api.customer();
        Api.subscribe(canceling, "{\"plan\":\"pro\",\"trial\":true}")
                .statusCode(201)
                .body("status", equalTo("TRIALING"), "trial.plan", equalTo("pro"), "trial.endsAt", notNullValue())
                .body("phases", hasSize(1), "end", notNullValue());

        String converting = Api.customer();
        Api.subscribe(converting, "{\"plan\":\"business\",\"trial\":true}")
                .statusCode(201)
                .body("phases.plan", contains("business", "business"), "phases.trialOf[1]", nullValue())
                .body("end", nullValue());
        List<SubscriptionPhase> phases =
                Api.published(converting).subscriptions().getFirst().phases();
        assertThat(phases.getFirst().to()).isEqualTo(phases.getFirst().from().plus(Duration.ofDays(14)));
        assertThat(Api.published(converting).subscriptions().getFirst().anchor())
                .isEqualTo(phases.getLast().from());

        Api.subscribe(Api.customer(), "{\"plan\":\"scale\",\"trial\":true}")
                .statusCode(201)
                .body("phases.plan", contains("scale", "base"), "trial.plan", equalTo("pro"));
    }

    @Test
    void aTrialThatIsOverHasEnded() {
        String customer = Api.customer();
        String start = Instant.now().minus(Duration.ofDays(20)).toString();

        Api.subscribe(customer, "{\"plan\":\"pro\",\"trial\":true,\"start\":\"" + start + "\"}")
                .statusCode(201)
                .body("status", equalTo("ENDED"), "currentPeriod", nullValue());
        Api.subscribe(customer, "{\"plan\":\"pro\",\"trial\":true}")
                .statusCode(409)
                .body("code", equalTo("TRIAL_USED"));
        Api.subscribe(customer, "{\"plan\":\"pro\"}").statusCode(201);
    }

    @Test
    void changesThePlanNowAndKeepsTheRecord() {
        String customer = Api.customer();
        String id = Api.subscription(customer, "{\"plan\":\"base\"}");

        Api.act(customer, id, "change", "{\"plan\":\"pro\",\"when\":\"NOW\"}")
                .statusCode(200)
                .header("Weir-Snapshot-Version", "3")
                .body("plan", equalTo("pro"), "phases.plan", contains("base", "pro"));
        // The same again changes nothing.
        Api.act(customer, id, "change", "{\"plan\":\"pro\",\"when\":\"NOW\"}")
                .statusCode(200)
                .header("Weir-Snapshot-Version", "3")
                .body("phases", hasSize(2));
    }

    @Test
    void changesAtThePeriodsEndAndAtAnInstant() {
        String customer = Api.customer();
        String id = Api.subscription(customer, "{\"plan\":\"base\"}");
        String end = Api.act(customer, id, "change", "{\"plan\":\"pro\",\"when\":\"PERIOD_END\"}")
                .statusCode(200)
                .body("plan", equalTo("base"), "phases.plan", contains("base", "pro"))
                .extract()
                .path("currentPeriod.to");
        given().get("/v1/customers/{c}/subscriptions/{s}", customer, id).then().body("phases[1].from", equalTo(end));

        String later = Instant.now().plus(Duration.ofDays(2)).toString();
        Api.act(customer, id, "change", "{\"plan\":\"business\",\"when\":\"" + later + "\",\"usage\":\"RESET\"}")
                .statusCode(200)
                .body("phases.plan", contains("base", "business"));
        assertThat(Api.published(customer)
                        .subscriptions()
                        .getFirst()
                        .phases()
                        .getLast()
                        .usage()
                        .name())
                .isEqualTo("RESET");
        Api.act(customer, id, "change", "{\"plan\":\"pro\",\"when\":\"2020-01-01T00:00:00Z\"}")
                .statusCode(400)
                .body("errors[0].field", equalTo("when"));
    }

    @Test
    void changesAddonsThroughTheWholeTrial() {
        String customer = Api.customer();
        String id = Api.subscription(customer, "{\"plan\":\"business\",\"trial\":true}");

        Api.act(customer, id, "change", "{\"addons\":[{\"addon\":\"extra-calls\"}],\"when\":\"NOW\"}")
                .statusCode(200)
                .body("status", equalTo("TRIALING"), "addons[0].quantity", equalTo(1))
                .body("phases.findAll { it.addons.size() == 1 }.trialOf", contains("business", null));
        Api.act(customer, id, "change", "{\"addons\":[],\"when\":\"NOW\"}")
                .statusCode(200)
                .body("addons", empty());
    }

    @Test
    void previewsWithoutChanging() {
        String customer = Api.customer();
        String id = Api.subscription(customer, "{\"plan\":\"base\"}");

        Api.act(customer, id, "change/preview", "{\"plan\":\"pro\",\"when\":\"NOW\"}")
                .statusCode(200)
                .body("gained.key", contains("api-calls", "sso"), "lost", empty())
                .body("gained[0].before.limit", equalTo("1000"), "gained[0].after.limit", equalTo("10000"))
                .body("charges.fate", contains("KEPT"));
        Api.act(customer, id, "preview", "{\"plan\":\"pro\",\"when\":\"NOW\"}").statusCode(200);

        given().get("/v1/customers/{c}/subscriptions/{s}", customer, id).then().body("plan", equalTo("base"));
        assertThat(Api.published(customer).version()).isEqualTo(2);
    }

    @Test
    void cancelsAtThePeriodsEndAndNow() {
        String customer = Api.customer();
        String id = Api.subscription(customer, "{\"plan\":\"pro\"}");
        Api.act(customer, id, "cancel", "{\"when\":\"PERIOD_END\"}")
                .statusCode(200)
                .body("status", equalTo("ACTIVE"), "cancelAt", notNullValue());

        Api.act(customer, id, "cancel", "{\"when\":\"NOW\"}")
                .statusCode(200)
                .body("status", equalTo("CANCELED"), "currentPeriod", nullValue());
        Api.act(customer, id, "cancel", "{\"when\":\"NOW\"}")
                .statusCode(409)
                .body("code", equalTo("SUBSCRIPTION_ENDED"));
        Api.act(customer, id, "change", "{\"plan\":\"base\",\"when\":\"NOW\"}").statusCode(409);
        Api.subscribe(customer, "{\"plan\":\"pro\"}").statusCode(201);
    }

    @Test
    void aScheduledOneCanBeCanceledBeforeItBegins() {
        String customer = Api.customer();
        String start = Instant.now().plus(Duration.ofDays(3)).toString();
        String id = Api.subscribe(customer, "{\"plan\":\"pro\",\"start\":\"" + start + "\"}")
                .statusCode(201)
                .body("status", equalTo("SCHEDULED"))
                .extract()
                .path("id");

        Api.act(customer, id, "cancel", "{\"when\":\"NOW\"}")
                .statusCode(200)
                .body("status", equalTo("CANCELED"), "plan", equalTo("pro"));
        assertThat(Api.published(customer).subscriptions()).isEmpty();
    }

    @Test
    void pausesAndResumes() {
        String customer = Api.customer();
        String id = Api.subscription(customer, "{\"plan\":\"pro\"}");

        Api.act(customer, id, "pause", "{}").statusCode(200).body("status", equalTo("PAUSED"));
        assertThat(Api.published(customer).subscriptions().getFirst().phases()).hasSize(1);
        Api.act(customer, id, "change", "{\"plan\":\"base\",\"when\":\"NOW\"}").statusCode(409);
        Api.subscribe(customer, "{\"plan\":\"pro\"}").statusCode(409);
        Api.act(customer, id, "resume", "{}").statusCode(200).body("status", equalTo("ACTIVE"));

        assertThat(Api.published(customer).subscriptions().getFirst().phases()).hasSize(2);
        given().get("/v1/customers/{c}/subscriptions/{s}", customer, id)
                .then()
                .body("phases.kind", contains("ACTIVE", "PAUSED", "ACTIVE"));
        Api.act(customer, id, "cancel", "{\"when\":\"NOW\"}").statusCode(200);
        Api.act(customer, id, "resume", "{}").statusCode(409).body("code", equalTo("SUBSCRIPTION_NOT_PAUSED"));
    }

    @Test
    void anchorsInTheCalendarOfTheCustomersZone() {
        String customer = Api.customer("{\"timeZone\":\"Asia/Kathmandu\"}");

        Api.subscribe(customer, "{\"plan\":\"pro\",\"anchor\":\"MONTH\",\"start\":\"2026-02-10T00:00:00Z\"}")
                .statusCode(201)
                .body("anchor", equalTo("2026-01-31T18:15:00Z"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}|400|REQUIRED|plan",
                "{\"plan\":\"No Key\"}|400|INVALID_KEY|plan",
                "{\"plan\":\"gold\"}|422|UNKNOWN_PLAN|plan",
                "{\"plan\":\"pro\",\"version\":9}|422|UNKNOWN_PLAN|plan",
                "{\"plan\":\"pro\",\"version\":0}|400|INVALID_VALUE|version",
                "{\"plan\":\"pro\",\"version\":\"x\"}|400|INVALID_VALUE|version",
                "{\"plan\":\"pro\",\"color\":1}|400|UNKNOWN_FIELD|color",
                "{\"plan\":\"pro\",\"addons\":[{\"addon\":\"none\"}]}|422|UNKNOWN_ADDON|addons",
                "{\"plan\":\"base\",\"addons\":[{\"addon\":\"extra-calls\"}]}|422|ADDON_INCOMPATIBLE|addons[0]",
                "{\"plan\":\"pro\",\"addons\":[{\"addon\":\"extra-calls\",\"quantity\":21}]}|422|ADDON_QUANTITY_EXCEEDED|addons[0].quantity",
                "{\"plan\":\"pro\",\"addons\":[{\"addon\":\"extra-calls\",\"quantity\":-1}]}|400|INVALID_QUANTITY|addons[0].quantity",
                "{\"plan\":\"pro\",\"addons\":[{\"addon\":\"yearly-calls\"}]}|422|INCREMENT_PERIOD_MISMATCH|addons[0]",
                "{\"plan\":\"pro\",\"addons\":[{\"quantity\":1}]}|400|REQUIRED|addons[0].addon",
                "{\"plan\":\"pro\",\"addons\":[null]}|400|REQUIRED|addons[0]",
                "{\"plan\":\"pro\",\"addons\":[{\"addon\":\"a\"},{\"addon\":\"a\"}]}|400|INVALID_VALUE|addons[1].addon",
                "{\"plan\":\"base\",\"trial\":true}|422|NO_TRIAL|trial",
                "{\"plan\":\"pro\",\"start\":\"tomorrow\"}|400|INVALID_VALUE|start",
                "{\"plan\":\"pro\",\"anchor\":\"FULL_MOON\"}|400|INVALID_VALUE|anchor",
                "{\"plan\":\"pro\",\"resource\":\"\"}|400|INVALID_VALUE|resource",
            })
    void refusesABadSubscription(String body, int status, String code, String field) {
        String customer = Api.customer();

        Api.subscribe(customer, body)
                .statusCode(status)
                .contentType(startsWith("application/problem+json"))
                .body("code", equalTo(code), "errors.field", hasItem(field));
        assertThat(Api.published(customer).version()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "change|{\"plan\":\"pro\"}|400|REQUIRED",
                "change|{\"when\":\"NOW\"}|400|REQUIRED",
                "change|{\"plan\":\"pro\",\"when\":\"LATER\"}|400|INVALID_VALUE",
                "change|{\"plan\":\"search\",\"when\":\"NOW\"}|422|PRODUCT_MISMATCH",
                "change|{\"plan\":\"gold\",\"when\":\"NOW\"}|422|UNKNOWN_PLAN",
                "change|{\"plan\":\"pro\",\"when\":\"NOW\",\"usage\":\"FORGET\"}|400|INVALID_VALUE",
                "cancel|{}|400|REQUIRED",
                "cancel|{\"when\":\"SOON\"}|400|INVALID_VALUE",
                "pause|{\"why\":1}|400|UNKNOWN_FIELD",
                "resume|{}|200|",
            })
    void refusesABadChange(String action, String body, int status, String code) {
        String customer = Api.customer();
        String id = Api.subscription(customer, "{\"plan\":\"base\"}");

        var answer = Api.act(customer, id, action, body).statusCode(status);

        if (code != null) {
            answer.body("code", equalTo(code));
        }
        assertThat(Api.published(customer).version()).isEqualTo(2);
    }

    @Test
    void unknownCustomersAndSubscriptionsAreNotFound() {
        Api.subscribe("nobody", "{\"plan\":\"pro\"}").statusCode(404).body("code", equalTo("UNKNOWN_CUSTOMER"));
        given().get("/v1/customers/nobody/subscriptions").then().statusCode(404);
        String customer = Api.customer();
        Api.act(customer, "00000000-0000-7000-8000-000000000000", "cancel", "{\"when\":\"NOW\"}")
                .statusCode(404)
                .body("code", equalTo("UNKNOWN_SUBSCRIPTION"));
        given().get("/v1/customers/{c}/subscriptions/none", customer).then().statusCode(404);
    }
}
