package dev.weir.gateway.freshness.app;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.weir.gateway.GatewayConfig;
import dev.weir.gateway.customers.app.CustomerCache;
import dev.weir.gateway.customers.app.CustomerLoader;
import dev.weir.gateway.customers.app.VersionGate;
import dev.weir.gateway.customers.domain.Lookup;
import dev.weir.gateway.upstream.app.InternalApi;
import dev.weir.gateway.upstream.domain.Target;
import dev.weir.ledger.contract.CustomerApplied;
import io.vertx.core.Vertx;
import jakarta.inject.Singleton;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Read your writes, for customers: a write is answered once the ledger works by the new snapshot and this edge's cache
 * holds it. The ledger tells by event; it is also asked, at once and then ever more rarely, since a write that changed
 * nothing brings no event.
 */
@Singleton
public class CustomerFreshness {
    /** The version of the customer's snapshot that contains a write. */
    public static final String VERSION_HEADER = "Weir-Snapshot-Version";

    private static final Logger LOG = Logger.getLogger(CustomerFreshness.class);
    private static final TypeReference<Applied> APPLIED = new TypeReference<>() {};
    private static final int FIRST_ASK_AGAIN_MS = 15;

    private final ConcurrentMap<String, Tracked> tracked = new ConcurrentHashMap<>();
    private final CustomerCache cache;
    private final InternalApi api;
    private final Vertx vertx;
    private final long pendingAfterMillis;

    private record Tracked(VersionGate gate, int interests) {}

    private record Applied(long version) {}

    CustomerFreshness(CustomerCache cache, InternalApi api, Vertx vertx, GatewayConfig config) {
        this.cache = cache;
        this.api = api;
        this.vertx = vertx;
        this.pendingAfterMillis = config.pendingAfter().toMillis();
    }

    /** Begins to watch a customer, before a write to it is passed on. Close it when the write is answered. */
    public Interest register(String customer) {
        cache.forgetUnknown(customer);
        Tracked mine = tracked.compute(
                customer,
                (_, known) -> known == null
                        ? new Tracked(new VersionGate(), 1)
                        : new Tracked(known.gate(), known.interests() + 1));
        return new Interest(customer, mine.gate());
    }

    /** Whether anyone waits for news of this customer. */
    public boolean watches(String customer) {
        return tracked.containsKey(customer);
    }

    /** The ledger told that it works by this version. */
    public void ledgerApplied(CustomerApplied applied) {
        Tracked known = tracked.get(applied.customer());
        if (known != null) {
            known.gate().advance(applied.version());
        }
        cache.ledgerApplied(applied.customer(), applied.version());
    }

    /** One write's interest in a customer. */
    public final class Interest implements AutoCloseable {
        private final String customer;
        private final VersionGate gate;

        private Interest(String customer, VersionGate gate) {
            this.customer = customer;
            this.gate = gate;
        }

        /** Whether that version came into force in time. */
        public CompletableFuture<Boolean> reached(long version) {
            cache.forgetUnknown(customer);
            CompletableFuture<Boolean> inForce = gate.reached(version)
                    .thenCompose(_ -> cache.refresh(customer, version))
                    .thenApply(found -> found instanceof Lookup.Known known
                            && known.view().snapshot().version() >= version)
                    .exceptionally(failure -> {
                        LOG.warnf(failure, "Customer %s could not be read after a write", customer);
                        return false;
                    })
                    .completeOnTimeout(false, pendingAfterMillis, TimeUnit.MILLISECONDS);
            ask(version, inForce, FIRST_ASK_AGAIN_MS);
            return inForce;
        }

        private void ask(long version, CompletableFuture<Boolean> inForce, long againAfterMillis) {
            if (gate.seen() >= version || inForce.isDone()) {
                return;
            }
            var _ = api.get(Target.LEDGER, CustomerLoader.customerPath(customer) + "/applied", APPLIED)
                    .whenComplete((answer, failure) -> {
                        if (failure != null) {
                            LOG.debugf("The ledger did not say what it works by: %s", failure.toString());
                        } else {
                            answer.ifPresent(applied -> gate.advance(applied.version()));
                        }
                        if (gate.seen() < version) {
                            vertx.setTimer(againAfterMillis, _ -> ask(version, inForce, againAfterMillis * 2));
                        }
                    });
        }

        @Override
        public void close() {
            tracked.computeIfPresent(
                    customer,
                    (_, known) -> known.interests() <= 1 ? null : new Tracked(known.gate(), known.interests() - 1));
        }
    }
}
