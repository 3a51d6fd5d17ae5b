package dev.weir.gateway.engine;

import dev.weir.catalog.contract.Aggregation;
import dev.weir.catalog.contract.AppliesTo;
import dev.weir.catalog.contract.Better;
import dev.weir.catalog.contract.Billed;
import dev.weir.catalog.contract.CatalogInForce;
import dev.weir.catalog.contract.Category;
import dev.weir.catalog.contract.Charge;
import dev.weir.catalog.contract.ConfigValueType;
import dev.weir.catalog.contract.CreditGrant;
import dev.weir.catalog.contract.CreditLimit;
import dev.weir.catalog.contract.CreditUnit;
import dev.weir.catalog.contract.Entitlement;
import dev.weir.catalog.contract.FeatureDefinition;
import dev.weir.catalog.contract.FeatureType;
import dev.weir.catalog.contract.GrantOn;
import dev.weir.catalog.contract.Meter;
import dev.weir.catalog.contract.MeteringMode;
import dev.weir.catalog.contract.OnLimit;
import dev.weir.catalog.contract.OverdraftSettlement;
import dev.weir.catalog.contract.PlanLayer;
import dev.weir.catalog.contract.PlanVersion;
import dev.weir.catalog.contract.Price;
import dev.weir.catalog.contract.PriceModel;
import dev.weir.catalog.contract.PriceTier;
import dev.weir.catalog.contract.RateRule;
import dev.weir.catalog.contract.Rollout;
import dev.weir.catalog.contract.Then;
import dev.weir.catalog.contract.UsageOnChange;
import dev.weir.entitlement.contract.AllowancePart;
import dev.weir.entitlement.contract.CustomerSnapshot;
import dev.weir.entitlement.contract.SubscriptionPart;
import dev.weir.entitlement.contract.SubscriptionPhase;
import dev.weir.ledger.contract.BlockSource;
import dev.weir.ledger.contract.BlockState;
import dev.weir.ledger.contract.BlockStatus;
import dev.weir.ledger.contract.WalletKind;
import dev.weir.ledger.contract.WalletState;
import dev.weir.ledger.contract.WalletStatus;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A catalog with one plan, and a customer of it, for the tests. */
final class Sample {
    static final Instant START = Instant.parse("2026-11-01T00:00:00Z");
    static final Instant NOW = Instant.parse("2026-11-10T12:00:00Z");
    static final Instant RESET = Instant.parse("2026-12-01T00:00:00Z");
    static final String CUSTOMER = "acme";
    static final UUID SUBSCRIPTION = UUID.fromString("018f0000-0000-7000-8000-000000000001");

    private final Map<String, FeatureDefinition> features = new HashMap<>();
    private final Map<String, Entitlement> entitlements = new HashMap<>();
    private final List<WalletState> wallets = new ArrayList<>();
    private final List<AllowancePart> allowances = new ArrayList<>();
    private final List<CreditGrant> credits = new ArrayList<>();
    private final List<Charge> charges = new ArrayList<>();
    private boolean subscribed = true;
    private Instant completeAsOf = START;

    static Sample sample() {
        return new Sample();
    }

    private Sample() {
        define(new FeatureDefinition(
                "sso",
                "h1",
                FeatureType.BOOLEAN,
                null,
                List.of(),
                Better.HIGHER,
                null,
                null,
                counting(),
                0,
                null,
                null,
                List.of()));
        define(new FeatureDefinition(
                "audit",
                "h2",
                FeatureType.BOOLEAN,
                null,
                List.of(),
                Better.HIGHER,
                null,
                null,
                counting(),
                0,
                null,
                null,
                List.of()));
        define(config("max-context", ConfigValueType.NUMBER, List.of(), Better.HIGHER));
        define(config("latency", ConfigValueType.NUMBER, List.of(), Better.LOWER));
        define(config("tier", ConfigValueType.ENUM, List.of("community", "email", "dedicated"), Better.HIGHER));
        define(metered("api-calls", 0));
        define(metered("images", 0));
        define(metered("seats", 0));
        define(new FeatureDefinition(
                "chat",
                "h3",
                FeatureType.CREDIT,
                null,
                List.of(),
                Better.HIGHER,
                null,
                null,
                counting(),
                0,
                "ai-credits",
                "llm.completion",
                List.of(new RateRule(Map.of("model", "large"), Map.of("inputTokens", new BigDecimal("0.003"))))));
        give("sso", null, null, null, null);
        value("max-context", "32000");
        value("latency", "200");
        value("tier", "email");
    }

    Sample limit(String feature, @Nullable String limit, OnLimit onLimit) {
        return give(feature, limit, onLimit, null, null);
    }

    Sample capped(String feature, String limit, String cap) {
        return give(feature, limit, OnLimit.SOFT, cap, null);
    }

    Sample then(String feature, String limit, String per, OnLimit onLimit) {
        return give(feature, limit, onLimit, null, new Then("ai-credits", new BigDecimal(per)));
    }

    Sample credit(OnLimit onLimit) {
        return give("chat", null, onLimit, null, null);
    }

    Sample revoke(String feature) {
        FeatureDefinition definition = features.get(feature);
        if (definition == null) {
            throw new IllegalArgumentException(feature);
        }
        allowances.add(new AllowancePart(
                UUID.randomUUID(), AllowancePart.Kind.OVERRIDE, feature, definition, null, true, START, null, "test"));
        return this;
    }

    Sample unsubscribed() {
        subscribed = false;
        return this;
    }

    Sample monthlyCredits(String amount) {
        credits.add(new CreditGrant(
                "monthly",
                "ai-credits",
                new BigDecimal(amount),
                "P1M",
                false,
                Category.PAID,
                50,
                GrantOn.PERIOD_START,
                null,
                null,
                null,
                null,
                null,
                null));
        return this;
    }

    /** A price in USD for each unit, graduated: the first ten at one, the others at another. */
    Sample charge(String feature, AppliesTo appliesTo, String first, String others) {
        Price price = new Price(
                PriceModel.GRADUATED,
                "USD",
                null,
                null,
                null,
                null,
                List.of(
                        new PriceTier(BigDecimal.TEN, new BigDecimal(first), null),
                        new PriceTier(null, new BigDecimal(others), null)),
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
        charges.add(new Charge(feature + "-price", feature, appliesTo, price, null, Billed.IN_ARREARS));
        return this;
    }

    Sample completeAsOf(Instant instant) {
        completeAsOf = instant;
        return this;
    }

    Sample wallet(WalletState state) {
        wallets.add(state);
        return this;
    }

    CustomerView view() {
        PlanVersion plan = new PlanVersion(
                "pro",
                3,
                "plan-hash",
                "assistant",
                "Pro",
                List.of(new PlanLayer("pro", 3, entitlements)),
                features,
                Map.of("ai-credits", new CreditUnit("ai-credits", "AI credit", 6)),
                credits,
                Map.of("ai-credits", new CreditLimit(new BigDecimal("5"), OverdraftSettlement.REPAY)),
                charges,
                null,
                null);
        SubscriptionPart part = new SubscriptionPart(
                SUBSCRIPTION,
                "assistant",
                null,
                START,
                List.of(new SubscriptionPhase(START, null, "plan-hash", null, List.of(), UsageOnChange.KEEP)));
        CustomerSnapshot snapshot = new CustomerSnapshot(
                CUSTOMER,
                CUSTOMER,
                null,
                7,
                null,
                "UTC",
                null,
                null,
                false,
                START,
                START,
                subscribed ? List.of(part) : List.of(),
                allowances);
        CatalogInForce catalog = new CatalogInForce(
                1, START, Rollout.NEW_CUSTOMERS, plan.creditUnits(), Map.of(), features, Map.of(), Map.of(), Map.of());
        return new CustomerView(
                snapshot, new OnePlan(plan), () -> Optional.of(catalog), new Wallets(wallets, completeAsOf));
    }

    static WalletState limitWallet(String feature, long granted, long consumed, long held, long overage) {
        BlockState block = block(granted, consumed, held, null, RESET);
        return wallet(feature, WalletKind.LIMIT, WalletStatus.ACTIVE, 0, 1, block, consumed + overage, overage, RESET);
    }

    static WalletState creditWallet(long granted, long consumed, long held) {
        return creditWallet(WalletStatus.ACTIVE, block(granted, consumed, held, null, null));
    }

    static WalletState creditWallet(WalletStatus status, BlockState block) {
        return wallet("ai-credits", WalletKind.CREDIT, status, 6, 1, block, 0, 0, null);
    }

    static BlockState block(
            long granted, long consumed, long held, @Nullable List<String> scope, @Nullable Instant expiresAt) {
        return new BlockState(
                UUID.randomUUID(),
                scope == null && expiresAt == RESET ? BlockSource.BASE : BlockSource.PREPAID,
                "base",
                Category.PAID,
                50,
                scope,
                granted,
                granted - consumed,
                held,
                consumed,
                0,
                0,
                BlockStatus.ACTIVE,
                START,
                expiresAt);
    }

    static WalletState wallet(
            String unit,
            WalletKind kind,
            WalletStatus status,
            int scale,
            long seq,
            BlockState block,
            long used,
            long overage,
            @Nullable Instant periodTo) {
        long available = block.remaining() - block.held();
        return new WalletState(
                UUID.nameUUIDFromBytes(unit.getBytes(java.nio.charset.StandardCharsets.UTF_8)),
                CUSTOMER,
                unit,
                null,
                kind,
                status,
                scale,
                seq,
                available,
                block.held(),
                0,
                0,
                0,
                kind == WalletKind.CREDIT ? -5_000_000 : 0,
                used,
                overage,
                0,
                0,
                periodTo == null ? null : START,
                periodTo,
                List.of(block),
                START);
    }

    private Sample value(String feature, String value) {
        entitlements.put(
                feature,
                new Entitlement(feature, null, null, null, null, null, value, null, UsageOnChange.KEEP, List.of()));
        return this;
    }

    private Sample give(
            String feature,
            @Nullable String limit,
            @Nullable OnLimit onLimit,
            @Nullable String cap,
            @Nullable Then then) {
        entitlements.put(
                feature,
                new Entitlement(
                        feature,
                        limit == null ? null : new BigDecimal(limit),
                        limit == null ? null : "P1M",
                        onLimit,
                        cap == null ? null : new BigDecimal(cap),
                        then,
                        null,
                        null,
                        UsageOnChange.KEEP,
                        List.of()));
        return this;
    }

    private void define(FeatureDefinition definition) {
        features.put(definition.key(), definition);
    }

    private static MeteringMode counting() {
        return MeteringMode.COUNTING;
    }

    private static FeatureDefinition config(String key, ConfigValueType type, List<String> values, Better better) {
        return new FeatureDefinition(
                key,
                "c-" + key,
                FeatureType.CONFIG,
                type,
                values,
                better,
                null,
                null,
                counting(),
                0,
                null,
                null,
                List.of());
    }

    private static FeatureDefinition metered(String key, int scale) {
        Meter meter = new Meter(key, key + ".used", Aggregation.COUNT, null, List.of(), List.of());
        return new FeatureDefinition(
                key,
                "m-" + key,
                FeatureType.METERED,
                null,
                List.of(),
                Better.HIGHER,
                meter,
                key,
                counting(),
                scale,
                null,
                null,
                List.of());
    }
}
