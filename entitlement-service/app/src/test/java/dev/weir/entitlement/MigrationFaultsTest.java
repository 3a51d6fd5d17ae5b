package dev.weir.entitlement;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.startsWith;

import dev.weir.catalog.contract.Rollout;
import dev.weir.platform.servicekit.web.Roles;
import dev.weir.platform.testkit.PostgresResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.security.TestSecurity;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Faulty migrations and cohorts, and cohorts as such. */
@QuarkusTest
@WithTestResource(PostgresResource.class)
@TestSecurity(
        user = "olga",
        roles = {Roles.OPERATOR, Roles.PLATFORM})
class MigrationFaultsTest {

    @BeforeEach
    void publishTheCatalog() {
        TestCatalog.standard().publish(Rollout.NEW_CUSTOMERS);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "`target`:{`plan`:`base`},`when`:`NOW`,`reason`:`r`|400|REQUIRED|scope",
                "`scope`:`SOME`,`target`:{`plan`:`base`},`when`:`NOW`,`reason`:`r`|400|INVALID_VALUE|scope",
                "`scope`:{},`target`:{`plan`:`base`},`when`:`NOW`,`reason`:`r`|400|INVALID_VALUE|scope",
                "`scope`:{`who`:1},`target`:{`plan`:`base`},`when`:`NOW`,`reason`:`r`|400|UNKNOWN_FIELD|scope.who",
                "`scope`:{`customers`:[]},`target`:{`plan`:`base`},`when`:`NOW`,`reason`:`r`|400|INVALID_VALUE|scope.customers",
                "`scope`:{`customers`:[`a`,`a`]},`target`:{`plan`:`base`},`when`:`NOW`,`reason`:`r`|400|INVALID_VALUE|scope.customers[1]",
                "`scope`:{`customers`:[`nobody-there`]},`target`:{`plan`:`base`},`when`:`NOW`,`reason`:`r`|422|UNKNOWN_CUSTOMER|scope.customers[0]",
                "`scope`:{`cohort`:`none`},`target`:{`plan`:`base`},`when`:`NOW`,`reason`:`r`|422|UNKNOWN_COHORT|scope.cohort",
                "`scope`:{`customers`:[`a`],`cohort`:`b`},`target`:{`plan`:`base`},`when`:`NOW`,`reason`:`r`|400|INVALID_VALUE|scope.cohort",
                "`scope`:{`plan`:`gold`},`target`:{`plan`:`base`},`when`:`NOW`,`reason`:`r`|422|UNKNOWN_PLAN|scope.plan",
                "`scope`:{`plan`:`search`},`target`:{`plan`:`base`},`when`:`NOW`,`reason`:`r`|422|PRODUCT_MISMATCH|target.plan",
                "`scope`:{`fromVersions`:[0]},`target`:{`plan`:`base`},`when`:`NOW`,`reason`:`r`|400|INVALID_VALUE|scope.fromVersions[0]",
                "`scope`:`ALL`,`when`:`NOW`,`reason`:`r`|400|REQUIRED|target.plan",
                "`scope`:`ALL`,`target`:{`plan`:`gold`},`when`:`NOW`,`reason`:`r`|422|UNKNOWN_PLAN|plan",
                "`scope`:`ALL`,`target`:{`plan`:`base`,`version`:0},`when`:`NOW`,`reason`:`r`|400|INVALID_VALUE|target.version",
                "`scope`:`ALL`,`target`:{`plan`:`base`},`reason`:`r`|400|REQUIRED|when",
                "`scope`:`ALL`,`target`:{`plan`:`base`},`when`:`SOON`,`reason`:`r`|400|INVALID_VALUE|when",
                "`scope`:`ALL`,`target`:{`plan`:`base`},`when`:`2020-01-01T00:00:00Z`,`reason`:`r`|400|INVALID_VALUE|when",
                "`scope`:`ALL`,`target`:{`plan`:`base`},`when`:`NOW`|400|REQUIRED|reason",
                "`scope`:`ALL`,`target`:{`plan`:`base`},`when`:`NOW`,`reason`:`r`,`usage`:`FORGET`|400|INVALID_VALUE|usage",
                "`scope`:`ALL`,`target`:{`plan`:`base`},`when`:`NOW`,`reason`:`r`,`dry`:1|400|UNKNOWN_FIELD|dry",
            })
    void refusesABadMigration(String fields, int status, String code, String field) {
        Api.post("/v1/migrations", "{" + fields.replace('`', '"') + "}")
                .statusCode(status)
                .contentType(startsWith("application/problem+json"))
                .body("code", equalTo(code), "errors.field", hasItem(field));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{}|400|REQUIRED|customers",
                "{`customers`:[],`filter`:{`plan`:`base`}}|400|REQUIRED|customers",
                "{`filter`:{}}|400|REQUIRED|filter",
                "{`filter`:{`country`:`Atlantis`}}|400|INVALID_VALUE|filter.country",
                "{`filter`:{`plan`:`No Key`}}|400|INVALID_KEY|filter.plan",
                "{`customers`:[`nobody-there`]}|422|UNKNOWN_CUSTOMER|customers[0]",
                "{`customers`:[`not ok`]}|400|INVALID_KEY|customers[0]",
            })
    void refusesABadCohort(String body, int status, String code, String field) {
        put("some-cohort", body.replace('`', '"'))
                .statusCode(status)
                .body("code", equalTo(code), "errors.field", hasItem(field));
    }

    @Test
    void aCohortListsItsMembersUntilItIsRemoved() {
        String one = Api.customer();
        String two = Api.customer();
        String key = "listed-" + UUID.randomUUID();
        put(key, "{\"name\":\"Beta\",\"customers\":[\"" + one + "\",\"" + two + "\"]}")
                .statusCode(200)
                .body("members", equalTo(2), "name", equalTo("Beta"), "updatedBy", equalTo("olga"));

        put(key, "{\"name\":\"Beta\",\"customers\":[\"" + two + "\"]}")
                .statusCode(200)
                .body("members", equalTo(1));

        given().get("/v1/cohorts/{k}/customers", key)
                .then()
                .body("items", hasSize(1), "items[0].customer", equalTo(two));
        given().get("/v1/cohorts?limit=500").then().body("items.cohort", hasItem(key));
        given().delete("/v1/cohorts/{k}", key).then().statusCode(200);
        given().get("/v1/cohorts/{k}", key).then().statusCode(404).body("code", equalTo("UNKNOWN_COHORT"));
    }

    @Test
    void aMigrationThatIsNotThereIsNotFound() {
        given().get("/v1/migrations/{m}", UUID.randomUUID())
                .then()
                .statusCode(404)
                .body("code", equalTo("UNKNOWN_MIGRATION"));
        Api.post("/v1/migrations/{m}/undo", "{}", UUID.randomUUID()).statusCode(404);
        given().get("/v1/migrations?after=x").then().statusCode(400).body("code", equalTo("INVALID_CURSOR"));
    }

    private static io.restassured.response.ValidatableResponse put(String key, String body) {
        return given().contentType("application/json")
                .body(body)
                .put("/v1/cohorts/{k}", key)
                .then();
    }
}
