package dev.weir.ledger;

import static dev.weir.ledger.LedgerTestSupport.post;
import static dev.weir.ledger.LedgerTestSupport.reserve;
import static dev.weir.ledger.LedgerTestSupport.subscribed;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.weir.platform.testkit.PostgresResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.security.TestSecurity;
import io.restassured.response.Response;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What no well-meant client sends: every one of them is the caller's fault, and none changes anything. */
@QuarkusTest
@WithTestResource(PostgresResource.class)
@TestSecurity(
        user = "operator",
        roles = {"product", "operator", "finance"})
class HostileInputTest {
    private static final String NUL = "\\u0000";

    @Test
    void isRefusedAndChangesNothing() {
        LedgerTestSupport.catalog();
        String customer = subscribed(Catalogue.starter());
        String other = subscribed(Catalogue.starter());
        String block = post(
                        "/v1/customers/" + customer + "/grants",
                        "{'unit':'ai-credits','amount':'100','category':'PAID','cost':{'amount':'10.00','currency':'USD'}}")
                .statusCode(201)
                .extract()
                .path("id");
        String hold = reserve(customer, "chat", "1");
        String wallet = "/v1/customers/" + customer + "/wallets/ai-credits";
        String grants = "/v1/customers/" + customer + "/grants";
        String settle = "/v1/reservations/" + hold + "/settle";

        for (String body : List.of("", "null", "[]", "7", "'x'", "{", "{'surprise':1}", "{}{}")) {
            refused(grants, body);
            refused("/v1/reservations", body);
            refused(settle, body);
            for (String what : List.of("/blocks/" + block + "/void", "/freeze", "/debits", "/transfer", "/convert")) {
                refused(wallet + what, body);
            }
        }
        for (String amount : List.of(
                "null",
                "0",
                "-1",
                "'-1'",
                "''",
                "'1e3'",
                "1e400",
                "1e-400",
                "'9223372036854775807'",
                "true",
                "[1]",
                "{}",
                "'0.0000001'",
                "'" + "9".repeat(60) + "'")) {
            refused(grants, "{'unit':'ai-credits','amount':%s,'category':'PAID'}".formatted(amount));
            refused(wallet + "/debits", "{'amount':%s,'reason':'r'}".formatted(amount));
            refused(wallet + "/transfer", "{'to':'%s','amount':%s,'reason':'r'}".formatted(other, amount));
            refused(
                    wallet + "/blocks/" + block + "/refund",
                    "{'money':{'amount':%s,'currency':'USD'},'amount':%s,'reason':'r'}".formatted(amount, amount));
            refused(
                    "/v1/reservations",
                    "{'customer':'%s','feature':'chat','quantity':%s}"
                            .formatted(customer, amount.equals("0") ? "-0.5" : amount));
        }
        for (String time : List.of(
                "''",
                "'now'",
                "17",
                "'2026-02-30T00:00:00Z'",
                "'+999999999-01-01T00:00:00Z'",
                "'-999999999-01-01T00:00:00Z'",
                "'0000-01-01T00:00:00Z'")) {
            refused(grants, "{'unit':'ai-credits','amount':1,'category':'PAID','effectiveAt':%s}".formatted(time));
            refused(grants, "{'unit':'ai-credits','amount':1,'category':'PAID','expiresAt':%s}".formatted(time));
            refused(settle, "{'quantity':1,'event':{'id':'e','source':'s','time':%s,'data':{}}}".formatted(time));
        }
        for (String query : List.of("asOf=+999999999-01-01T00:00:00Z", "asOf=x", "asOf=%00")) {
            refusedToRead(wallet + "?" + query);
        }
        for (String query : List.of(
                "limit=0", "limit=-1", "limit=x", "limit=99999999999", "after=x", "reservation=x", "event=%00")) {
            refusedToRead(wallet + "/journal?" + query);
        }
        refusedToRead(wallet + "/statement?from=-999999999-01-01T00:00:00Z&to=2026-01-01");
        refused(grants, "{'unit':'ai-credits','amount':1,'category':'PAID','reason':'" + NUL + "'}");
        refused(grants, "{'unit':'ai-credits','amount':1,'category':'PAID','priority':99999999999}");
        refused(grants, "{'unit':'ai-credits','amount':1,'category':'PAID','features':[null]}");
        refused(wallet + "/freeze", "{'reason':'" + NUL + "'}");
        refused(wallet + "/freeze?resource=%00", "{'reason':'r'}");
        refused(wallet + "/blocks/x/void", "{'reason':'r'}");
        refused(wallet + "/convert", "{'toUnit':'ai-credits','amount':1,'rate':1,'source':'s','reason':'r'}");
        refused(wallet + "/convert", "{'toUnit':'nothing','amount':1,'rate':1e30,'source':'s','reason':'r'}");
        refused(settle, "{'quantity':1,'event':{'id':'e','source':'s','data':{'note':'" + NUL + "'}}}");
        refused(settle, "{'quantity':1,'event':{'id':'" + NUL + "','source':'s'}}");
        refused(settle, "{'quantity':1,'event':{'id':'e','source':'s','data':{'list':[{'" + NUL + "':1}]}}}");
        refused(settle, "{'quantity':1,'event':{'id':'e','source':'s','data':{'n':1e1000000}}}");
        refused(settle, "{'quantity':1,'event':{'id':'e','source':'s','data':[1]}}");
        refused(
                "/v1/reservations",
                "{'customer':'%s','feature':'chat','quantity':1,'resource':'%s'}".formatted(customer, NUL));
        refused(
                "/v1/reservations",
                "{'customer':'%s','feature':'chat','dimensions':{'model':'%s'}}".formatted(customer, NUL));
        refused(
                "/v1/reservations",
                "{'customer':'%s','feature':'chat','quantity':1,'expiresIn':'PT9999999999H'}".formatted(customer));

        given().get(wallet)
                .then()
                .body("available", equalTo("99"))
                .body("held", equalTo("1"))
                .body("blocks.size()", equalTo(1));
        post("/v1/ledger/verify", "{}").statusCode(200).body("fits", equalTo(true));
    }

    private static void refused(String path, String body) {
        refused(
                path + " " + body,
                given().contentType("application/json")
                        .urlEncodingEnabled(false)
                        .body(body.replace('\'', '"'))
                        .post(path));
    }

    private static void refusedToRead(String path) {
        refused(path, given().urlEncodingEnabled(false).get(path));
    }

    private static void refused(String what, Response response) {
        assertThat(response.statusCode())
                .as(what + " -> " + response.asString())
                .isBetween(400, 499);
        assertThat(response.contentType()).as(what).contains("application/problem+json");
        assertThat(response.<String>path("code")).as(what).isNotBlank();
    }
}
