package dev.weir.bench.rollout;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The catalog of the run, as its events tell it: one plan in two versions, with a parent, twenty features and monthly credits. */
final class Offer {
    static final String PRODUCT = "assistant";
    static final String PLAN = "pro";
    private static final int FEATURES = 20;

    private Offer() {}

    static String hash(int version) {
        return PLAN + "-" + version;
    }

    static Map<String, Object> plan(int version) {
        Map<String, Object> entitlements = new LinkedHashMap<>();
        features()
                .keySet()
                .forEach(feature -> entitlements.put(
                        feature,
                        Map.of(
                                "feature",
                                feature,
                                "limit",
                                String.valueOf(1_000 * version),
                                "every",
                                "P1M",
                                "onChange",
                                "KEEP")));
        Map<String, Object> plan = new LinkedHashMap<>();
        plan.put("plan", PLAN);
        plan.put("version", version);
        plan.put("hash", hash(version));
        plan.put("product", PRODUCT);
        plan.put(
                "layers",
                List.of(
                        Map.of("plan", PLAN, "version", version, "entitlements", entitlements),
                        Map.of("plan", "base", "version", 1, "entitlements", entitlements)));
        plan.put("features", features());
        plan.put("creditUnits", units());
        plan.put(
                "credits",
                List.of(Map.of(
                        "key",
                        "monthly",
                        "unit",
                        "ai-credits",
                        "amount",
                        "1000",
                        "every",
                        "P1M",
                        "once",
                        false,
                        "category",
                        "PAID",
                        "priority",
                        50)));
        return plan;
    }

    static Map<String, Object> inForce(int version) {
        Map<String, Object> catalog = new LinkedHashMap<>();
        catalog.put("version", version);
        catalog.put("publishedAt", "2026-01-01T00:00:00Z");
        catalog.put("rollout", version == 1 ? "NEW_CUSTOMERS" : "ALL_CUSTOMERS");
        catalog.put("creditUnits", units());
        catalog.put("features", features());
        catalog.put("products", Map.of(PRODUCT, Map.of("key", PRODUCT, "name", "Assistant")));
        catalog.put("plans", Map.of(PLAN, Map.of("version", version, "hash", hash(version))));
        return catalog;
    }

    private static Map<String, Object> units() {
        return Map.of("ai-credits", Map.of("key", "ai-credits", "name", "AI credit", "scale", 6));
    }

    private static Map<String, Object> features() {
        Map<String, Object> features = new LinkedHashMap<>();
        for (int i = 1; i <= FEATURES; i++) {
            String key = "feature-" + i;
            features.put(
                    key,
                    Map.of(
                            "key",
                            key,
                            "hash",
                            "hash-" + key,
                            "type",
                            "METERED",
                            "scale",
                            0,
                            "unit",
                            "call",
                            "meter",
                            Map.of("key", key, "eventType", key + ".used", "aggregation", "COUNT")));
        }
        return features;
    }
}
