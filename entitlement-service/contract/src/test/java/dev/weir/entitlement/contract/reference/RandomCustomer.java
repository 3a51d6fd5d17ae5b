package dev.weir.entitlement.contract.reference;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.catalog.contract.AddonVersion;
import dev.weir.catalog.contract.PlanVersion;
import dev.weir.entitlement.contract.Bodies;
import dev.weir.entitlement.contract.CustomerSnapshot;
import dev.weir.platform.kernel.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A random customer and the catalog it needs: several products, plans that inherit up to three levels deep, trials, add-ons,
 * resources, pauses, changes that keep or reset usage, promotions, overrides and revokes, in many zones. All of it is written
 * as JSON and read as the contract's records, as from the wire.
 */
final class RandomCustomer implements Bodies {
    static final Instant START = Instant.parse("2026-01-31T02:30:00Z");
    static final Duration SPAN = Duration.ofDays(400);
    static final List<String> ZONES = List.of(
            "America/New_York",
            "Europe/Berlin",
            "Australia/Lord_Howe",
            "Asia/Kathmandu",
            "America/Santiago",
            "Africa/Casablanca",
            "UTC");
    private static final ObjectMapper READER =
            Json.lenientMapper().copy().disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES);
    private static final List<String> TIERS = List.of("community", "email", "phone", "dedicated");
    private static final Map<String, Map<String, Object>> FEATURES = features();

    private final Random random;
    private final Map<String, PlanVersion> plans = new HashMap<>();
    private final Map<String, AddonVersion> addons = new HashMap<>();
    private final CustomerSnapshot snapshot;
    private int made;

    RandomCustomer(Random random) {
        this.random = random;
        List<Object> subscriptions = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            subscriptions.add(subscription());
        }
        List<Object> allowances = new ArrayList<>();
        for (int i = random.nextInt(5); i > 0; i--) {
            allowances.add(allowance());
        }
        Map<String, Object> text = new LinkedHashMap<>();
        text.put("customer", "acme");
        text.put("root", "acme");
        text.put("version", 1);
        text.put("timeZone", ZONES.get(random.nextInt(ZONES.size())));
        text.put("createdAt", START);
        text.put("asOf", START);
        text.put("subscriptions", subscriptions);
        text.put("allowances", allowances);
        this.snapshot = read(text, CustomerSnapshot.class);
    }

    CustomerSnapshot snapshot() {
        return snapshot;
    }

    /** An instant of the customer's time; often one at which something begins or ends. */
    Instant instant() {
        List<Instant> edges = new ArrayList<>();
        snapshot.subscriptions().forEach(part -> part.phases().forEach(phase -> edges.add(phase.from())));
        snapshot.allowances().forEach(part -> edges.add(part.from()));
        if (!edges.isEmpty() && random.nextInt(3) == 0) {
            return edges.get(random.nextInt(edges.size())).minusNanos(random.nextInt(2) * 1000L);
        }
        return START.plusSeconds(random.nextLong(SPAN.toSeconds()));
    }

    @Override
    public PlanVersion plan(String hash) {
        return Objects.requireNonNull(plans.get(hash), hash);
    }

    @Override
    public AddonVersion addon(String hash) {
        return Objects.requireNonNull(addons.get(hash), hash);
    }

    private Map<String, Object> subscription() {
        Instant from = START.plus(Duration.ofHours(random.nextInt(2000)));
        List<Object> phases = new ArrayList<>();
        Instant at = from;
        int count = 1 + random.nextInt(4);
        for (int i = 0; i < count; i++) {
            Instant to = at.plus(Duration.ofHours(1 + random.nextInt(2500)));
            Map<String, Object> phase = new LinkedHashMap<>();
            phase.put("from", at);
            phase.put("to", i == count - 1 && random.nextBoolean() ? null : to);
            phase.put("planHash", plan());
            phase.put("trialPlanHash", random.nextInt(4) == 0 ? plan() : null);
            phase.put("addons", held());
            phase.put("usage", random.nextInt(4) == 0 ? "RESET" : "KEEP");
            phases.add(phase);
            at = random.nextInt(3) == 0 ? to.plus(Duration.ofHours(random.nextInt(500))) : to;
        }
        Map<String, Object> text = new LinkedHashMap<>();
        text.put("id", id());
        text.put("product", "product-" + random.nextInt(3));
        text.put("resource", random.nextInt(5) == 0 ? "site" : null);
        text.put("anchor", random.nextInt(3) == 0 ? from.minus(Duration.ofHours(random.nextInt(3000))) : from);
        text.put("phases", phases);
        return text;
    }

    private List<Object> held() {
        List<Object> held = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            Map<String, Object> addon = new LinkedHashMap<>();
            String key = "addon-" + ++made;
            addon.put("addon", key);
            addon.put("version", 1 + random.nextInt(3));
            addon.put("hash", key);
            addon.put("product", "product");
            addon.put("entitlements", entitlements(true));
            addon.put("features", FEATURES);
            addons.put(key, read(addon, AddonVersion.class));
            held.add(Map.of("addonHash", key, "quantity", random.nextInt(4)));
        }
        return held;
    }

    /** A new plan, or one made before. */
    private String plan() {
        if (!plans.isEmpty() && random.nextInt(3) == 0) {
            return new ArrayList<>(plans.keySet()).stream().sorted().toList().get(random.nextInt(plans.size()));
        }
        String key = "plan-" + ++made;
        List<Object> layers = new ArrayList<>();
        for (int depth = random.nextInt(4); depth >= 0; depth--) {
            layers.add(Map.of(
                    "plan",
                    layers.isEmpty() ? key : key + "-parent-" + depth,
                    "version",
                    1 + random.nextInt(4),
                    "entitlements",
                    entitlements(false)));
        }
        Map<String, Object> text = new LinkedHashMap<>();
        text.put("plan", key);
        text.put("version", 1 + random.nextInt(4));
        text.put("hash", key);
        text.put("product", "product");
        text.put("layers", layers);
        text.put("features", FEATURES);
        PlanVersion plan = read(text, PlanVersion.class);
        plans.put(key, plan);
        return key;
    }

    private Map<String, Object> allowance() {
        String feature = feature();
        boolean revoke = random.nextInt(12) == 0;
        Instant from = START.plus(Duration.ofHours(random.nextInt(6000)));
        Map<String, Object> text = new LinkedHashMap<>();
        text.put("id", id());
        text.put("kind", revoke || random.nextBoolean() ? "OVERRIDE" : "PROMOTION");
        text.put("feature", feature);
        text.put("definition", FEATURES.get(feature));
        text.put("entitlement", revoke ? null : entitlement(feature, true));
        text.put("revoke", revoke);
        text.put("from", from);
        text.put("to", random.nextBoolean() ? null : from.plus(Duration.ofHours(1 + random.nextInt(4000))));
        return text;
    }

    private Map<String, Object> entitlements(boolean mayIncrement) {
        Map<String, Object> entitlements = new LinkedHashMap<>();
        for (int i = random.nextInt(5); i >= 0; i--) {
            String feature = feature();
            entitlements.put(feature, entitlement(feature, mayIncrement));
        }
        return entitlements;
    }

    private Map<String, Object> entitlement(String feature, boolean mayIncrement) {
        Map<String, Object> text = new LinkedHashMap<>();
        text.put("feature", feature);
        text.put("effect", mayIncrement && random.nextBoolean() ? pick("INCREMENT", "OVERRIDE") : null);
        text.put("onChange", random.nextInt(4) == 0 ? "RESET" : "KEEP");
        switch (feature) {
            case "calls", "seats", "tokens" -> {
                boolean level = feature.equals("seats");
                text.put("limit", random.nextInt(15) == 0 ? null : String.valueOf(random.nextInt(6) * 100));
                text.put(
                        "every",
                        level ? null : pick("P1M", "P1M", "P1M", "P12M", "P1Y", "P1D", "PT24H", "P1W", "PT1H", null));
                text.put("onLimit", pick("HARD", "SOFT", null, null));
                text.put("overageCap", random.nextInt(3) == 0 ? String.valueOf(random.nextInt(4) * 10) : null);
                text.put(
                        "then", random.nextInt(4) == 0 ? Map.of("unit", "ai-credits", "per", random.nextInt(9)) : null);
            }
            case "context", "latency" -> text.put("value", pick("1000", "8000", "8000.0", "32000", "128000"));
            case "tier" -> text.put("value", TIERS.get(random.nextInt(TIERS.size())));
            case "motto" -> text.put("value", "motto-" + random.nextInt(5));
            case "chat" -> {
                text.put("onLimit", pick("HARD", "SOFT", null));
                text.put("rates", random.nextBoolean() ? List.of() : List.of(rate(random.nextInt(5))));
            }
            default -> {}
        }
        return text;
    }

    private String feature() {
        return Objects.requireNonNull(pick(
                "calls", "calls", "calls", "tokens", "seats", "context", "latency", "tier", "motto", "sso", "chat"));
    }

    private @Nullable String pick(@Nullable String... from) {
        return from[random.nextInt(from.length)];
    }

    /** Ids count up with time, as the product's do. */
    private UUID id() {
        return new UUID(++made, 7);
    }

    private static Map<String, Object> rate(int perToken) {
        return Map.of("match", Map.of(), "per", Map.of("outputTokens", perToken));
    }

    private static Map<String, Map<String, Object>> features() {
        Map<String, Map<String, Object>> features = new LinkedHashMap<>();
        metered(features, "calls", "COUNTING");
        metered(features, "tokens", "COUNTING");
        metered(features, "seats", "LEVEL");
        define(features, "context", Map.of("type", "CONFIG", "valueType", "NUMBER"));
        define(features, "latency", Map.of("type", "CONFIG", "valueType", "NUMBER", "better", "LOWER"));
        define(features, "tier", Map.of("type", "CONFIG", "valueType", "ENUM", "values", TIERS));
        define(features, "motto", Map.of("type", "CONFIG", "valueType", "TEXT"));
        define(features, "sso", Map.of("type", "BOOLEAN"));
        define(
                features,
                "chat",
                Map.of(
                        "type",
                        "CREDIT",
                        "creditUnit",
                        "ai-credits",
                        "eventType",
                        "llm.completion",
                        "rates",
                        List.of(rate(9))));
        return features;
    }

    private static void metered(Map<String, Map<String, Object>> features, String key, String mode) {
        define(
                features,
                key,
                Map.of(
                        "type",
                        "METERED",
                        "mode",
                        mode,
                        "unit",
                        key,
                        "meter",
                        Map.of("key", key, "eventType", key + ".used", "aggregation", "COUNT")));
    }

    private static void define(Map<String, Map<String, Object>> features, String key, Map<String, Object> what) {
        Map<String, Object> definition = new LinkedHashMap<>(what);
        definition.put("key", key);
        definition.put("hash", "hash-" + key);
        definition.put("scale", 0);
        features.put(key, definition);
    }

    private static <T> T read(Map<String, Object> text, Class<T> type) {
        return READER.convertValue(text, type);
    }
}
