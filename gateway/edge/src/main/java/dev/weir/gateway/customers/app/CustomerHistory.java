package dev.weir.gateway.customers.app;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.weir.entitlement.contract.CustomerSnapshot;
import dev.weir.gateway.engine.CustomerView;
import dev.weir.gateway.engine.Wallets;
import dev.weir.gateway.upstream.app.InternalApi;
import dev.weir.gateway.upstream.domain.Target;
import dev.weir.platform.kernel.Problem;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jboss.logging.Logger;

/**
 * What a customer has at another instant than now. Entitlement is asked, as it keeps every customer's whole timeline, and what
 * it answers is resolved here like the present.
 */
@Singleton
public class CustomerHistory {
    private static final Logger LOG = Logger.getLogger(CustomerHistory.class);
    private static final TypeReference<CustomerSnapshot> SNAPSHOT = new TypeReference<>() {};

    private final InternalApi api;
    private final BodyStore bodies;
    private final CatalogHolder catalog;

    CustomerHistory(InternalApi api, BodyStore bodies, CatalogHolder catalog) {
        this.api = api;
        this.bodies = bodies;
        this.catalog = catalog;
    }

    /** The customer at an instant, without its wallets; empty if there is none. Fails with a 503 problem if nobody answers. */
    public CompletableFuture<Optional<CustomerView>> at(String customer, Instant instant) {
        String path = CustomerLoader.customerPath(customer) + "/snapshot?asOf=" + instant;
        return api.get(Target.ENTITLEMENT, path, SNAPSHOT)
                .thenCompose(
                        found -> found.map(snapshot -> view(snapshot, instant).thenApply(Optional::of))
                                .orElseGet(() -> CompletableFuture.completedFuture(Optional.empty())))
                .exceptionallyCompose(failure -> {
                    LOG.warnf("Customer %s could not be read as of %s: %s", customer, instant, failure.toString());
                    return CompletableFuture.failedFuture(
                            new Problem(503, "UPSTREAM_UNAVAILABLE", "the customer's history cannot be had now")
                                    .header("Retry-After", "1"));
                });
    }

    private CompletableFuture<CustomerView> view(CustomerSnapshot snapshot, Instant instant) {
        Wallets none = new Wallets(List.of(), instant);
        return bodies.fetch(snapshot).thenApply(_ -> new CustomerView(snapshot, bodies, catalog::current, none));
    }
}
