package dev.weir.entitlement;

import dev.weir.catalog.contract.AddonVersion;
import dev.weir.catalog.contract.Aggregation;
import dev.weir.catalog.contract.AppliesTo;
import dev.weir.catalog.contract.Better;
import dev.weir.catalog.contract.Billed;
import dev.weir.catalog.contract.CatalogInForce;
import dev.weir.catalog.contract.Category;
import dev.weir.catalog.contract.Charge;
import dev.weir.catalog.contract.ConfigValueType;
import dev.weir.catalog.contract.Coupon;
import dev.weir.catalog.contract.CouponDuration;
import dev.weir.catalog.contract.CreditGrant;
import dev.weir.catalog.contract.CreditUnit;
import dev.weir.catalog.contract.Effect;
import dev.weir.catalog.contract.Entitlement;
import dev.weir.catalog.contract.FeatureDefinition;
import dev.weir.catalog.contract.FeatureType;
import dev.weir.catalog.contract.GrantOn;
import dev.weir.catalog.contract.Meter;
import dev.weir.catalog.contract.MeteringMode;
import dev.weir.catalog.contract.Money;
import dev.weir.catalog.contract.OnLimit;
import dev.weir.catalog.contract.PlanLayer;
import dev.weir.catalog.contract.PlanVersion;
import dev.weir.catalog.contract.Price;
import dev.weir.catalog.contract.PriceModel;
import dev.weir.catalog.contract.Product;
import dev.weir.catalog.contract.RateRule;
import dev.weir.catalog.contract.Rollout;
import dev.weir.catalog.contract.Trial;
import dev.weir.catalog.contract.TrialEnd;
import dev.weir.catalog.contract.UsageOnChange;
import dev.weir.catalog.contract.VersionReference;
import dev.weir.platform.servicekit.events.EventConsumer.Delivery;
import dev.weir.platform.testkit.TestEvents;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Plays the catalog: publishes plan and add-on versions as its events do. The hash of a body is its key and version. */
final class TestCatalog {
    private static final AtomicLong VERSION = new AtomicLong();

    static final FeatureDefinition CALLS = feature("api-calls", FeatureType.METERED, null, MeteringMode.COUNTING);
    static final FeatureDefinition SEATS = feature("seats", FeatureType.METERED, null, MeteringMode.LEVEL);
    static final FeatureDefinition SSO = feature("sso", FeatureType.BOOLEAN, null, MeteringMode.COUNTING);
    static final FeatureDefinition CONTEXT =
            feature("max-context", FeatureType.CONFIG, ConfigValueType.NUMBER, MeteringMode.COUNTING);
    static final FeatureDefinition SUPPORT =
            feature("support-tier", FeatureType.CONFIG, ConfigValueType.ENUM, MeteringMode.COUNTING);
    static final FeatureDefinition CHAT = feature("chat", FeatureType.CREDIT, null, MeteringMode.COUNTING);
    static final Map<String, FeatureDefinition> FEATURES = Map.of(
            "api-calls",
            CALLS,
            "seats",
            SEATS,
            "sso",
            SSO,
            "max-context",
            CONTEXT,
            "support-tier",
            SUPPORT,
            "chat",
            CHAT);
    private static final Map<String, CreditUnit> UNITS =
            Map.of("ai-credits", new CreditUnit("ai-credits", "AI credit", 6));

    private static final Map<String, Coupon> COUPONS = Map.of(
            "half",
            new Coupon("half", "Half", new BigDecimal("50"), null, CouponDuration.FOREVER, null, List.of()),
            "for-search",
            new Coupon("for-search", "S", new BigDecimal("5"), null, CouponDuration.ONCE, null, List.of("search")),
            "euros",
            new Coupon(
                    "euros",
                    "Euros",
                    null,
                    new Money(new BigDecimal("5"), "EUR"),
                    CouponDuration.REPEATING,
                    3,
                    List.of()));

    private final Map<String, PlanVersion> plans = new HashMap<>();
    private final Map<String, AddonVersion> addons = new HashMap<>();
    private final Map<String, Product> products =
            new HashMap<>(Map.of("assistant", new Product("assistant", "Assistant", null)));

    private static CreditGrant trialCredit(String key) {
        return new CreditGrant(
                key,
                "ai-credits",
                new BigDecimal("50"),
                null,
                true,
                Category.PROMOTIONAL,
                10,
                GrantOn.PERIOD_START,
                null,
                null,
                null,
                null,
                null);
    }

    /** The catalog that most tests start from. */
    static TestCatalog standard() {
        TestCatalog catalog = new TestCatalog();
        catalog.plan("base", 1, "1000", null);
        catalog.plan("pro", 1, "10000", new Trial("P14D", "pro", null, List.of(), TrialEnd.CANCEL, null));
        catalog.plan("business", 1, "50000", new Trial("P14D", "business", null, List.of(), TrialEnd.CONVERT, null));
        catalog.plan("scale", 1, "90000", new Trial("P7D", "pro", "pro@1", List.of(), TrialEnd.DOWNGRADE, "base"));
        List<CreditGrant> tasted = List.of(trialCredit("first"), trialCredit("second"));
        catalog.plan("taste", 1, "10000", new Trial("P90D", "taste", null, tasted, TrialEnd.CONVERT, null, true));
        catalog.put(plan("search", 1, "search", "500", "5", null));
        catalog.addon("extra-calls", List.of("pro", "business"), 20, "5000", "P1M");
        catalog.addon("yearly-calls", List.of("pro"), 20, "5000", "P1Y");
        return catalog;
    }

    void plan(String key, int version, String calls, @Nullable Trial trial) {
        put(plan(key, version, "assistant", calls, "49.00", trial));
    }

    /** Names the plan that serves customers without a subscription of a product; null = none. */
    void defaultPlan(String product, @Nullable String plan) {
        products.put(product, new Product(product, product, plan));
    }

    void put(PlanVersion plan) {
        plans.put(plan.plan(), plan);
    }

    void put(AddonVersion addon) {
        addons.put(addon.addon(), addon);
    }

    void addon(String key, List<String> compatible, int most, String calls, String every) {
        Entitlement more = limit("api-calls", calls, every, Effect.INCREMENT, null);
        addons.put(
                key,
                new AddonVersion(
                        key,
                        1,
                        key + "@1",
                        "assistant",
                        key,
                        compatible,
                        most,
                        Map.of("api-calls", more),
                        FEATURES,
                        UNITS,
                        List.of(),
                        List.of()));
    }

    /** Publishes everything: bodies, then the catalog. */
    long publish(Rollout rollout) {
        plans.values().forEach(TestCatalog::publish);
        addons.values().forEach(TestCatalog::publish);
        return publishInForce(rollout);
    }

    long publishInForce(Rollout rollout) {
        CatalogInForce inForce = next(rollout);
        publish(inForce);
        if (rollout == Rollout.ALL_CUSTOMERS) {
            rollOut(inForce);
        }
        return inForce.version();
    }

    /** The next catalog, which nobody has heard of yet. */
    CatalogInForce next(Rollout rollout) {
        return inForce(VERSION.incrementAndGet(), rollout);
    }

    /** The state: it may be conflated into a later one. */
    static void publish(CatalogInForce inForce) {
        deliver("dev.weir.catalog.catalog.v1", "catalog", inForce.version(), inForce);
    }

    /** The fact that the catalog goes to all customers. */
    static void rollOut(CatalogInForce inForce) {
        Delivery delivery = TestEvents.deliver(
                "dev.weir.catalog.rolled-out.v1", "catalog", "rollout:" + inForce.version(), inForce);
        if (delivery == Delivery.PARKED) {
            throw new IllegalStateException("the rollout was parked");
        }
    }

    private CatalogInForce inForce(long version, Rollout rollout) {
        Map<String, VersionReference> planReferences = new HashMap<>();
        plans.forEach((key, plan) -> planReferences.put(key, new VersionReference(plan.version(), plan.hash())));
        Map<String, VersionReference> addonReferences = new HashMap<>();
        addons.forEach((key, addon) -> addonReferences.put(key, new VersionReference(addon.version(), addon.hash())));
        return new CatalogInForce(
                version,
                Instant.parse("2026-01-01T00:00:00Z"),
                rollout,
                UNITS,
                Map.of(),
                FEATURES,
                products,
                planReferences,
                addonReferences,
                Map.of(),
                COUPONS);
    }

    static void publish(PlanVersion plan) {
        deliver("dev.weir.catalog.plan-version.v1", plan.plan() + "@" + plan.version(), 1, plan);
    }

    static void publish(AddonVersion addon) {
        deliver("dev.weir.catalog.addon-version.v1", addon.addon() + "@" + addon.version(), 1, addon);
    }

    private static void deliver(String type, String subject, long version, Object body) {
        Delivery delivery = TestEvents.deliver(type, subject, version, body);
        if (delivery == Delivery.PARKED) {
            throw new IllegalStateException(type + " was parked");
        }
    }

    static PlanVersion plan(String key, int version, String product, String calls, String fee, @Nullable Trial trial) {
        Map<String, Entitlement> own = new HashMap<>();
        own.put("api-calls", limit("api-calls", calls, "P1M", null, OnLimit.SOFT));
        own.put("seats", limit("seats", "5", null, null, null));
        own.put("chat", limit("chat", null, null, null, null));
        if (!key.equals("base")) {
            own.put("sso", limit("sso", null, null, null, null));
        }
        Price price = new Price(
                PriceModel.FLAT,
                "USD",
                new BigDecimal(fee),
                null,
                null,
                null,
                List.of(),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
        CreditGrant monthly = new CreditGrant(
                "monthly",
                "ai-credits",
                new BigDecimal("1000"),
                "P1M",
                false,
                Category.PAID,
                50,
                GrantOn.PERIOD_START,
                null,
                null,
                null,
                null,
                null);
        return new PlanVersion(
                key,
                version,
                key + "@" + version,
                product,
                key,
                List.of(new PlanLayer(key, version, own)),
                FEATURES,
                UNITS,
                List.of(monthly),
                Map.of(),
                List.of(new Charge("platform-fee", null, AppliesTo.ALL, price, "P1M", Billed.IN_ADVANCE)),
                trial,
                null);
    }

    /** The plan with another amount of its monthly credit. */
    static PlanVersion withCredits(PlanVersion plan, String amount) {
        CreditGrant known = plan.credits().getFirst();
        CreditGrant other = new CreditGrant(
                known.key(),
                known.unit(),
                new BigDecimal(amount),
                known.every(),
                false,
                known.category(),
                known.priority(),
                known.grantOn(),
                null,
                null,
                null,
                null,
                null);
        return new PlanVersion(
                plan.plan(),
                plan.version(),
                plan.hash(),
                plan.product(),
                plan.name(),
                plan.layers(),
                plan.features(),
                plan.creditUnits(),
                List.of(other),
                plan.creditLimits(),
                plan.charges(),
                plan.trial(),
                plan.budget());
    }

    private static Entitlement limit(
            String feature,
            @Nullable String limit,
            @Nullable String every,
            @Nullable Effect effect,
            @Nullable OnLimit onLimit) {
        return new Entitlement(
                feature,
                limit == null ? null : new BigDecimal(limit),
                every,
                onLimit,
                null,
                null,
                null,
                effect,
                UsageOnChange.KEEP,
                List.of());
    }

    private static FeatureDefinition feature(
            String key, FeatureType type, @Nullable ConfigValueType valueType, MeteringMode mode) {
        boolean credit = type == FeatureType.CREDIT;
        return new FeatureDefinition(
                key,
                "hash-" + key,
                type,
                valueType,
                valueType == ConfigValueType.ENUM ? List.of("community", "email", "dedicated") : List.of(),
                Better.HIGHER,
                type == FeatureType.METERED
                        ? new Meter(key, key + ".used", Aggregation.COUNT, null, List.of(), List.of())
                        : null,
                null,
                mode,
                0,
                credit ? "ai-credits" : null,
                credit ? "llm.completion" : null,
                credit ? List.of(new RateRule(Map.of(), Map.of("outputTokens", new BigDecimal("0.0015")))) : List.of());
    }
}
