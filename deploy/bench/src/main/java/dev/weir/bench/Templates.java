package dev.weir.bench;

import dev.weir.catalog.contract.Aggregation;
import dev.weir.catalog.contract.Better;
import dev.weir.catalog.contract.CatalogInForce;
import dev.weir.catalog.contract.Category;
import dev.weir.catalog.contract.CreditUnit;
import dev.weir.catalog.contract.Entitlement;
import dev.weir.catalog.contract.FeatureDefinition;
import dev.weir.catalog.contract.FeatureType;
import dev.weir.catalog.contract.Meter;
import dev.weir.catalog.contract.MeteringMode;
import dev.weir.catalog.contract.OnLimit;
import dev.weir.catalog.contract.PlanLayer;
import dev.weir.catalog.contract.PlanVersion;
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
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the stand-ins answer: a plan with one of each type of feature, and a customer with a limit and a credit wallet. */
final class Templates {
    private static final String PLACE = "CUSTOMER_ID";
    private static final String HASH = "bench-plan";

    private final Instant start = Instant.now().minus(Duration.ofDays(3));
    private final String snapshot;
    private final String wallets;
    private final String body;
    private final String catalog;

    Templates() throws IOException {
        snapshot = Json.mapper().writeValueAsString(customer());
        wallets = Json.mapper().writeValueAsString(List.of(limitWallet(), creditWallet()));
        body = Json.mapper().writeValueAsString(Map.of("plan", plan()));
        catalog = Json.mapper()
                .writeValueAsString(new CatalogInForce(
                        1,
                        start,
                        Rollout.NEW_CUSTOMERS,
                        plan().creditUnits(),
                        Map.of(),
                        plan().features(),
                        Map.of(),
                        Map.of(),
                        Map.of()));
    }

    String snapshot(String customer) {
        return snapshot.replace(PLACE, customer);
    }

    String wallets(String customer) {
        return wallets.replace(PLACE, customer);
    }

    String body() {
        return body;
    }

    String catalog() {
        return catalog;
    }

    private CustomerSnapshot customer() {
        SubscriptionPhase phase = new SubscriptionPhase(start, null, HASH, null, List.of(), UsageOnChange.KEEP);
        SubscriptionPart part = new SubscriptionPart(UUID.randomUUID(), "assistant", null, start, List.of(phase));
        return new CustomerSnapshot(
                PLACE, PLACE, null, 2, "A customer", "UTC", "DE", "EUR", false, start, start, List.of(part), List.of());
    }

    private PlanVersion plan() {
        Meter meter = new Meter("api-calls", "api.request", Aggregation.COUNT, null, List.of(), List.of());
        Map<String, FeatureDefinition> features = Map.of(
                "sso",
                feature("sso", FeatureType.BOOLEAN, null, null, List.of()),
                "api-calls",
                feature("api-calls", FeatureType.METERED, meter, null, List.of()),
                "chat",
                feature(
                        "chat",
                        FeatureType.CREDIT,
                        null,
                        "ai-credits",
                        List.of(
                                new RateRule(Map.of("model", "large"), rate("0.003", "0.015")),
                                new RateRule(Map.of("model", "*"), rate("0.0005", "0.0015")))));
        Map<String, Entitlement> given = Map.of(
                "sso", gives("sso", null), "api-calls", gives("api-calls", "10000"), "chat", gives("chat", null));
        return new PlanVersion(
                "pro",
                1,
                HASH,
                "assistant",
                "Pro",
                List.of(new PlanLayer("pro", 1, given)),
                features,
                Map.of("ai-credits", new CreditUnit("ai-credits", "AI credit", 6)),
                List.of(),
                Map.of(),
                List.of(),
                null,
                null);
    }

    private static Map<String, BigDecimal> rate(String input, String output) {
        return Map.of("inputTokens", new BigDecimal(input), "outputTokens", new BigDecimal(output));
    }

    private static FeatureDefinition feature(
            String key, FeatureType type, @Nullable Meter meter, @Nullable String unit, List<RateRule> rates) {
        return new FeatureDefinition(
                key,
                "bench-" + key,
                type,
                null,
                List.of(),
                Better.HIGHER,
                meter,
                null,
                MeteringMode.COUNTING,
                0,
                unit,
                null,
                rates);
    }

    private static Entitlement gives(String feature, @Nullable String limit) {
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

    private WalletState limitWallet() {
        Instant end = start.plus(Duration.ofDays(30));
        BlockState block = block(BlockSource.BASE, 10_000, 4_321, end);
        return wallet("api-calls", WalletKind.LIMIT, 0, block, start, end);
    }

    private WalletState creditWallet() {
        BlockState block = block(BlockSource.RECURRING, 1_000_000_000, 123_456_789, start.plus(Duration.ofDays(30)));
        return wallet("ai-credits", WalletKind.CREDIT, 6, block, null, null);
    }

    private BlockState block(BlockSource source, long granted, long consumed, Instant end) {
        return new BlockState(
                UUID.randomUUID(),
                source,
                "monthly",
                Category.PAID,
                50,
                null,
                granted,
                granted - consumed,
                0,
                consumed,
                0,
                0,
                BlockStatus.ACTIVE,
                start,
                end);
    }

    private WalletState wallet(
            String unit, WalletKind kind, int scale, BlockState block, @Nullable Instant from, @Nullable Instant to) {
        return new WalletState(
                UUID.randomUUID(),
                PLACE,
                unit,
                null,
                kind,
                WalletStatus.ACTIVE,
                scale,
                7,
                block.remaining(),
                0,
                0,
                0,
                0,
                0,
                block.consumed(),
                0,
                0,
                0,
                from,
                to,
                List.of(block),
                start);
    }
}
