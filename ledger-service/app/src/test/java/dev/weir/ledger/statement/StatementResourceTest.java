package dev.weir.ledger.statement;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.startsWith;

import dev.weir.ledger.LedgerTestSupport;
import dev.weir.ledger.ProofProgram;
import dev.weir.platform.testkit.PostgresResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.security.TestSecurity;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(PostgresResource.class)
@TestSecurity(
        user = "operator",
        roles = {"product", "operator"})
class StatementResourceTest {
    private static final String SPAN = "?from=2000-01-01&to=2999-01-01";

    private String customer = "";

    @BeforeEach
    void history() {
        LedgerTestSupport.catalog();
        customer = ProofProgram.history();
    }

    private String path() {
        return "/v1/customers/" + customer + "/wallets/ai-credits/statement";
    }

    @Test
    void opensMovesAndCloses() {
        given().get(path() + SPAN)
                .then()
                .statusCode(200)
                .body("opening.available", equalTo("0"))
                .body("movements.size()", equalTo(8))
                .body("totals.kind", hasItems("GRANT", "HOLD", "SPEND", "RELEASE"))
                .body("totals.find { it.kind == 'GRANT' }.change.available", equalTo("12"))
                .body("closing.available", equalTo("8"))
                .body("closing.held", equalTo("1"));
    }

    @Test
    void opensWithWhatWasThere() {
        Instant second =
                Instant.parse(given().get(path() + SPAN).then().extract().path("movements[1].postedAt"));

        given().get(path() + "?to=2999-01-01&from=" + second)
                .then()
                .statusCode(200)
                .body("opening.available", equalTo("10"))
                .body("movements.size()", equalTo(7))
                .body("movements[0].change.available", equalTo("2"))
                .body("closing.available", equalTo("8"));
    }

    @Test
    void isAlsoCommaSeparated() throws IOException {
        String text = given().get(path() + SPAN + "&format=csv")
                .then()
                .statusCode(200)
                .contentType(startsWith("text/csv"))
                .extract()
                .asString();

        List<CSVRecord> lines = CSVFormat.RFC4180
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .get()
                .parse(new StringReader(text))
                .getRecords();
        assertThat(lines).hasSize(10);
        assertThat(lines.getFirst().get("kind")).isEqualTo("OPENING");
        assertThat(lines.getLast().get("kind")).isEqualTo("CLOSING");
        assertThat(lines.getLast().get("available")).isEqualTo("8");
    }

    @Test
    void isAlsoAPaper() throws IOException {
        byte[] pdf = given().get(path() + SPAN + "&format=pdf")
                .then()
                .statusCode(200)
                .contentType("application/pdf")
                .extract()
                .asByteArray();

        assertThat(new String(pdf, 0, 5, StandardCharsets.US_ASCII)).isEqualTo("%PDF-");
        Files.write(Path.of("target", "statement.pdf"), pdf);
    }

    @Test
    void refusesWhatMakesNoSense() {
        given().get(path()).then().statusCode(400).body("code", equalTo("REQUIRED"));
        given().get(path() + "?from=2026-02-01&to=2026-01-01")
                .then()
                .statusCode(400)
                .body("code", equalTo("INVALID_VALUE"));
        given().get(path() + SPAN + "&format=xls").then().statusCode(400);
        given().get("/v1/customers/" + customer + "/wallets/gold/statement" + SPAN)
                .then()
                .statusCode(404)
                .body("code", equalTo("UNKNOWN_WALLET"));
    }

    @Test
    void saysWhichUsageABlockPaidFor() {
        String block = given().get("/v1/customers/" + customer + "/wallets/ai-credits")
                .then()
                .extract()
                .path("blocks.find { it.category == 'PROMOTIONAL' }.id");
        // All of it is used: the wallet may not show it any more, the statement does.
        String used = block == null
                ? given().get(path() + SPAN).then().extract().path("movements.find { it.kind == 'SPEND' }.block")
                : block;

        given().get("/v1/customers/" + customer + "/blocks/" + used + "/usage")
                .then()
                .statusCode(200)
                .body("unit", equalTo("ai-credits"))
                .body("consumed", equalTo("2"))
                .body("items.size()", equalTo(1))
                .body("items[0].amount", equalTo("2"))
                .body("items[0].feature", equalTo("chat"))
                .body("items[0].eventSource", equalTo("test"));
        given().get("/v1/customers/" + customer + "/blocks/" + java.util.UUID.randomUUID() + "/usage")
                .then()
                .statusCode(404)
                .body("code", equalTo("UNKNOWN_BLOCK"));
    }
}
