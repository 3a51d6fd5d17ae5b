package dev.weir.gateway;

import dev.weir.catalog.contract.Aggregation;
import dev.weir.catalog.contract.AppliesTo;
import dev.weir.catalog.contract.Better;
import dev.weir.catalog.contract.Billed;
import dev.weir.catalog.contract.CatalogInForce;
import dev.weir.catalog.contract.Category;
import dev.weir.catalog.contract.Charge;
import dev.weir.catalog.contract.CreditUnit;
import dev.weir.catalog.contract.Entitlement;
import dev.weir.catalog.contract.FeatureDefinition;
import dev.weir.catalog.contract.FeatureType;
import dev.weir.catalog.contract.Meter;
import dev.weir.catalog.contract.MeteringMode;
import dev.weir.catalog.contract.OnLimit;
import dev.weir.catalog.contract.PlanLayer;
import dev.weir.catalog.contract.PlanVersion;
import dev.weir.catalog.contract.Price;
import dev.weir.catalog.contract.PriceModel;
import dev.weir.catalog.contract.PriceTier;
import dev.weir.catalog.contract.RateRule;
import dev.weir.catalog.contract.Rollout;
import dev.weir.catalog.contract.UsageOnChange;
import dev.weir.entitlement.contract.CustomerSnapshot;
import dev.weir.entitlement.contract.SubscriptionPart;
import dev.weir.entitlement.contract.SubscriptionPhase;
import dev.weir.ledger.contract.BlockSource;
import dev.weir.ledger.contract.BlockState;
import dev.weir.ledger.contract.BlockStatus;
import dev.weir.ledger.contract.WalletKind;
import dev.weir.ledger.contract.WalletState;
import dev.weir.ledger.contract.WalletStatus;
import dev.weir.platform.kernel.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A small catalog, customers of it, their wallets, and the events that tell of them. */
final class SampleData {
    static final Instant START = Instant.now().minus(Duration.ofDays(3));
    static final String PLAN_HASH = "plan-hash-1";

    private SampleData() {}

    static Map<String, FeatureDefinition> features() {
        Meter meter = new Meter("api-calls", "api.request", Aggregation.COUNT, null, List.of(), List.of());
        return Map.of(
                "sso",
                new FeatureDefinition(
                        "sso",
                        "f1",
                        FeatureType.BOOLEAN,
                        null,
                        List.of(),
                        Better.HIGHER,
                        null,
                        null,
                        MeteringMode.COUNTING,
                        0,
                        null,
                        null,
                        List.of()),
                "audit",
                new FeatureDefinition(
                        "audit",
                        "f4",
                        FeatureType.BOOLEAN,
                        null,
                        List.of(),
                        Better.HIGHER,
                        null,
                        null,
                        MeteringMode.COUNTING,
                        0,
                        null,
                        null,
                        List.of()),
                "api-calls",
                new FeatureDefinition(
                        "api-calls",
                        "f2",
                        FeatureType.METERED,
                        null,
                        List.of(),
                        Better.HIGHER,
                        meter,
                        "call",
                        MeteringMode.COUNTING,
                        0,
                        null,
                        null,
                        List.of()),
                "exports",
                new FeatureDefinition(
                        "exports",
                        "f5",
                        FeatureType.METERED,
                        null,
                        List.of(),
                        Better.HIGHER,
                        new Meter("exports", "export.made", Aggregation.COUNT, null, List.of(), List.of()),
                        "export",
                        MeteringMode.COUNTING,
                        0,
                        null,
                        null,
                        List.of()),
                "chat",
                new FeatureDefinition(
                        "chat",
                        "f3",
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
                        List.of(new RateRule(Map.of(), Map.of("tokens", new BigDecimal("0.5"))))));
    }

    static PlanVersion plan() {
        Map<String, Entitlement> given = Map.of(
                "sso",
                entitlement("sso", null),
                "api-calls",
                entitlement("api-calls", "10"),
                "exports",
                entitlement("exports", null),
                "chat",
                entitlement("chat", null));
        return new PlanVersion(
                "pro",
                1,
                PLAN_HASH,
                "assistant",
                "Pro",
                List.of(new PlanLayer("pro", 1, given)),
                features(),
                Map.of("ai-credits", new CreditUnit("ai-credits", "AI credit", 6)),
                List.of(),
                Map.of(),
                List.of(new Charge("exports", "exports", AppliesTo.ALL, exports(), null, Billed.IN_ARREARS)),
                null,
                null);
    }

    /** The first hundred at 0.02 USD, the others at 0.01. */
    private static Price exports() {
        List<PriceTier> tiers = List.of(
                new PriceTier(new BigDecimal("100"), new BigDecimal("0.02"), null),
                new PriceTier(null, new BigDecimal("0.01"), null));
        return new Price(
                PriceModel.GRADUATED,
                "USD",
                null,
                null,
                null,
                null,
                tiers,
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
    }

    static CatalogInForce catalog(long version) {
        return new CatalogInForce(
                version,
                START,
                Rollout.NEW_CUSTOMERS,
                plan().creditUnits(),
                Map.of(),
                features(),
                Map.of(),
                Map.of(),
                Map.of());
    }

    static CustomerSnapshot snapshot(String customer, long version, boolean subscribed) {
        SubscriptionPart part = new SubscriptionPart(
                UUID.nameUUIDFromBytes(customer.getBytes(StandardCharsets.UTF_8)),
                "assistant",
                null,
                START,
                List.of(new SubscriptionPhase(START, null, PLAN_HASH, null, List.of(), UsageOnChange.KEEP)));
        return new CustomerSnapshot(
                customer,
                customer,
                null,
                version,
                null,
                "UTC",
                null,
                null,
                false,
                START,
                START,
                subscribed ? List.of(part) : List.of(),
                List.of());
    }

    /** A customer that draws on its root's wallets. */
    static CustomerSnapshot child(String customer, String root) {
        CustomerSnapshot own = snapshot(customer, 1, true);
        return new CustomerSnapshot(
                customer,
                root,
                root,
                1,
                null,
                "UTC",
                null,
                null,
                false,
                START,
                START,
                own.subscriptions(),
                own.allowances());
    }

    static WalletState credits(String root, long seq, long available) {
        BlockState block = new BlockState(
                UUID.nameUUIDFromBytes((root + "block").getBytes(StandardCharsets.UTF_8)),
                BlockSource.PREPAID,
                "grant",
                Category.PAID,
                50,
                null,
                100_000_000,
                available * 1_000_000,
                0,
                0,
                0,
                0,
                BlockStatus.ACTIVE,
                START,
                null);
        return new WalletState(
                UUID.nameUUIDFromBytes((root + "wallet").getBytes(StandardCharsets.UTF_8)),
                root,
                "ai-credits",
                null,
                WalletKind.CREDIT,
                WalletStatus.ACTIVE,
                6,
                seq,
                available * 1_000_000,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                null,
                null,
                List.of(block),
                START);
    }

    static byte[] event(String subject, Object data) {
        try {
            Map<String, Object> event = new LinkedHashMap<>();
            event.put("specversion", "1.0");
            event.put("id", UUID.randomUUID().toString());
            event.put("source", "/weir/test");
            event.put("type", "dev.weir.test");
            event.put("subject", subject);
            event.put("weirkind", "STATE");
            event.put("data", data);
            return Json.mapper().writeValueAsBytes(event);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Entitlement entitlement(String feature, @org.jspecify.annotations.Nullable String limit) {
        return new Entitlement(
                feature,
                limit == null ? null : new BigDecimal(limit),
                limit == null ? null : "P1M",
                OnLimit.HARD,
                null,
                null,
                null,
                null,
                UsageOnChange.KEEP,
                List.of());
    }
}
