package dev.weir.bench.resolve;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.catalog.contract.AddonVersion;
import dev.weir.catalog.contract.PlanVersion;
import dev.weir.entitlement.contract.Bodies;
import dev.weir.entitlement.contract.CustomerSnapshot;
import dev.weir.platform.kernel.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/**
 * A customer with 60 features and 12 sources: three subscriptions of a plan with a parent each, an add-on to each, two
 * promotions and an override. The plans, their parents and the add-ons name every feature.
 */
final class RichCustomer implements Bodies {
    static final int FEATURES = 60;
    static final int SOURCES = 12;
    static final Instant NOW = Instant.parse("2026-06-10T12:00:00Z");
    private static final Instant START = Instant.parse("2026-01-31T08:00:00Z");
    private static final List<String> TIERS = List.of("community", "email", "dedicated");
    private static final ObjectMapper READER =
            Json.lenientMapper().copy().disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES);

    private final Map<String, PlanVersion> plans = new HashMap<>();
    private final Map<String, AddonVersion> addons = new HashMap<>();
    private final List<Object> subscriptions = new ArrayList<>();

    RichCustomer() {
        Map<String, Object> features = new LinkedHashMap<>();
        for (int i = 0; i < FEATURES; i++) {
            features.put(key(i), feature(i));
        }
        for (int n = 1; n <= 3; n++) {
            String plan = "plan-" + n;
            plans.put(
                    plan,
                    read(
                            Map.of(
                                    "plan",
                                    plan,
                                    "version",
                                    n,
                                    "hash",
                                    plan,
                                    "product",
                                    "product-" + n,
                                    "layers",
                                    List.of(
                                            Map.of(
                                                    "plan",
                                                    plan,
                                                    "version",
                                                    n,
                                                    "entitlements",
                                                    entitlements(n + 1, false)),
                                            Map.of(
                                                    "plan",
                                                    "parent-" + n,
                                                    "version",
                                                    1,
                                                    "entitlements",
                                                    entitlements(n, false))),
                                    "features",
                                    features),
                            PlanVersion.class));
            String addon = "addon-" + n;
            addons.put(
                    addon,
                    read(
                            Map.of(
                                    "addon",
                                    addon,
                                    "version",
                                    1,
                                    "hash",
                                    addon,
                                    "product",
                                    "product-" + n,
                                    "entitlements",
                                    entitlements(1, true),
                                    "features",
                                    features),
                            AddonVersion.class));
            subscriptions.add(Map.of(
                    "id",
                    new UUID(n, n),
                    "product",
                    "product-" + n,
                    "anchor",
                    START,
                    "phases",
                    List.of(Map.of(
                            "from",
                            START,
                            "planHash",
                            plan,
                            "addons",
                            List.of(Map.of("addonHash", addon, "quantity", n))))));
        }
    }

    /** Its snapshot while its promotion gives so much. */
    CustomerSnapshot snapshot(long version, int promoted) {
        return read(
                Map.of(
                        "customer",
                        "acme",
                        "root",
                        "acme",
                        "version",
                        version,
                        "timeZone",
                        "Europe/Berlin",
                        "createdAt",
                        START,
                        "asOf",
                        NOW,
                        "subscriptions",
                        subscriptions,
                        "allowances",
                        List.of(
                                allowance(1, "PROMOTION", 0, String.valueOf(promoted)),
                                allowance(2, "PROMOTION", 1, "70000"),
                                allowance(3, "OVERRIDE", 2, "60000"))),
                CustomerSnapshot.class);
    }

    @Override
    public PlanVersion plan(String hash) {
        return Objects.requireNonNull(plans.get(hash), hash);
    }

    @Override
    public AddonVersion addon(String hash) {
        return Objects.requireNonNull(addons.get(hash), hash);
    }

    private static Map<String, Object> allowance(int id, String kind, int feature, String limit) {
        return Map.of(
                "id",
                new UUID(0, id),
                "kind",
                kind,
                "feature",
                key(feature),
                "definition",
                feature(feature),
                "entitlement",
                Map.of("feature", key(feature), "limit", limit, "every", "P1M"),
                "from",
                START);
    }

    private static Map<String, Object> entitlements(int factor, boolean addon) {
        Map<String, Object> entitlements = new LinkedHashMap<>();
        for (int i = 0; i < FEATURES; i++) {
            Map<String, Object> says = new LinkedHashMap<>();
            says.put("feature", key(i));
            switch (i % 6) {
                case 4 -> says.put("value", i % 12 == 4 ? String.valueOf(1_000 * factor) : TIERS.get(factor % 3));
                case 5 -> says.put("onLimit", factor > 2 ? "SOFT" : "HARD");
                default -> {
                    says.put("limit", String.valueOf(1_000 * factor));
                    says.put("every", i % 12 == 3 ? "P1D" : "P1M");
                    says.put("onLimit", factor > 3 ? "SOFT" : "HARD");
                    says.put("effect", addon ? "INCREMENT" : null);
                }
            }
            entitlements.put(key(i), says);
        }
        return entitlements;
    }

    private static Map<String, Object> feature(int i) {
        Map<String, Object> feature = new LinkedHashMap<>();
        feature.put("key", key(i));
        feature.put("hash", "hash-" + i);
        switch (i % 6) {
            case 4 -> {
                feature.put("type", "CONFIG");
                feature.put("valueType", i % 12 == 4 ? "NUMBER" : "ENUM");
                feature.put("values", i % 12 == 4 ? List.of() : TIERS);
            }
            case 5 -> {
                feature.put("type", "CREDIT");
                feature.put("creditUnit", "ai-credits");
                feature.put("eventType", "llm.completion");
                feature.put("rates", List.of(Map.of("match", Map.of(), "per", Map.of("tokens", "0.001"))));
            }
            default -> {
                feature.put("type", "METERED");
                feature.put("meter", Map.of("key", key(i), "eventType", key(i) + ".used", "aggregation", "COUNT"));
            }
        }
        return feature;
    }

    private static String key(int i) {
        return "feature-" + i;
    }

    private static <T> T read(Map<String, Object> text, Class<T> type) {
        return READER.convertValue(text, type);
    }
}
