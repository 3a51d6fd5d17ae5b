package dev.weir.ledger.directory;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;

import dev.weir.ledger.Catalogue;
import dev.weir.ledger.LedgerTestSupport;
import dev.weir.platform.testkit.PostgresResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.security.TestSecurity;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(PostgresResource.class)
@TestSecurity(
        user = "gateway",
        roles = {"platform"})
class AppliedResourceTest {

    @Test
    void tellsWhichSnapshotIsInForce() {
        LedgerTestSupport.catalog();
        String customer = LedgerTestSupport.subscribed(Catalogue.pro());

        given().get("/internal/v1/customers/{c}/applied", customer)
                .then()
                .statusCode(200)
                .body("version", equalTo(1));
        given().get("/internal/v1/customers/nobody/applied")
                .then()
                .statusCode(404)
                .body("code", equalTo("UNKNOWN_CUSTOMER"));
    }
}
