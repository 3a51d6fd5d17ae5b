package dev.weir.e2e;

import static dev.weir.e2e.PackagingCatalog.CALLS;
import static dev.weir.e2e.PackagingCatalog.CHAT;
import static dev.weir.e2e.PackagingCatalog.CONTEXT;
import static dev.weir.e2e.PackagingCatalog.CREDITS;
import static dev.weir.e2e.PackagingCatalog.EXPORT;
import static dev.weir.e2e.PackagingCatalog.TIER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** The edge cases of packaging, one by one. {@link PackagingTogetherTest} has all of them on one customer. */
@Order(55)
class PackagingTest {
    private static final Duration SOON = Duration.ofSeconds(10);

    private final Api api = Api.demo();

    @BeforeEach
    void catalog() {
        PackagingCatalog.original();
    }

    @Test
    void aGrandfatheredPlanBehavesDifferently() {
        String old = Customers.on("pkg-top");
        grant(old, "10", "PAID", null);

        PackagingCatalog.dearer();
        String young = Customers.on("pkg-top");
        grant(young, "10", "PAID", null);

        int oldVersion = onlySubscription(old).path("version").asInt();
        int youngVersion = onlySubscription(young).path("version").asInt();
        assertThat(youngVersion).isGreaterThan(oldVersion);
        assertThat(version(Customers.entitlement(old, CHAT), "pkg-top")).isEqualTo(oldVersion);
        assertThat(version(Customers.entitlement(young, CHAT), "pkg-top")).isEqualTo(youngVersion);
        // The limit, its enforcement, and the price in credits are those of the version that each one bought.
        limitIs(old, "100");
        limitIs(young, "40");
        Customers.use(old, CALLS, 41);
        Customers.reserve(young, CALLS, 41).isProblem(429, "LIMIT_REACHED");
        assertThat(spendTokens(old, 100)).isEqualTo("1");
        assertThat(spendTokens(young, 100)).isEqualTo("2");
    }

    @Test
    void aTrialOverridesPlanLimits() {
        String customer = Customers.newId("trial");
        Customers.create(customer);
        Answer trialing = Customers.subscribe(customer, "pkg-top", Map.of("trial", true));
        String end = trialing.at("/trial/endsAt").asText();

        assertThat(trialing.text("status")).isEqualTo("TRIALING");
        limitIs(customer, "5000");
        assertThat(Sources.now(customer, CALLS))
                .containsExactly("ANCESTOR pkg-root LOST", "TRIAL pkg-max WON access amount onLimit");
        assertThat(Sources.now(customer, TIER))
                .containsExactly("PLAN pkg-top LOST", "ANCESTOR pkg-root LOST", "TRIAL pkg-max WON access value");
        Answer during = Customers.entitlement(customer, CALLS);
        assertThat(during.at("/sources/1/validTo").asText()).isEqualTo(end);
        Customers.use(customer, CALLS, 150);

        // At the instant, and without anybody doing anything: the plan's own.
        await().atMost(SOON).untilAsserted(() -> limitIs(customer, "100"));
        assertThat(Sources.now(customer, CALLS)).containsExactly("ANCESTOR pkg-root WON access amount onLimit");
        assertThat(Customers.check(customer, TIER).text("value")).isEqualTo("email");
        Customers.reserve(customer, CALLS, 101).isProblem(429, "LIMIT_REACHED");
        Customers.use(customer, CALLS, 100);
        Instant over = Instant.parse(end);
        assertThat(Customers.entitlement(customer, CALLS, over.minusMillis(1).toString())
                        .decimal("/limit/amount"))
                .isEqualByComparingTo("5000");
        assertThat(Customers.entitlement(customer, CALLS, end).decimal("/limit/amount"))
                .isEqualByComparingTo("100");
        api.post("/v1/customers/" + customer + "/subscriptions", Map.of("plan", "pkg-top", "trial", true))
                .isProblem(409, "SUBSCRIPTION_EXISTS");
    }

    @Test
    void promotionalCreditsThatExpireBeforeStandardOnes() {
        String customer = Customers.on("pkg-top");
        Instant now = Instant.now();
        String paid = grant(customer, "10", "PAID", now.plus(300, ChronoUnit.DAYS));
        String later = grant(customer, "3", "PROMOTIONAL", now.plus(300, ChronoUnit.DAYS));
        String soon = grant(customer, "4", "PROMOTIONAL", now.plus(20, ChronoUnit.DAYS));
        String first = grant(customer, "2", "PROMOTIONAL", now.plusSeconds(3));

        // What ends first goes first; at the same end, what was a present goes before what was paid.
        JsonNode spent = settleTokens(customer, 700);
        assertThat(blocks(spent)).containsExactly(first + " 2", soon + " 4", later + " 1");
        assertThat(Customers.available(customer, CREDITS)).isEqualByComparingTo("12");

        String brief = grant(customer, "5", "PROMOTIONAL", Instant.now().plusSeconds(2));
        assertThat(Customers.available(customer, CREDITS)).isEqualByComparingTo("17");
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(Customers.check(customer, CHAT).decimal("/wallets/0/available"))
                        .isEqualByComparingTo("12"));
        assertThat(Customers.available(customer, CREDITS)).isEqualByComparingTo("12");
        JsonNode expired = block(customer, brief);
        assertThat(expired.path("expired").asText()).isIn("5", "0");
        assertThat(expired.path("consumed").asText()).isEqualTo("0");
        assertThat(blocks(settleTokens(customer, 300))).containsExactly(later + " 2", paid + " 1");
    }

    @Test
    void addOnsIncrementCapsInsteadOfReplacingThem() {
        String customer = Customers.newId("addons");
        Customers.create(customer);
        String subscription = Customers.subscribe(
                        customer, "pkg-top", Map.of("addons", List.of(Map.of("addon", "pkg-more", "quantity", 2))))
                .text("id");

        limitIs(customer, "200");
        assertThat(Sources.now(customer, CALLS))
                .containsExactly("ANCESTOR pkg-root WON access amount onLimit", "ADDON pkg-more x2 ADDED");
        Customers.use(customer, CALLS, 150);

        // One that replaces takes part in the base, and the increments come on top of it.
        Customers.change(
                customer,
                subscription,
                Map.of(
                        "when",
                        "NOW",
                        "addons",
                        List.of(
                                Map.of("addon", "pkg-more", "quantity", 1),
                                Map.of("addon", "pkg-instead", "quantity", 1))));
        limitIs(customer, "170");
        assertThat(Sources.now(customer, CALLS))
                .containsExactly(
                        "ANCESTOR pkg-root LOST",
                        "ADDON pkg-instead WON access amount onLimit",
                        "ADDON pkg-more ADDED");
        Customers.use(customer, CALLS, 20);
        Customers.reserve(customer, CALLS, 1).isProblem(429, "LIMIT_REACHED");

        Customers.change(customer, subscription, Map.of("when", "NOW", "addons", List.of()));
        Answer check = Customers.check(customer, CALLS);
        assertThat(check.decimal("/limit/amount")).isEqualByComparingTo("100");
        assertThat(check.decimal("/usage/used")).isEqualByComparingTo("170");
        assertThat(check.decimal("/usage/remaining")).isEqualByComparingTo("0");
    }

    @Test
    void aSecondProductWithOtherPackaging() {
        String customer = Customers.on("pkg-top");
        limitIs(customer, "100");
        String second = Customers.subscribe(customer, "pkg-other").text("id");

        // By component: the amount and the softness of the second product, the larger context of the first.
        Answer calls = Customers.entitlement(customer, CALLS);
        assertThat(calls.decimal("/limit/amount")).isEqualByComparingTo("400");
        assertThat(calls.at("/limit/kind").asText()).isEqualTo("SOFT");
        assertThat(Sources.of(calls))
                .containsExactly("PLAN pkg-other WON access amount onLimit overageCap", "ANCESTOR pkg-root LOST");
        assertThat(Customers.check(customer, CONTEXT).text("value")).isEqualTo("16000");
        assertThat(Sources.now(customer, CONTEXT))
                .containsExactly("PLAN pkg-other LOST", "ANCESTOR pkg-mid WON access value", "ANCESTOR pkg-root LOST");
        assertThat(Customers.check(customer, TIER).text("value")).isEqualTo("dedicated");
        assertThat(Customers.check(customer, EXPORT).at("/allowed").asBoolean()).isTrue();
        Customers.use(customer, CALLS, 410);
        Customers.reserve(customer, CALLS, 1).isProblem(429, "LIMIT_REACHED");

        api.post("/v1/customers/" + customer + "/subscriptions/" + second + "/cancel", Map.of("when", "NOW"))
                .is(200)
                .isVisible();
        assertThat(Sources.now(customer, CALLS)).containsExactly("ANCESTOR pkg-root WON access amount onLimit");
        assertThat(Customers.check(customer, TIER).text("value")).isEqualTo("email");
    }

    @Test
    void aParentPlanInheritedTwoLevelsDeep() {
        String customer = Customers.on("pkg-top");

        assertThat(Sources.now(customer, CALLS)).containsExactly("ANCESTOR pkg-root WON access amount onLimit");
        assertThat(Sources.now(customer, EXPORT)).containsExactly("ANCESTOR pkg-mid WON access");
        assertThat(Sources.now(customer, CONTEXT))
                .containsExactly("ANCESTOR pkg-mid WON access value", "ANCESTOR pkg-root LOST");
        assertThat(Sources.now(customer, TIER))
                .containsExactly("PLAN pkg-top WON access value", "ANCESTOR pkg-root LOST");
        int version = onlySubscription(customer).path("version").asInt();

        // What the grandparent changes makes a new version of the grandchild, for those who come now.
        PackagingCatalog.dearer();
        String younger = Customers.on("pkg-top");
        limitIs(younger, "40");
        assertThat(onlySubscription(younger).path("version").asInt()).isGreaterThan(version);
        limitIs(customer, "100");
    }

    private static void limitIs(String customer, String amount) {
        assertThat(Customers.check(customer, CALLS).decimal("/limit/amount")).isEqualByComparingTo(amount);
    }

    private JsonNode onlySubscription(String customer) {
        return api.get("/v1/customers/" + customer + "/subscriptions").is(200).at("/items/0");
    }

    private static int version(Answer explained, String reference) {
        return StreamSupport.stream(explained.at("/sources").spliterator(), false)
                .filter(source -> source.path("reference").asText().equals(reference))
                .mapToInt(source -> source.path("version").asInt())
                .findFirst()
                .orElseThrow();
    }

    /** The id of a new block of credits. */
    private String grant(String customer, String amount, String category, @Nullable Instant expiresAt) {
        Map<String, Object> body = new TreeMap<>(Map.of("unit", CREDITS, "amount", amount, "category", category));
        if (expiresAt != null) {
            body.put("expiresAt", expiresAt.toString());
        }
        return api.post("/v1/customers/" + customer + "/grants", body).is(201).text("id");
    }

    private String spendTokens(String customer, int tokens) {
        return settleTokens(customer, tokens).path("amount").asText();
    }

    private JsonNode settleTokens(String customer, int tokens) {
        Map<String, Object> dimensions = Map.of("tokens", tokens);
        String id = api.post(
                        "/v1/reservations", Map.of("customer", customer, "feature", CHAT, "dimensions", dimensions))
                .is(201)
                .text("id");
        return api.post("/v1/reservations/" + id + "/settle", Map.of("dimensions", dimensions))
                .is(200)
                .at("/spent/0");
    }

    private static List<String> blocks(JsonNode spent) {
        return StreamSupport.stream(spent.path("blocks").spliterator(), false)
                .map(part ->
                        part.path("block").asText() + " " + part.path("amount").asText())
                .toList();
    }

    private static JsonNode block(String customer, String id) {
        JsonNode blocks = Customers.wallet(customer, CREDITS).is(200).at("/blocks");
        return StreamSupport.stream(blocks.spliterator(), false)
                .filter(block -> block.path("id").asText().equals(id))
                .findFirst()
                .orElseThrow();
    }
}
