package dev.weir.gateway.feed.app;

import dev.weir.catalog.contract.AddonVersion;
import dev.weir.catalog.contract.CatalogApplied;
import dev.weir.catalog.contract.CatalogInForce;
import dev.weir.catalog.contract.PlanVersion;
import dev.weir.entitlement.contract.CustomerSnapshot;
import dev.weir.gateway.customers.app.BodyStore;
import dev.weir.gateway.customers.app.CatalogHolder;
import dev.weir.gateway.customers.app.CustomerCache;
import dev.weir.gateway.freshness.app.CatalogFreshness;
import dev.weir.gateway.freshness.app.CatalogFreshness.Consumer;
import dev.weir.gateway.freshness.app.CustomerFreshness;
import dev.weir.ledger.contract.BudgetState;
import dev.weir.ledger.contract.CustomerApplied;
import dev.weir.ledger.contract.WalletState;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Where the services' states go in this edge. Every one of them is a state: a lost or repeated one is made good by the next. */
@Singleton
public class EventSink {
    private final CustomerCache cache;
    private final BodyStore bodies;
    private final CatalogHolder catalog;
    private final CustomerFreshness customers;
    private final CatalogFreshness catalogs;

    EventSink(
            CustomerCache cache,
            BodyStore bodies,
            CatalogHolder catalog,
            CustomerFreshness customers,
            CatalogFreshness catalogs) {
        this.cache = cache;
        this.bodies = bodies;
        this.catalog = catalog;
        this.customers = customers;
        this.catalogs = catalogs;
    }

    /**
     * Takes one event.
     *
     * @param routingKey {@code <context>.<name>.v1.<shard>}
     * @throws IOException if it cannot be read
     */
    public void accept(String routingKey, byte[] event) throws IOException {
        int version = routingKey.indexOf(".v1");
        switch (version < 0 ? routingKey : routingKey.substring(0, version)) {
            case "ledger.wallet" -> wallet(event);
            case "ledger.budget" -> budget(event);
            case "entitlement.customer-snapshot" -> snapshot(event);
            case "ledger.customer-applied" -> applied(event);
            case "catalog.catalog" -> catalog.apply(EventReader.data(event, CatalogInForce.class));
            case "catalog.plan-version" -> bodies.put(EventReader.data(event, PlanVersion.class));
            case "catalog.addon-version" -> bodies.put(EventReader.data(event, AddonVersion.class));
            case "entitlement.catalog-applied" -> applied(Consumer.ENTITLEMENT, event);
            case "ledger.catalog-applied" -> applied(Consumer.LEDGER, event);
            case "metering.catalog-applied" -> applied(Consumer.METERING, event);
            default -> {
                // A producer may publish more names than this edge was built for.
            }
        }
    }

    private void wallet(byte[] event) throws IOException {
        Optional<String> root = EventReader.peek(event, "root");
        if (root.isPresent() && cache.holdsRoot(root.get())) {
            cache.merge(List.of(EventReader.data(event, WalletState.class)));
        }
    }

    private void budget(byte[] event) throws IOException {
        Optional<String> root = EventReader.peek(event, "root");
        if (root.isPresent() && cache.holdsRoot(root.get())) {
            cache.mergeBudget(EventReader.data(event, BudgetState.class));
        }
    }

    private void snapshot(byte[] event) throws IOException {
        Optional<String> customer = EventReader.peek(event, "customer");
        if (customer.isEmpty()) {
            return;
        }
        cache.forgetUnknown(customer.get());
        if (cache.holds(customer.get())) {
            cache.apply(EventReader.data(event, CustomerSnapshot.class));
        }
    }

    private void applied(byte[] event) throws IOException {
        Optional<String> customer = EventReader.peek(event, "customer");
        if (customer.isPresent() && (customers.watches(customer.get()) || cache.holds(customer.get()))) {
            customers.ledgerApplied(EventReader.data(event, CustomerApplied.class));
        }
    }

    private void applied(Consumer consumer, byte[] event) throws IOException {
        catalogs.applied(consumer, EventReader.data(event, CatalogApplied.class).version());
    }
}
