package dev.weir.metering;

import dev.weir.catalog.contract.AddonVersion;
import dev.weir.catalog.contract.Aggregation;
import dev.weir.catalog.contract.Better;
import dev.weir.catalog.contract.CatalogInForce;
import dev.weir.catalog.contract.CreditUnit;
import dev.weir.catalog.contract.Entitlement;
import dev.weir.catalog.contract.FeatureDefinition;
import dev.weir.catalog.contract.FeatureType;
import dev.weir.catalog.contract.Meter;
import dev.weir.catalog.contract.MeteringMode;
import dev.weir.catalog.contract.OnLimit;
import dev.weir.catalog.contract.PlanLayer;
import dev.weir.catalog.contract.PlanVersion;
import dev.weir.catalog.contract.Product;
import dev.weir.catalog.contract.RateRule;
import dev.weir.catalog.contract.Rollout;
import dev.weir.catalog.contract.UsageOnChange;
import dev.weir.catalog.contract.VersionReference;
import dev.weir.entitlement.contract.Bodies;
import dev.weir.entitlement.contract.CustomerSnapshot;
import dev.weir.entitlement.contract.SubscriptionPart;
import dev.weir.entitlement.contract.SubscriptionPhase;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A small catalog, and customers on it. */
public final class Fixtures {

    /** When every subscription of the fixtures began: long before any event. */
    public static final Instant ANCHOR = Instant.parse("2026-01-01T00:00:00Z");

    public static final Meter API_CALLS =
            new Meter("api-calls", "api.request", Aggregation.COUNT, null, List.of("path"), List.of());
    public static final Meter SEATS =
            new Meter("seats", "seats.set", Aggregation.LATEST, "seats", List.of(), List.of());
    public static final Meter USERS =
            new Meter("active-users", "user.seen", Aggregation.UNIQUE, "userId", List.of(), List.of());
    public static final Meter STORAGE =
            new Meter("peak-storage", "storage.seen", Aggregation.MAX, "gb", List.of(), List.of());
    public static final Meter COMPLETIONS =
            new Meter("completions", "llm.completion", Aggregation.SUM, "outputTokens", List.of("model"), List.of());

    private static final CreditUnit CREDITS = new CreditUnit("ai-credits", "AI credit", 6);

    private static final FeatureDefinition CHAT = new FeatureDefinition(
            "chat",
            "h-chat",
            FeatureType.CREDIT,
            null,
            List.of(),
            Better.HIGHER,
            null,
            null,
            MeteringMode.COUNTING,
            0,
            "ai-credits",
            "llm.completion",
            List.of(
                    new RateRule(
                            Map.of("model", "large"),
                            Map.of("inputTokens", new BigDecimal("0.003"), "outputTokens", new BigDecimal("0.015"))),
                    new RateRule(
                            Map.of("model", "small"),
                            Map.of(
                                    "inputTokens",
                                    new BigDecimal("0.0005"),
                                    "outputTokens",
                                    new BigDecimal("0.0015")))));

    private static final Map<String, FeatureDefinition> FEATURES = Map.of(
            "api-calls", metered("api-calls", API_CALLS, MeteringMode.COUNTING, 0),
            "seats", metered("seats", SEATS, MeteringMode.LEVEL, 0),
            "active-users", metered("active-users", USERS, MeteringMode.COUNTING, 0),
            "peak-storage", metered("peak-storage", STORAGE, MeteringMode.COUNTING, 2),
            "chat", CHAT);

    private static final Map<String, Entitlement> PRO_ENTITLEMENTS = Map.of(
            "api-calls", entitlement("api-calls", "10000", "P1M"),
            "seats", entitlement("seats", "5", null),
            "active-users", entitlement("active-users", null, null),
            "peak-storage", entitlement("peak-storage", "100", "P1M"),
            "chat", entitlement("chat", null, null));

    /** Has everything. */
    public static final PlanVersion PRO = plan("pro", "hash-pro", PRO_ENTITLEMENTS);

    /** Has API calls only. */
    public static final PlanVersion BASE =
            plan("base", "hash-base", Map.of("api-calls", entitlement("api-calls", "1000", "P1M")));

    /** Has API calls without a limit. */
    public static final PlanVersion OPEN =
            plan("open", "hash-open", Map.of("api-calls", entitlement("api-calls", null, null)));

    public static final Bodies BODIES = new Bodies() {
        @Override
        public PlanVersion plan(String hash) {
            return hash.equals(PRO.hash()) ? PRO : hash.equals(OPEN.hash()) ? OPEN : BASE;
        }

        @Override
        public AddonVersion addon(String hash) {
            throw new IllegalStateException("no add-ons here");
        }
    };

    private Fixtures() {}

    public static CatalogInForce catalog(long version) {
        return new CatalogInForce(
                version,
                ANCHOR,
                Rollout.NEW_CUSTOMERS,
                Map.of("ai-credits", CREDITS),
                Map.of(
                        "api-calls",
                        API_CALLS,
                        "seats",
                        SEATS,
                        "active-users",
                        USERS,
                        "peak-storage",
                        STORAGE,
                        "completions",
                        COMPLETIONS),
                FEATURES,
                Map.of("assistant", new Product("assistant", "Assistant", null)),
                Map.of("pro", new VersionReference(1, PRO.hash()), "base", new VersionReference(1, BASE.hash())),
                Map.of());
    }

    /** A customer that is subscribed to these phases. */
    public static CustomerSnapshot snapshot(String customer, long version, SubscriptionPhase... phases) {
        List<SubscriptionPart> subscriptions = phases.length == 0
                ? List.of()
                : List.of(new SubscriptionPart(subscription(customer), "assistant", null, ANCHOR, List.of(phases)));
        return new CustomerSnapshot(
                customer,
                customer,
                null,
                version,
                null,
                "Europe/Berlin",
                null,
                null,
                false,
                ANCHOR,
                ANCHOR,
                subscriptions,
                List.of());
    }

    /** A customer on pro since {@link #ANCHOR}. */
    public static CustomerSnapshot onPro(String customer) {
        return snapshot(customer, 1, phase(ANCHOR, null, PRO));
    }

    public static SubscriptionPhase phase(Instant from, @Nullable Instant to, PlanVersion plan) {
        return new SubscriptionPhase(from, to, plan.hash(), null, List.of(), UsageOnChange.KEEP);
    }

    public static UUID subscription(String customer) {
        return UUID.nameUUIDFromBytes(customer.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    private static PlanVersion plan(String key, String hash, Map<String, Entitlement> entitlements) {
        return new PlanVersion(
                key,
                1,
                hash,
                "assistant",
                key,
                List.of(new PlanLayer(key, 1, entitlements)),
                FEATURES,
                Map.of("ai-credits", CREDITS),
                List.of(),
                Map.of(),
                List.of(),
                null,
                null);
    }

    private static FeatureDefinition metered(String key, Meter meter, MeteringMode mode, int scale) {
        return new FeatureDefinition(
                key,
                "h-" + key,
                FeatureType.METERED,
                null,
                List.of(),
                Better.HIGHER,
                meter,
                null,
                mode,
                scale,
                null,
                null,
                List.of());
    }

    private static Entitlement entitlement(String feature, @Nullable String limit, @Nullable String every) {
        return new Entitlement(
                feature,
                limit == null ? null : new BigDecimal(limit),
                every,
                OnLimit.SOFT,
                null,
                null,
                null,
                null,
                UsageOnChange.KEEP,
                List.of());
    }
}
