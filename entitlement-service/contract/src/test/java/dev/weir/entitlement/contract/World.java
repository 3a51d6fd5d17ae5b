package dev.weir.entitlement.contract;

import dev.weir.catalog.contract.AddonVersion;
import dev.weir.catalog.contract.Aggregation;
import dev.weir.catalog.contract.Better;
import dev.weir.catalog.contract.Category;
import dev.weir.catalog.contract.ConfigValueType;
import dev.weir.catalog.contract.CreditGrant;
import dev.weir.catalog.contract.CreditLimit;
import dev.weir.catalog.contract.CreditUnit;
import dev.weir.catalog.contract.Effect;
import dev.weir.catalog.contract.Entitlement;
import dev.weir.catalog.contract.FeatureDefinition;
import dev.weir.catalog.contract.FeatureType;
import dev.weir.catalog.contract.GrantOn;
import dev.weir.catalog.contract.Meter;
import dev.weir.catalog.contract.MeteringMode;
import dev.weir.catalog.contract.OnLimit;
import dev.weir.catalog.contract.PlanLayer;
import dev.weir.catalog.contract.PlanVersion;
import dev.weir.catalog.contract.RateRule;
import dev.weir.catalog.contract.Then;
import dev.weir.catalog.contract.Trial;
import dev.weir.catalog.contract.UsageOnChange;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A catalog and a customer in memory, for tests. The hash of a body is its key and version. */
final class World implements Bodies {
    static final Instant START = Instant.parse("2026-01-10T08:00:00Z");

    static final FeatureDefinition CALLS = metered("api-calls", MeteringMode.COUNTING);
    static final FeatureDefinition SEATS = metered("seats", MeteringMode.LEVEL);
    static final FeatureDefinition CONTEXT = config("max-context", ConfigValueType.NUMBER, List.of());
    static final FeatureDefinition SUPPORT =
            config("support-tier", ConfigValueType.ENUM, List.of("community", "email", "dedicated"));
    static final FeatureDefinition GREETING = config("greeting", ConfigValueType.TEXT, List.of());
    static final FeatureDefinition SSO = simple("sso", FeatureType.BOOLEAN);
    static final FeatureDefinition CHAT = credit("chat", "0.003");
    static final Map<String, FeatureDefinition> FEATURES = features();

    private final Map<String, PlanVersion> plans = new HashMap<>();
    private final Map<String, AddonVersion> addons = new HashMap<>();
    final List<SubscriptionPart> subscriptions = new ArrayList<>();
    final List<AllowancePart> allowances = new ArrayList<>();
    String timeZone = "UTC";

    @Override
    public PlanVersion plan(String hash) {
        PlanVersion plan = plans.get(hash);
        if (plan == null) {
            throw new IllegalStateException("no plan " + hash);
        }
        return plan;
    }

    @Override
    public AddonVersion addon(String hash) {
        AddonVersion addon = addons.get(hash);
        if (addon == null) {
            throw new IllegalStateException("no add-on " + hash);
        }
        return addon;
    }

    /** A plan with a layer of its own and those of its ancestors. */
    String plan(String key, int version, PlanExtras extras, PlanLayer... layers) {
        String hash = key + "@" + version;
        plans.put(
                hash,
                new PlanVersion(
                        key,
                        version,
                        hash,
                        extras.product(),
                        key,
                        List.of(layers),
                        FEATURES,
                        Map.of("ai-credits", new CreditUnit("ai-credits", "AI credit", 6)),
                        extras.credits(),
                        extras.limits(),
                        List.of(),
                        extras.trial(),
                        null));
        return hash;
    }

    String plan(String key, Entitlement... entitlements) {
        return plan(key, 1, PlanExtras.NONE, layer(key, 1, entitlements));
    }

    record PlanExtras(
            String product,
            List<CreditGrant> credits,
            Map<String, CreditLimit> limits,
            @Nullable Trial trial) {
        static final PlanExtras NONE = new PlanExtras("assistant", List.of(), Map.of(), null);

        static PlanExtras credits(CreditGrant... credits) {
            return new PlanExtras("assistant", List.of(credits), Map.of(), null);
        }

        PlanExtras trial(Trial trial) {
            return new PlanExtras(product, credits, limits, trial);
        }
    }

    String addon(String key, List<CreditGrant> credits, Entitlement... entitlements) {
        String hash = key + "@1";
        Map<String, Entitlement> byFeature = new HashMap<>();
        for (Entitlement entitlement : entitlements) {
            byFeature.put(entitlement.feature(), entitlement);
        }
        addons.put(
                hash,
                new AddonVersion(
                        key,
                        1,
                        hash,
                        "assistant",
                        key,
                        List.of(),
                        null,
                        byFeature,
                        FEATURES,
                        Map.of("ai-credits", new CreditUnit("ai-credits", "AI credit", 6)),
                        credits,
                        List.of()));
        return hash;
    }

    SubscriptionPart subscribe(int age, String product, SubscriptionPhase... phases) {
        SubscriptionPart part =
                new SubscriptionPart(new UUID(age, 7), product, null, phases[0].from(), List.of(phases));
        subscriptions.add(part);
        return part;
    }

    SubscriptionPart subscribe(String planHash) {
        return subscribe(1, "assistant", phase(START, null, planHash));
    }

    static SubscriptionPhase phase(Instant from, @Nullable Instant to, String planHash, AddonPart... addons) {
        return new SubscriptionPhase(from, to, planHash, null, List.of(addons), UsageOnChange.KEEP);
    }

    void allow(AllowancePart.Kind kind, int id, Entitlement entitlement, Instant from, @Nullable Instant to) {
        allowances.add(new AllowancePart(
                new UUID(0, id),
                kind,
                entitlement.feature(),
                definition(entitlement.feature()),
                entitlement,
                false,
                from,
                to,
                "test"));
    }

    void promote(int id, Entitlement entitlement) {
        allow(AllowancePart.Kind.PROMOTION, id, entitlement, START, null);
    }

    void override(int id, Entitlement entitlement) {
        allow(AllowancePart.Kind.OVERRIDE, id, entitlement, START, null);
    }

    void revoke(int id, String feature) {
        allowances.add(new AllowancePart(
                new UUID(0, id),
                AllowancePart.Kind.OVERRIDE,
                feature,
                definition(feature),
                null,
                true,
                START,
                null,
                "test"));
    }

    CustomerSnapshot snapshot() {
        return new CustomerSnapshot(
                "acme", "acme", null, 1, null, timeZone, null, null, false, START, START, subscriptions, allowances);
    }

    ResolvedFeature resolve(String feature, Instant at) {
        return Resolution.feature(snapshot(), this, feature, null, at).orElseThrow();
    }

    ResolvedFeature resolve(String feature) {
        return resolve(feature, START.plusSeconds(3600));
    }

    static FeatureDefinition definition(String feature) {
        FeatureDefinition definition = FEATURES.get(feature);
        if (definition == null) {
            throw new IllegalArgumentException(feature);
        }
        return definition;
    }

    static PlanLayer layer(String plan, int version, Entitlement... entitlements) {
        Map<String, Entitlement> byFeature = new HashMap<>();
        for (Entitlement entitlement : entitlements) {
            byFeature.put(entitlement.feature(), entitlement);
        }
        return new PlanLayer(plan, version, byFeature);
    }

    static Entitlement limit(String feature, @Nullable String limit, @Nullable String every) {
        return limit(feature, limit, every, null, null, null);
    }

    static Entitlement limit(
            String feature,
            @Nullable String limit,
            @Nullable String every,
            @Nullable OnLimit onLimit,
            @Nullable String cap,
            @Nullable Effect effect) {
        return new Entitlement(
                feature,
                limit == null ? null : new BigDecimal(limit),
                every,
                onLimit,
                cap == null ? null : new BigDecimal(cap),
                null,
                null,
                effect,
                UsageOnChange.KEEP,
                List.of());
    }

    static Entitlement increment(String feature, String limit, @Nullable String every) {
        return limit(feature, limit, every, null, null, Effect.INCREMENT);
    }

    static Entitlement then(String feature, String limit, String per) {
        return new Entitlement(
                feature,
                new BigDecimal(limit),
                "P1M",
                null,
                null,
                new Then("ai-credits", new BigDecimal(per)),
                null,
                null,
                UsageOnChange.KEEP,
                List.of());
    }

    static Entitlement value(String feature, String value) {
        return new Entitlement(feature, null, null, null, null, null, value, null, UsageOnChange.KEEP, List.of());
    }

    static Entitlement gives(String feature, RateRule... rates) {
        return new Entitlement(feature, null, null, null, null, null, null, null, UsageOnChange.KEEP, List.of(rates));
    }

    static RateRule rate(String perToken) {
        return new RateRule(Map.of(), Map.of("outputTokens", new BigDecimal(perToken)));
    }

    static CreditGrant grant(String key, String amount, @Nullable String every) {
        return new CreditGrant(
                key,
                "ai-credits",
                new BigDecimal(amount),
                every,
                every == null,
                Category.PAID,
                50,
                GrantOn.PERIOD_START,
                null,
                null,
                null,
                null,
                null);
    }

    private static Map<String, FeatureDefinition> features() {
        Map<String, FeatureDefinition> all = new HashMap<>();
        for (FeatureDefinition each : List.of(CALLS, SEATS, CONTEXT, SUPPORT, GREETING, SSO, CHAT)) {
            all.put(each.key(), each);
        }
        return all;
    }

    private static FeatureDefinition metered(String key, MeteringMode mode) {
        Meter meter = new Meter(key, key + ".used", Aggregation.COUNT, null, List.of(), List.of());
        return new FeatureDefinition(
                key,
                "hash-" + key,
                FeatureType.METERED,
                null,
                List.of(),
                Better.HIGHER,
                meter,
                key,
                mode,
                0,
                null,
                null,
                List.of());
    }

    private static FeatureDefinition config(String key, ConfigValueType type, List<String> values) {
        return new FeatureDefinition(
                key,
                "hash-" + key,
                FeatureType.CONFIG,
                type,
                values,
                Better.HIGHER,
                null,
                null,
                MeteringMode.COUNTING,
                0,
                null,
                null,
                List.of());
    }

    private static FeatureDefinition simple(String key, FeatureType type) {
        return new FeatureDefinition(
                key,
                "hash-" + key,
                type,
                null,
                List.of(),
                Better.HIGHER,
                null,
                null,
                MeteringMode.COUNTING,
                0,
                null,
                null,
                List.of());
    }

    private static FeatureDefinition credit(String key, String perToken) {
        return new FeatureDefinition(
                key,
                "hash-" + key,
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
                List.of(rate(perToken)));
    }
}
