package dev.weir.gateway.customers.domain;

import dev.weir.entitlement.contract.CustomerSnapshot;
import dev.weir.ledger.contract.WalletState;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A load that is under way. What events tell of its customer meanwhile is kept here, so that an answer read before a
 * change never overwrites the event that told of it.
 */
public final class Flight {
    private final CompletableFuture<Lookup> result = new CompletableFuture<>();
    private final Map<UUID, WalletState> wallets = new HashMap<>();
    private @Nullable CustomerSnapshot snapshot;

    /** Completes with what was found. */
    public CompletableFuture<Lookup> result() {
        return result;
    }

    /** An event told this. */
    public synchronized void tell(CustomerSnapshot newer) {
        if (snapshot == null || snapshot.version() < newer.version()) {
            snapshot = newer;
        }
    }

    /** An event told this. */
    public synchronized void tell(WalletState newer) {
        wallets.merge(newer.wallet(), newer, (left, right) -> left.seq() >= right.seq() ? left : right);
    }

    /** The newest snapshot told of. */
    public synchronized Optional<CustomerSnapshot> snapshot() {
        return Optional.ofNullable(snapshot);
    }

    /** The newest wallets told of. */
    public synchronized List<WalletState> wallets() {
        return List.copyOf(wallets.values());
    }
}
