package dev.weir.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import dev.weir.gateway.StubServices.Reply;
import dev.weir.ledger.contract.CustomerApplied;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@WithTestResource(StubServices.class)
class CheckEdgeTest extends EdgeTest {

    @Test
    void answersFromMemoryOnceACustomerIsLoaded() {
        String customer = someone();
        exists(customer, 3, 10);

        check(customer, "api-calls")
                .body("allowed", equalTo(true))
                .body("reason", nullValue())
                .body("limit.amount", equalTo("10"))
                .body("usage.remaining", equalTo("10"))
                .body("snapshotVersion", equalTo(3))
                .body("stale", equalTo(false));
        check(customer, "chat").body("wallets[0].available", equalTo("10"));
        check(customer, "audit").body("reason", equalTo("NOT_ENTITLED"));
        check(customer, "nope").body("reason", equalTo("UNKNOWN_FEATURE"));

        assertThat(services.received("GET", internal(customer, "snapshot"))).hasSize(1);
        assertThat(services.received("GET", internal(customer, "wallets"))).hasSize(1);
    }

    @Test
    void priceOfDimensionsIsCovered() {
        String customer = someone();
        exists(customer, 1, 10);

        as("product")
                .body(Map.of("customer", customer, "feature", "chat", "dimensions", Map.of("tokens", 21)))
                .post("/v1/check")
                .then()
                .body("reason", equalTo("INSUFFICIENT_CREDIT"))
                .body("wallets[0].cost", equalTo("10.5"))
                .body("remedy.shortBy", equalTo("0.5"));
    }

    @Test
    void anUnknownCustomerIsKnownAssoonAsItExists() {
        String customer = someone();

        check(customer, "sso").body("allowed", equalTo(false)).body("reason", equalTo("UNKNOWN_CUSTOMER"));
        exists(customer, 1, 0);
        tell("entitlement.customer-snapshot.v1.00", customer, SampleData.snapshot(customer, 1, true));
        check(customer, "sso").body("allowed", equalTo(true));
    }

    @Test
    void eventsKeepACustomerCurrentWhateverTheirOrder() {
        String customer = someone();
        exists(customer, 2, 10);
        check(customer, "chat").body("wallets[0].available", equalTo("10"));

        tell("ledger.wallet.v1.00", "w", SampleData.credits(customer, 5, 3));
        tell("ledger.wallet.v1.00", "w", SampleData.credits(customer, 4, 8));
        tell("entitlement.customer-snapshot.v1.00", customer, SampleData.snapshot(customer, 1, false));

        check(customer, "chat").body("wallets[0].available", equalTo("3")).body("snapshotVersion", equalTo(2));
        tell("entitlement.customer-snapshot.v1.00", customer, SampleData.snapshot(customer, 3, false));
        check(customer, "chat").body("reason", equalTo("NO_SUBSCRIPTION")).body("snapshotVersion", equalTo(3));
    }

    @Test
    void aChildSeesItsRootsWalletAndEveryChangeOfIt() {
        String root = someone();
        String child = someone();
        exists(root, 1, 10);
        services.on("GET", internal(child, "snapshot"), Reply.json(200, SampleData.child(child, root)));
        services.on("GET", internal(child, "wallets"), Reply.json(200, List.of()));
        check(child, "chat").body("wallets[0].available", equalTo("10"));

        tell("ledger.wallet.v1.00", "w", SampleData.credits(root, 2, 4));

        check(child, "chat").body("wallets[0].available", equalTo("4"));
    }

    @Test
    void whatANewSnapshotGivesIsReadOnceTheLedgerWorksByIt() {
        String customer = someone();
        exists(customer, 1, 10);
        check(customer, "chat").body("wallets[0].available", equalTo("10"));
        services.on(
                "GET", internal(customer, "wallets"), Reply.json(200, List.of(SampleData.credits(customer, 2, 30))));

        tell("ledger.customer-applied.v1.00", customer, new CustomerApplied(customer, 2));

        await().untilAsserted(() -> check(customer, "chat").body("wallets[0].available", equalTo("30")));
    }

    @Test
    void eventsOfOthersLoadNothing() {
        String customer = someone();

        tell("ledger.wallet.v1.00", "w", SampleData.credits(customer, 5, 3));
        tell("entitlement.customer-snapshot.v1.00", customer, SampleData.snapshot(customer, 1, true));

        assertThat(cache.holds(customer)).isFalse();
        assertThat(services.received("GET", internal(customer, "snapshot"))).isEmpty();
    }

    @Test
    void anEventThatComesDuringTheLoadIsNotLost() {
        String customer = someone();
        exists(customer, 1, 10);
        services.on("GET", internal(customer, "wallets"), _ -> {
            Reply before = Reply.json(200, List.of(SampleData.credits(customer, 1, 10)));
            tell("ledger.wallet.v1.00", "w", SampleData.credits(customer, 2, 4));
            return before;
        });

        check(customer, "chat").body("wallets[0].available", equalTo("4"));
    }

    @Test
    void aSlowLoadFallsBackAndGoesOn() {
        String customer = someone();
        exists(customer, 1, 10);
        services.on(
                "GET",
                internal(customer, "snapshot"),
                Reply.json(200, SampleData.snapshot(customer, 1, true)).late(Duration.ofSeconds(6)));
        Instant before = Instant.now();

        check(customer, "chat")
                .body("allowed", equalTo(false))
                .body("reason", equalTo("LEASE_UNAVAILABLE"))
                .body("stale", equalTo(true));
        check(customer, "sso").body("allowed", equalTo(true)).body("stale", equalTo(true));

        assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(6));
        await().atMost(Duration.ofSeconds(15))
                .untilAsserted(() -> assertThat(cache.lastKnown(customer)).isNotNull());
        check(customer, "chat").body("allowed", equalTo(true)).body("stale", equalTo(false));
        assertThat(services.received("GET", internal(customer, "snapshot"))).hasSize(1);
    }

    @Test
    void whatWasHeldIsDroppedWhenEventsMayHaveBeenMissed() {
        String customer = someone();
        exists(customer, 1, 10);
        check(customer, "chat").body("wallets[0].available", equalTo("10"));
        exists(customer, 1, 7);

        cache.fed(true);

        check(customer, "chat").body("wallets[0].available", equalTo("7"));
    }

    @Test
    void whileNoEventsArriveACustomerIsGoodForAMomentOnly() {
        String customer = someone();
        exists(customer, 1, 10);
        cache.fed(false);
        check(customer, "chat").body("wallets[0].available", equalTo("10"));
        exists(customer, 1, 7);

        await().atMost(Duration.ofSeconds(3))
                .untilAsserted(() -> check(customer, "chat").body("wallets[0].available", equalTo("7")));
    }

    @Test
    void aReservationsWalletsAreInTheCacheBeforeItsAnswerIsOut() {
        String customer = someone();
        exists(customer, 1, 10);
        check(customer, "chat").body("wallets[0].available", equalTo("10"));
        services.on("POST", "/v1/reservations", withWallets(201, "{\"id\":\"r1\",\"state\":\"HELD\"}", customer, 2, 6));

        as("product")
                .body("{}")
                .post("/v1/reservations")
                .then()
                .statusCode(201)
                .contentType("application/json")
                .header("X-Kept", "yes")
                .body("id", equalTo("r1"))
                .body("wallets", nullValue());

        check(customer, "chat").body("wallets[0].available", equalTo("6"));
        assertThat(services.received("POST", "/v1/reservations").getFirst().headers())
                .containsEntry("accept", "application/vnd.weir.wallets+json");
    }

    @Test
    void aRefusedReservationStaysAProblem() {
        String customer = someone();
        exists(customer, 1, 10);
        check(customer, "chat");
        services.on(
                "POST",
                "/v1/reservations",
                withWallets(402, "{\"code\":\"INSUFFICIENT_CREDIT\",\"status\":402}", customer, 2, 0));

        as("product")
                .body("{}")
                .post("/v1/reservations")
                .then()
                .statusCode(402)
                .contentType("application/problem+json")
                .body("code", equalTo("INSUFFICIENT_CREDIT"));

        check(customer, "chat").body("reason", equalTo("INSUFFICIENT_CREDIT"));
    }

    @Test
    void describesEntitlementsAndExplainsThem() {
        String customer = someone();
        exists(customer, 4, 10);

        as("operator")
                .get("/v1/customers/{c}/entitlements", customer)
                .then()
                .statusCode(200)
                .body("items.feature", hasItem("api-calls"))
                .body("wallets[0].available", equalTo("10"))
                .body("next", nullValue());
        as("product")
                .get("/v1/customers/{c}/entitlements/api-calls?explain=true", customer)
                .then()
                .statusCode(200)
                .body("limit.amount", equalTo("10"))
                .body("sources[0].kind", equalTo("PLAN"))
                .body("sources[0].outcome", equalTo("WON"));
        as("product")
                .get("/v1/customers/{c}/entitlements/audit", customer)
                .then()
                .body("granted", equalTo(false));
        as("product")
                .get("/v1/customers/{c}/entitlements/nope", customer)
                .then()
                .statusCode(404)
                .body("code", equalTo("UNKNOWN_FEATURE"));
        as("product")
                .get("/v1/customers/{c}/entitlements", someone())
                .then()
                .statusCode(404)
                .body("code", equalTo("UNKNOWN_CUSTOMER"));
        as("product")
                .get("/v1/customers/{c}/entitlements?asOf=yesterday", customer)
                .then()
                .statusCode(400)
                .body("code", equalTo("INVALID_VALUE"));
    }

    @Test
    void entitlementsAreListedByPagesAndByKind() {
        String customer = someone();
        exists(customer, 4, 10);

        String next = as("operator")
                .get("/v1/customers/{c}/entitlements?limit=1", customer)
                .then()
                .statusCode(200)
                .body("items", hasSize(1))
                .extract()
                .path("next");
        as("operator")
                .get("/v1/customers/{c}/entitlements?limit=500&after={n}", customer, next)
                .then()
                .statusCode(200)
                .body("items", not(empty()))
                .body("next", nullValue());
        as("operator")
                .get("/v1/customers/{c}/entitlements?type=METERED&granted=true", customer)
                .then()
                .statusCode(200)
                .body("items.type", everyItem(equalTo("METERED")));
        as("operator")
                .get("/v1/customers/{c}/entitlements?type=NONE", customer)
                .then()
                .statusCode(400)
                .body("errors[0].field", equalTo("type"));
        as("operator")
                .get("/v1/customers/{c}/entitlements?limit=1&after=nonsense", customer)
                .then()
                .statusCode(400)
                .body("code", equalTo("INVALID_CURSOR"));
    }

    @Test
    void anotherInstantIsReadFromTheWholeTimeline() {
        String customer = someone();
        exists(customer, 4, 10);

        as("product")
                .get("/v1/customers/{c}/entitlements/api-calls?asOf=2026-08-01T00:00:00Z&explain=true", customer)
                .then()
                .statusCode(200)
                .body("asOf", equalTo("2026-08-01T00:00:00Z"))
                .body("usage", nullValue());
        as("product")
                .get("/v1/customers/{c}/entitlements?asOf=2003-08-01T00:00:00Z", customer)
                .then()
                .statusCode(200)
                .body("items", empty());
        as("product")
                .get("/v1/customers/{c}/entitlements?asOf=2003-08-01T00:00:00Z", someone())
                .then()
                .statusCode(404);
        as("product")
                .get("/v1/customers/{c}/entitlements?asOf=1999-08-01T00:00:00Z", customer)
                .then()
                .statusCode(400);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"feature\":\"sso\"}|REQUIRED",
                "{\"customer\":\"a\"}|REQUIRED",
                "{\"customer\":\"-\",\"feature\":\"sso\"}|INVALID_KEY",
                "{\"customer\":\"a\",\"feature\":\"api-calls\",\"quantity\":-1}|INVALID_QUANTITY",
                "{\"customer\":\"a\",\"feature\":\"api-calls\",\"quantity\":\"much\"}|INVALID_QUANTITY",
                "{\"customer\":\"a\",\"feature\":\"sso\",\"nonsense\":1}|UNKNOWN_FIELD",
                "{\"customer\":|MALFORMED_BODY",
            })
    void refusesBadInput(String body, String code) {
        as("product")
                .body(body)
                .post("/v1/check")
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("code", equalTo(code));
    }

    @Test
    void theYardstickTakesWhatACheckTakes() {
        as("product")
                .body(Map.of("customer", "a", "feature", "sso"))
                .post("/v1/bench/constant")
                .then()
                .statusCode(200)
                .body("allowed", equalTo(true));
    }

    private static Reply withWallets(int status, String answer, String customer, long seq, long available) {
        try {
            String wallets = dev.weir.platform.kernel.Json.mapper()
                    .writeValueAsString(List.of(SampleData.credits(customer, seq, available)));
            return Reply.json(status, "{\"answer\":" + answer + ",\"wallets\":" + wallets + "}")
                    .with("Content-Type", "application/vnd.weir.wallets+json")
                    .with("X-Kept", "yes");
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
