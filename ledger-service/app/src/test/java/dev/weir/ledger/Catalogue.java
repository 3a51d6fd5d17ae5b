package dev.weir.ledger;

import dev.weir.catalog.contract.Aggregation;
import dev.weir.catalog.contract.AppliesTo;
import dev.weir.catalog.contract.Better;
import dev.weir.catalog.contract.Billed;
import dev.weir.catalog.contract.Budget;
import dev.weir.catalog.contract.CatalogInForce;
import dev.weir.catalog.contract.Category;
import dev.weir.catalog.contract.Charge;
import dev.weir.catalog.contract.CreditGrant;
import dev.weir.catalog.contract.CreditLimit;
import dev.weir.catalog.contract.CreditUnit;
import dev.weir.catalog.contract.Entitlement;
import dev.weir.catalog.contract.FeatureDefinition;
import dev.weir.catalog.contract.FeatureType;
import dev.weir.catalog.contract.GrantOn;
import dev.weir.catalog.contract.Meter;
import dev.weir.catalog.contract.MeteringMode;
import dev.weir.catalog.contract.Money;
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
import dev.weir.catalog.contract.VersionReference;
import dev.weir.entitlement.contract.AllowancePart;
import dev.weir.entitlement.contract.CustomerSnapshot;
import dev.weir.entitlement.contract.SubscriptionPart;
import dev.weir.entitlement.contract.SubscriptionPhase;
import dev.weir.platform.kernel.Ids;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The catalog of the tests: calls (1,000 HARD, or SOFT in pro), chat in credits, images with credits beyond 100, seats. */
public final class Catalogue {
    public static final CreditUnit CREDITS = new CreditUnit("ai-credits", "AI credit", 6);
    public static final Map<String, FeatureDefinition> FEATURES = Map.of(
            "api-calls", metered("api-calls", Aggregation.COUNT, MeteringMode.COUNTING, 0),
            "images", metered("images", Aggregation.COUNT, MeteringMode.COUNTING, 0),
            "seats", metered("seats", Aggregation.LATEST, MeteringMode.LEVEL, 0),
            "users", metered("users", Aggregation.UNIQUE, MeteringMode.COUNTING, 0),
            "storage", metered("storage", Aggregation.SUM, MeteringMode.COUNTING, 3),
            "sso",
                    new FeatureDefinition(
                            "sso",
                            "h-sso",
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
            "chat",
                    new FeatureDefinition(
                            "chat",
                            "h-chat",
                            FeatureType.CREDIT,
                            null,
                            List.of(),
                            Better.HIGHER,
                            null,
                            null,
                            MeteringMode.COUNTING,
                            6,
                            "ai-credits",
                            "llm.completion",
                            List.of(rate("large", "0.003", "0.015"), rate("small", "0.0005", "0.0015"))));

    private Catalogue() {}

    static RateRule rate(String model, String input, String output) {
        return new RateRule(
                Map.of("model", model),
                Map.of("inputTokens", new BigDecimal(input), "outputTokens", new BigDecimal(output)));
    }

    static FeatureDefinition metered(String key, Aggregation aggregation, MeteringMode mode, int scale) {
        return new FeatureDefinition(
                key,
                "h-" + key,
                FeatureType.METERED,
                null,
                List.of(),
                Better.HIGHER,
                new Meter(
                        key,
                        key + ".used",
                        aggregation,
                        aggregation == Aggregation.COUNT ? null : "value",
                        List.of(),
                        List.of()),
                "piece",
                mode,
                scale,
                null,
                null,
                List.of());
    }

    public static Entitlement limit(String feature, @Nullable String amount, @Nullable String every, OnLimit onLimit) {
        return limit(feature, amount, every, onLimit, null, null);
    }

    public static Entitlement limit(
            String feature,
            @Nullable String amount,
            @Nullable String every,
            OnLimit onLimit,
            @Nullable String cap,
            @Nullable Then then) {
        return new Entitlement(
                feature,
                amount == null ? null : new BigDecimal(amount),
                every,
                onLimit,
                cap == null ? null : new BigDecimal(cap),
                then,
                null,
                null,
                UsageOnChange.KEEP,
                List.of());
    }

    public static Entitlement access(String feature, OnLimit onLimit) {
        return new Entitlement(feature, null, null, onLimit, null, null, null, null, UsageOnChange.KEEP, List.of());
    }

    public static CreditGrant monthly(String amount) {
        return new CreditGrant(
                "monthly",
                "ai-credits",
                new BigDecimal(amount),
                "P1M",
                false,
                Category.PAID,
                50,
                GrantOn.PERIOD_START,
                null,
                new Money(new BigDecimal("20.00"), "USD"),
                null,
                null,
                null);
    }

    /** A plan version; its hash is its key and version. */
    public static PlanVersion plan(
            String key,
            int version,
            List<CreditGrant> credits,
            @Nullable String overdraft,
            Entitlement... entitlements) {
        Map<String, Entitlement> byFeature = new HashMap<>();
        for (Entitlement entitlement : entitlements) {
            byFeature.put(entitlement.feature(), entitlement);
        }
        return new PlanVersion(
                key,
                version,
                key + "@" + version,
                "assistant",
                key,
                List.of(new PlanLayer(key, version, byFeature)),
                FEATURES,
                Map.of("ai-credits", CREDITS),
                credits,
                overdraft == null
                        ? Map.of()
                        : Map.of("ai-credits", new CreditLimit(new BigDecimal(overdraft), OverdraftSettlement.REPAY)),
                List.of(),
                null,
                null);
    }

    /** A plan that charges for usage, up to a budget. */
    public static PlanVersion budgeted(
            String key, String budget, OnLimit onLimit, List<Charge> charges, Entitlement... entitlements) {
        PlanVersion plain = plan(key, 1, List.of(), null, entitlements);
        return new PlanVersion(
                plain.plan(),
                plain.version(),
                plain.hash(),
                plain.product(),
                plain.name(),
                plain.layers(),
                plain.features(),
                plain.creditUnits(),
                plain.credits(),
                plain.creditLimits(),
                charges,
                null,
                new Budget(new BigDecimal(budget), "USD", onLimit));
    }

    /** A charge on usage; with one tier a price per unit. */
    public static Charge charge(String feature, AppliesTo appliesTo, PriceTier... tiers) {
        Price price = new Price(
                PriceModel.GRADUATED,
                "USD",
                null,
                null,
                null,
                null,
                List.of(tiers),
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
        return new Charge(feature + "-charge", feature, appliesTo, price, null, Billed.IN_ARREARS);
    }

    public static PriceTier tier(@Nullable String upTo, String unitPrice) {
        return new PriceTier(upTo == null ? null : new BigDecimal(upTo), new BigDecimal(unitPrice), null);
    }

    public static PlanVersion starter() {
        return plan(
                "starter",
                1,
                List.of(),
                null,
                limit("api-calls", "1000", "P1M", OnLimit.HARD),
                access("chat", OnLimit.HARD),
                access("sso", OnLimit.HARD),
                limit("users", "10", "P1M", OnLimit.HARD),
                limit("images", "100", "P1M", OnLimit.HARD, null, new Then("ai-credits", new BigDecimal("0.2"))),
                limit("seats", "5", null, OnLimit.HARD),
                limit("storage", null, null, OnLimit.HARD));
    }

    public static PlanVersion pro() {
        return plan(
                "pro",
                1,
                List.of(monthly("1000")),
                "500",
                limit("api-calls", "10000", "P1M", OnLimit.SOFT),
                access("chat", OnLimit.SOFT));
    }

    public static CatalogInForce inForce(long version, PlanVersion... plans) {
        Map<String, VersionReference> references = new HashMap<>();
        for (PlanVersion plan : plans) {
            references.put(plan.plan(), new VersionReference(plan.version(), plan.hash()));
        }
        return new CatalogInForce(
                version,
                Instant.now(),
                Rollout.NEW_CUSTOMERS,
                Map.of("ai-credits", CREDITS),
                Map.of(),
                FEATURES,
                Map.of(),
                references,
                Map.of());
    }

    /** A customer with one subscription that runs through the phases. */
    public static CustomerSnapshot customer(
            String customer,
            long version,
            Instant anchor,
            List<AllowancePart> allowances,
            SubscriptionPhase... phases) {
        return customer(customer, customer, version, anchor, allowances, phases);
    }

    public static CustomerSnapshot customer(
            String customer,
            String root,
            long version,
            Instant anchor,
            List<AllowancePart> allowances,
            SubscriptionPhase... phases) {
        UUID subscription = Ids.of("subscription of " + customer);
        return new CustomerSnapshot(
                customer,
                root,
                root.equals(customer) ? null : root,
                version,
                customer,
                "UTC",
                null,
                "USD",
                false,
                anchor,
                Instant.now(),
                phases.length == 0
                        ? List.of()
                        : List.of(new SubscriptionPart(subscription, "assistant", null, anchor, List.of(phases))),
                allowances);
    }

    public static SubscriptionPhase phase(Instant from, @Nullable Instant to, PlanVersion plan) {
        return new SubscriptionPhase(from, to, plan.hash(), null, List.of(), UsageOnChange.KEEP);
    }
}
