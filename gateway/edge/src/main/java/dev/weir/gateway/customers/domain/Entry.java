package dev.weir.gateway.customers.domain;

import dev.weir.gateway.engine.CustomerView;

/**
 * A customer in the cache.
 *
 * @param loadedNanos when it was last read from the services, on the monotonic clock
 * @param ledgerVersion the snapshot version that the ledger was known to work by when the wallets were read; 0 = not known
 */
public record Entry(CustomerView view, long loadedNanos, long ledgerVersion) {

    /** The same with another view. */
    public Entry with(CustomerView other) {
        return other == view ? this : new Entry(other, loadedNanos, ledgerVersion);
    }
}
