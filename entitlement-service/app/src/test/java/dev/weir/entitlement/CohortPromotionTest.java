package dev.weir.entitlement;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import dev.weir.catalog.contract.Rollout;
import dev.weir.entitlement.contract.AllowancePart;
import dev.weir.entitlement.contract.CreditPart;
import dev.weir.platform.servicekit.web.Roles;
import dev.weir.platform.testkit.PostgresResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.security.TestSecurity;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Promotions of credit, and promotions for whoever belongs to a cohort. */
@QuarkusTest
@WithTestResource(PostgresResource.class)
@TestSecurity(
        user = "olga",
        roles = {Roles.OPERATOR, Roles.PLATFORM})
class CohortPromotionTest {
    private static final String SSO = "{\"feature\":\"sso\",\"entitlement\":{},\"reason\":\"beta\"}";

    private final String cohort = "beta-" + UUID.randomUUID();

    @BeforeEach
    void publishTheCatalog() {
        TestCatalog.standard().publish(Rollout.NEW_CUSTOMERS);
    }

    @Test
    void promisesCreditToOneCustomer() {
        String customer = Api.customer();

        String id = Api.post(
                        "/v1/customers/{c}/promotions",
                        "{\"credits\":{\"unit\":\"ai-credits\",\"amount\":\"250.5\",\"expiresAfter\":\"P30D\"},\"reason\":\"sorry\"}",
                        customer)
                .statusCode(201)
                .header("Weir-Snapshot-Version", "2")
                .body("credits.amount", equalTo("250.5"), "credits.priority", equalTo(10), "feature", nullValue())
                .extract()
                .path("id");

        CreditPart part = Api.published(customer).credits().getFirst();
        assertThat(part.id().toString()).isEqualTo(id);
        assertThat(part.expiresAfter()).isEqualTo("P30D");
        Api.post("/v1/customers/{c}/promotions", SSO, customer).statusCode(201);
        given().get("/v1/customers/{c}/promotions", customer)
                .then()
                .body("items", hasSize(2), "items[0].id", equalTo(id), "items[1].feature", equalTo("sso"));
        given().delete("/v1/customers/{c}/promotions/{p}", customer, id).then().statusCode(200);
        assertThat(Api.published(customer).credits()).hasSize(1);
    }

    @Test
    void creditThatIsEndedBeforeItsInstantIsNeverIssued() {
        String customer = Api.customer();
        String from = Instant.now().plus(Duration.ofDays(2)).toString();
        String id = Api.post(
                        "/v1/customers/{c}/promotions",
                        "{\"credits\":{\"unit\":\"ai-credits\",\"amount\":1},\"from\":\"" + from
                                + "\",\"reason\":\"soon\"}",
                        customer)
                .statusCode(201)
                .extract()
                .path("id");

        given().delete("/v1/customers/{c}/promotions/{p}", customer, id).then().statusCode(200);

        assertThat(Api.published(customer).credits()).isEmpty();
    }

    @Test
    void everyMemberGetsItAndLosesItOnLeaving() {
        String member = Api.customer();
        String leaver = Api.customer();
        cohort("[\"" + member + "\",\"" + leaver + "\"]");
        String id = promote(SSO);
        awaitReach(id, 2, 0);
        assertThat(Api.published(member).allowances())
                .singleElement()
                .satisfies(part -> assertThat(part.kind()).isEqualTo(AllowancePart.Kind.PROMOTION));

        String late = Api.customer();
        cohort("[\"" + member + "\",\"" + late + "\"]");

        awaitReach(id, 2, 1);
        assertThat(holds(late)).isTrue();
        assertThat(holds(leaver)).isFalse();
        given().delete("/v1/cohorts/{k}", cohort).then().statusCode(409).body("code", equalTo("COHORT_IN_USE"));

        given().delete("/v1/cohorts/{k}/promotions/{p}", cohort, id)
                .then()
                .statusCode(200)
                .body("endedBy", equalTo("olga"));
        awaitReach(id, 0, 3);
        assertThat(holds(member)).isFalse();
        given().delete("/v1/cohorts/{k}", cohort).then().statusCode(200);
    }

    @Test
    void creditForACohortBearsOneReference() {
        String member = Api.customer();
        String child = Api.customer("{\"parent\":\"" + member + "\"}");
        cohort("[\"" + member + "\",\"" + child + "\"]");

        String id = promote("{\"credits\":{\"unit\":\"ai-credits\",\"amount\":\"5\"},\"reason\":\"spring\"}");

        awaitReach(id, 1, 0);
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> given().get("/v1/cohorts/{k}/promotions/{p}", cohort, id)
                        .then()
                        .body("reach.refused", equalTo(1)));
        assertThat(Api.published(member).credits())
                .singleElement()
                .satisfies(part -> assertThat(part.reference()).isEqualTo(id));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{`credits`:{`amount`:1},`reason`:`r`}|400|REQUIRED|credits.unit",
                "{`credits`:{`unit`:`ai-credits`},`reason`:`r`}|400|REQUIRED|credits.amount",
                "{`credits`:{`unit`:`ai-credits`,`amount`:0},`reason`:`r`}|400|INVALID_QUANTITY|credits.amount",
                "{`credits`:{`unit`:`ai-credits`,`amount`:`0.0000001`},`reason`:`r`}|400|INVALID_QUANTITY|credits.amount",
                "{`credits`:{`unit`:`gold`,`amount`:1},`reason`:`r`}|422|UNKNOWN_UNIT|credits.unit",
                "{`credits`:{`unit`:`ai-credits`,`amount`:1,`priority`:-1},`reason`:`r`}|400|INVALID_VALUE|credits.priority",
                "{`credits`:{`unit`:`ai-credits`,`amount`:1,`expiresAfter`:`soon`},`reason`:`r`}|400|INVALID_VALUE|credits.expiresAfter",
                "{`credits`:{`unit`:`ai-credits`,`amount`:1},`feature`:`sso`,`reason`:`r`}|400|INVALID_VALUE|feature",
                "{`credits`:{`unit`:`ai-credits`,`amount`:1}}|400|REQUIRED|reason",
            })
    void refusesABadPromotionOfCredit(String body, int status, String code, String field) {
        String said = body.replace('`', '"');
        Api.post("/v1/customers/{c}/promotions", said, Api.customer())
                .statusCode(status)
                .body("code", equalTo(code), "errors.field", hasItem(field));
        cohort("[]");
        Api.post("/v1/cohorts/{k}/promotions", said, cohort)
                .statusCode(status)
                .body("code", equalTo(code), "errors.field", hasItem(field));
    }

    private static boolean holds(String customer) {
        return Api.published(customer).allowances().stream().anyMatch(part -> part.contains(Instant.now()));
    }

    private void cohort(String customers) {
        given().contentType("application/json")
                .body("{\"customers\":" + customers + "}")
                .put("/v1/cohorts/{k}", cohort)
                .then()
                .statusCode(200);
    }

    private String promote(String body) {
        return Api.post("/v1/cohorts/{k}/promotions", body, cohort)
                .statusCode(201)
                .extract()
                .path("id");
    }

    private void awaitReach(String id, int holding, int ended) {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> given().get("/v1/cohorts/{k}/promotions/{p}", cohort, id)
                        .then()
                        .statusCode(200)
                        .body("reach.holding", equalTo(holding), "reach.ended", equalTo(ended)));
    }
}
