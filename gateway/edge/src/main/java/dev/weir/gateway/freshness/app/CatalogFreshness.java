package dev.weir.gateway.freshness.app;

import dev.weir.gateway.GatewayConfig;
import dev.weir.gateway.customers.app.CatalogHolder;
import dev.weir.gateway.customers.app.VersionGate;
import jakarta.inject.Singleton;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Read your writes, for the catalog: a new one is answered once every service that works by it has said so. */
@Singleton
public class CatalogFreshness {
    /** The version that is in force after a write to the catalog. */
    public static final String VERSION_HEADER = "Weir-Catalog-Version";

    private static final Logger LOG = Logger.getLogger(CatalogFreshness.class);

    /** The services whose word is waited for. */
    public enum Consumer {
        ENTITLEMENT,
        LEDGER,
        METERING
    }

    private final Map<Consumer, VersionGate> gates = new EnumMap<>(Consumer.class);
    private final CatalogHolder catalog;
    private final long pendingAfterMillis;

    CatalogFreshness(CatalogHolder catalog, GatewayConfig config) {
        this.catalog = catalog;
        this.pendingAfterMillis = config.pendingAfter().toMillis();
        for (Consumer consumer : Consumer.values()) {
            gates.put(consumer, new VersionGate());
        }
    }

    /** The version that this edge holds. */
    public long known() {
        return catalog.versions().seen();
    }

    /** A service told that it works by this version. */
    public void applied(Consumer consumer, long version) {
        gate(consumer).advance(version);
    }

    /**
     * Whether that version came into force everywhere in time.
     *
     * @param before what this edge held before the write: a version that was in force already brings no event, so a service
     *     that has not spoken since this process began is taken to work by it
     */
    public CompletableFuture<Boolean> reached(long version, long before) {
        CompletableFuture<?>[] all = new CompletableFuture<?>[Consumer.values().length + 1];
        for (Consumer consumer : Consumer.values()) {
            VersionGate gate = gate(consumer);
            boolean silent = gate.seen() == 0 && version <= before;
            all[consumer.ordinal()] = silent ? CompletableFuture.completedFuture(null) : gate.reached(version);
        }
        all[Consumer.values().length] = own(version);
        return CompletableFuture.allOf(all)
                .thenApply(_ -> true)
                .completeOnTimeout(false, pendingAfterMillis, TimeUnit.MILLISECONDS);
    }

    private CompletableFuture<Void> own(long version) {
        CompletableFuture<Void> held = catalog.versions().reached(version);
        if (!held.isDone()) {
            var _ = catalog.load().whenComplete((_, failure) -> {
                if (failure != null) {
                    LOG.debugf("The catalog could not be read, its event will come: %s", failure.toString());
                }
            });
        }
        return held;
    }

    private VersionGate gate(Consumer consumer) {
        VersionGate gate = gates.get(consumer);
        if (gate == null) {
            throw new IllegalStateException("no gate for " + consumer);
        }
        return gate;
    }
}
