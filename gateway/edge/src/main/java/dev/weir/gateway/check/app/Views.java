package dev.weir.gateway.check.app;

import dev.weir.gateway.GatewayConfig;
import dev.weir.gateway.customers.app.CustomerCache;
import dev.weir.gateway.customers.domain.Lookup;
import dev.weir.platform.kernel.Problem;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Gets at customers within the patience that a caller has. */
@Singleton
public class Views {
    private static final Logger LOG = Logger.getLogger(Views.class);

    private final CustomerCache cache;
    private final Duration missTimeout;
    private final Duration readTimeout;
    private final Counter misses;
    private final Counter stale;

    Views(CustomerCache cache, GatewayConfig config, MeterRegistry registry) {
        this.cache = cache;
        this.missTimeout = config.cache().missTimeout();
        this.readTimeout = config.upstream().loadTimeout();
        this.misses = registry.counter("weir_gateway_cache_misses");
        this.stale = registry.counter("weir_gateway_stale_answers");
    }

    /** The customer from memory; null = it must be loaded. */
    public @Nullable Lookup held(String customer, Instant now) {
        return cache.peek(customer, now);
    }

    /**
     * For a check: loads the customer, but waits for it no longer than the miss timeout. Then what was last known, marked
     * stale; empty if that is nothing. The load goes on either way.
     */
    public CompletableFuture<Optional<Lookup>> soon(String customer) {
        misses.increment();
        return load(customer, missTimeout).exceptionally(failure -> {
            LOG.debugf(failure, "Customer %s could not be had in time", customer);
            stale.increment();
            return Optional.ofNullable(cache.lastKnown(customer));
        });
    }

    /**
     * For a reader who would rather wait: the customer, or what was last known.
     *
     * @return fails with a 503 problem if there is nothing
     */
    public CompletableFuture<Lookup> patiently(String customer, Instant now) {
        Lookup held = cache.peek(customer, now);
        if (held != null) {
            return CompletableFuture.completedFuture(held);
        }
        misses.increment();
        return load(customer, readTimeout)
                .exceptionally(failure -> {
                    LOG.warnf("Customer %s could not be read: %s", customer, failure.toString());
                    return Optional.ofNullable(cache.lastKnown(customer));
                })
                .thenApply(found -> found.orElseThrow(
                        () -> new Problem(503, "UPSTREAM_UNAVAILABLE", "the customer's state cannot be had now")
                                .header("Retry-After", "1")));
    }

    private CompletableFuture<Optional<Lookup>> load(String customer, Duration patience) {
        // A stage of its own: the timeout must end this wait, not the load that others share.
        return cache.load(customer).thenApply(Optional::of).orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS);
    }
}
