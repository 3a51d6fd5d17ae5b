package dev.weir.bench.ledger;

import dev.weir.catalog.contract.Better;
import dev.weir.catalog.contract.CatalogInForce;
import dev.weir.catalog.contract.Category;
import dev.weir.catalog.contract.CreditUnit;
import dev.weir.catalog.contract.Entitlement;
import dev.weir.catalog.contract.FeatureDefinition;
import dev.weir.catalog.contract.FeatureType;
import dev.weir.catalog.contract.MeteringMode;
import dev.weir.catalog.contract.OnLimit;
import dev.weir.catalog.contract.PlanLayer;
import dev.weir.catalog.contract.PlanVersion;
import dev.weir.catalog.contract.RateRule;
import dev.weir.catalog.contract.Rollout;
import dev.weir.catalog.contract.UsageOnChange;
import dev.weir.catalog.contract.VersionReference;
import dev.weir.entitlement.contract.CustomerSnapshot;
import dev.weir.entitlement.contract.SubscriptionPart;
import dev.weir.entitlement.contract.SubscriptionPhase;
import dev.weir.ledger.posting.app.Keys;
import dev.weir.ledger.posting.app.Lanes;
import dev.weir.ledger.posting.domain.Operation;
import dev.weir.platform.kernel.Ids;
import dev.weir.platform.kernel.Json;
import dev.weir.platform.servicekit.events.Envelope;
import dev.weir.platform.servicekit.events.EventConsumer;
import dev.weir.platform.servicekit.events.EventKind;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import javax.sql.DataSource;

/** One plan with one CREDIT feature, and customers on it whose wallets hold blocks. */
@ApplicationScoped
class World {
    static final String UNIT = "ai-credits";
    static final String FEATURE = "chat";
    private static final BigDecimal PLENTY = BigDecimal.valueOf(100_000_000);

    private final DataSource database;
    private final EventConsumer events;
    private final Lanes lanes;

    World(DataSource database, EventConsumer events, Lanes lanes) {
        this.database = database;
        this.events = events;
        this.lanes = lanes;
    }

    /** Publishes the catalog. */
    void catalog() throws Exception {
        PlanVersion plan = plan();
        deliver("catalog.plan-version", plan.plan() + "@1", plan);
        deliver(
                "catalog.catalog",
                "catalog",
                new CatalogInForce(
                        1,
                        Instant.now(),
                        Rollout.NEW_CUSTOMERS,
                        Map.of(UNIT, unit()),
                        Map.of(),
                        Map.of(FEATURE, feature()),
                        Map.of(),
                        Map.of(plan.plan(), new VersionReference(1, plan.hash())),
                        Map.of()));
    }

    private void deliver(String name, String subject, Object body) throws Exception {
        EventConsumer.Delivery delivery = events.deliver(Envelope.write(
                name,
                subject + "@1",
                subject,
                Instant.now(),
                EventKind.STATE,
                1,
                Json.mapper().writeValueAsString(body)));
        if (delivery != EventConsumer.Delivery.HANDLED) {
            throw new IllegalStateException(name + " was " + delivery);
        }
    }

    /** Makes customers c0, c1, .. with that prefix, each with a wallet of that many blocks. */
    void customers(ExecutorService threads, String prefix, int count, int blocks) throws Exception {
        Instant start = Instant.now().minus(1, ChronoUnit.HOURS).truncatedTo(ChronoUnit.SECONDS);
        try (Connection connection = database.getConnection();
                PreparedStatement insert = connection.prepareStatement(
                        "INSERT INTO customer_snapshot (customer, root, version, body) VALUES (?, ?, 1, ?)")) {
            for (int i = 0; i < count; i++) {
                String customer = prefix + i;
                insert.setString(1, customer);
                insert.setString(2, customer);
                insert.setString(3, Json.mapper().writeValueAsString(snapshot(customer, start)));
                insert.addBatch();
                if (i % 1_000 == 999) {
                    insert.executeBatch();
                }
            }
            insert.executeBatch();
        }
        List<Callable<Boolean>> grants = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String customer = prefix + i;
            grants.add(() -> grant(customer, blocks));
        }
        for (Future<Boolean> grant : threads.invokeAll(grants)) {
            grant.get();
        }
    }

    private boolean grant(String customer, int blocks) {
        for (int block = 0; block < blocks; block++) {
            lanes.submit(new Operation.Grant(
                    customer,
                    customer,
                    UNIT,
                    6,
                    PLENTY,
                    block % 2 == 0 ? Category.PAID : Category.PROMOTIONAL,
                    10 + block,
                    null,
                    null,
                    0,
                    null,
                    null,
                    null,
                    null,
                    customer + "|" + block,
                    Ids.next(),
                    Keys.of(customer + "|" + block, "bench", "grant", Map.of("block", block)),
                    "bench"));
        }
        return true;
    }

    private static CustomerSnapshot snapshot(String customer, Instant start) {
        return new CustomerSnapshot(
                customer,
                customer,
                null,
                1,
                customer,
                "UTC",
                null,
                "USD",
                false,
                start,
                start,
                List.of(new SubscriptionPart(
                        Ids.of("subscription of " + customer),
                        "assistant",
                        null,
                        start,
                        List.of(new SubscriptionPhase(
                                start, null, plan().hash(), null, List.of(), UsageOnChange.KEEP)))),
                List.of());
    }

    private static PlanVersion plan() {
        Entitlement chat = new Entitlement(
                FEATURE, null, null, OnLimit.HARD, null, null, null, null, UsageOnChange.KEEP, List.of());
        return new PlanVersion(
                "bench",
                1,
                "bench@1",
                "assistant",
                "bench",
                List.of(new PlanLayer("bench", 1, Map.of(FEATURE, chat))),
                Map.of(FEATURE, feature()),
                Map.of(UNIT, unit()),
                List.of(),
                Map.of(),
                List.of(),
                null,
                null);
    }

    private static CreditUnit unit() {
        return new CreditUnit(UNIT, "AI credit", 6);
    }

    private static FeatureDefinition feature() {
        return new FeatureDefinition(
                FEATURE,
                "h-chat",
                FeatureType.CREDIT,
                null,
                List.of(),
                Better.HIGHER,
                null,
                null,
                MeteringMode.COUNTING,
                6,
                UNIT,
                "llm.completion",
                List.of(new RateRule(
                        Map.of("model", "large"),
                        Map.of(
                                "inputTokens", new BigDecimal("0.003"),
                                "outputTokens", new BigDecimal("0.015")))));
    }
}
