package dev.weir.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The catalog, the customers and their credits. What is there already from an earlier run stays. */
final class Setup {
    private final Api api;
    private final Options options;

    Setup(Api api, Options options) {
        this.api = api;
        this.options = options;
    }

    void run(List<Customer> customers, List<Request> requests) throws IOException {
        boolean firstRun = api.get("/v1/customers/" + Customer.GRANDFATHERED).status() == 404;
        if (firstRun) {
            // The first version of pro is a little different; Heron Labs subscribes to it and stays on it.
            apply("catalog-before.yaml");
            customers.stream().filter(customer -> customer.version() != null).forEach(this::create);
        }
        apply("catalog.yaml");
        customers.stream().filter(customer -> customer.version() == null).forEach(this::create);
        promote();
        grant(customers, requests);
    }

    private void apply(String file) throws IOException {
        Path document = options.catalogs().resolve(file);
        JsonNode applied =
                api.putYaml("/v1/catalog", Files.readString(document)).require("the catalog " + file);
        Out.line(
                "catalog     %s is in force as version %s",
                file, applied.path("version").asText());
    }

    private void create(Customer customer) {
        api.put(
                        "/v1/customers/" + customer.id(),
                        Map.of(
                                "name",
                                customer.name(),
                                "timeZone",
                                "Europe/Amsterdam",
                                "country",
                                "NL",
                                "currency",
                                "USD"),
                        null)
                .require("customer " + customer.id());
        Map<String, Object> subscription = new LinkedHashMap<>();
        subscription.put("plan", customer.plan());
        if (customer.trial()) {
            subscription.put("trial", true);
        }
        if (!customer.addons().isEmpty()) {
            subscription.put(
                    "addons",
                    customer.addons().entrySet().stream()
                            .map(entry -> Map.of("addon", entry.getKey(), "quantity", entry.getValue()))
                            .toList());
        }
        Api.Answer answer = api.post(
                "/v1/customers/" + customer.id() + "/subscriptions", subscription, "subscribe-" + customer.id());
        if (!answer.ok() && !"SUBSCRIPTION_EXISTS".equals(answer.code())) {
            answer.require("the subscription of " + customer.id());
        }
        Out.line("customer    %-15s %s", customer.id(), customer.story());
    }

    private void promote() {
        api.post(
                        "/v1/customers/" + Customer.PROMOTED + "/promotions",
                        Map.of(
                                "feature", "api-calls",
                                "entitlement", Map.of("limit", 2500, "every", "P1M", "effect", "INCREMENT"),
                                "reason", "autumn campaign"),
                        "promotion-autumn")
                .require("the promotion of " + Customer.PROMOTED);
    }

    /** Credits by the size of the trace, anew for each run. */
    private void grant(List<Customer> customers, List<Request> requests) {
        for (Customer customer : customers) {
            Integer percent = customer.budgetPercent();
            if (percent == null) {
                continue;
            }
            BigDecimal need = requests.stream()
                    .filter(request -> request.customer().equals(customer))
                    .map(Request::estimate)
                    .reduce(BigDecimal.ZERO, BigDecimal::add)
                    .multiply(BigDecimal.valueOf(percent))
                    .movePointLeft(2)
                    .setScale(0, RoundingMode.UP);
            if (need.signum() == 0) {
                continue;
            }
            boolean promoted = customer.id().equals(Customer.PROMOTED);
            BigDecimal promotional =
                    promoted ? need.divide(BigDecimal.valueOf(3), 0, RoundingMode.UP) : BigDecimal.ZERO;
            if (promoted) {
                Map<String, Object> grant =
                        credits(promotional, "PROMOTIONAL", "welcome credits of " + options.runId());
                grant.put(
                        "expiresAt",
                        Instant.now()
                                .plus(30, ChronoUnit.DAYS)
                                .truncatedTo(ChronoUnit.DAYS)
                                .toString());
                post(customer, grant, "promotional");
            }
            Map<String, Object> paid = credits(need.subtract(promotional), "PAID", "credits of " + options.runId());
            paid.put(
                    "cost",
                    Map.of(
                            "amount",
                            need.subtract(promotional)
                                    .multiply(new BigDecimal("0.02"))
                                    .setScale(2, RoundingMode.HALF_UP)
                                    .toPlainString(),
                            "currency",
                            "USD"));
            post(customer, paid, "paid");
            Out.line("granted     %-15s %s credits", customer.id(), need.toPlainString());
        }
    }

    private static Map<String, Object> credits(BigDecimal amount, String category, String reason) {
        Map<String, Object> grant = new LinkedHashMap<>();
        grant.put("unit", "ai-credits");
        grant.put("amount", amount.toPlainString());
        grant.put("category", category);
        grant.put("reason", reason);
        return grant;
    }

    private void post(Customer customer, Map<String, Object> grant, String kind) {
        String key = options.runId() + "-grant-" + customer.id() + "-" + kind;
        Api.Answer answer = api.post("/v1/customers/" + customer.id() + "/grants", grant, key);
        // The same run again computes another expiry on another day; the grant is there already.
        if (!"IDEMPOTENCY_KEY_REUSED".equals(answer.code())) {
            answer.require("the grant to " + customer.id());
        }
    }
}
