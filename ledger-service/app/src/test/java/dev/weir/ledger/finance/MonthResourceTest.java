package dev.weir.ledger.finance;

import static dev.weir.ledger.LedgerTestSupport.post;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;

import dev.weir.ledger.LedgerTestSupport;
import dev.weir.ledger.ProofProgram;
import dev.weir.ledger.finance.app.Projector;
import dev.weir.ledger.seal.app.Sealer;
import dev.weir.platform.testkit.PostgresResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.security.TestSecurity;
import jakarta.inject.Inject;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(PostgresResource.class)
@TestSecurity(
        user = "finance",
        roles = {"product", "operator", "finance"})
class MonthResourceTest {
    private static final String MONTHS = "/v1/ledger/postings/months/";

    @Inject
    Projector projector;

    @Inject
    Sealer sealer;

    @BeforeEach
    void catalog() {
        LedgerTestSupport.catalog();
    }

    @Test
    void aMonthThatIsNotOverStaysOpen() {
        YearMonth now = YearMonth.now(ZoneOffset.UTC);

        post(MONTHS + now + "/freeze", "{}").statusCode(409).body("code", equalTo("MONTH_OPEN"));
        given().get(MONTHS + now + "/export").then().statusCode(409).body("code", equalTo("MONTH_OPEN"));
        post(MONTHS + "2026-13/freeze", "{}").statusCode(404).body("code", equalTo("UNKNOWN_MONTH"));
    }

    @Test
    void aClosedMonthIsExportedWithItsSealAndIsTheSameAfterARebuild() {
        ProofProgram.history();
        sealer.seal();
        YearMonth month = YearMonth.now(ZoneOffset.UTC).minusMonths(1);

        post(MONTHS + month + "/freeze", "{}").statusCode(200).body("seal", greaterThan(0));
        projector.rebuild();

        given().get("/v1/ledger/postings/months").then().statusCode(200).body("items.month", hasItem(month.toString()));
        String csv = given().get(MONTHS + month + "/export")
                .then()
                .statusCode(200)
                .extract()
                .asString();
        List<String> lines = csv.lines().toList();
        assertThat(lines.get(0)).contains("month " + month, "seal ", "sha256 ");
        assertThat(lines.get(1)).startsWith("postedAt,wallet,seq");
    }
}
