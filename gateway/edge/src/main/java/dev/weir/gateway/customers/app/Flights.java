package dev.weir.gateway.customers.app;

import dev.weir.entitlement.contract.CustomerSnapshot;
import dev.weir.gateway.customers.domain.Flight;
import dev.weir.ledger.contract.WalletState;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** The loads under way, and which customers draw on the wallets of another. */
final class Flights {
    private final ConcurrentMap<String, List<Boarded>> pending = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, Set<String>> children = new ConcurrentHashMap<>();

    private record Boarded(Flight flight, long ledgerVersion) {}

    /**
     * A place on a flight.
     *
     * @param first the one who has to load
     */
    record Boarding(Flight flight, boolean first) {}

    /** Joins a load that sees what the ledger has of this version, or begins one. */
    Boarding board(String customer, long ledgerVersion) {
        Boarding[] boarding = new Boarding[1];
        pending.compute(customer, (_, running) -> {
            if (running != null) {
                for (Boarded one : running) {
                    if (one.ledgerVersion() >= ledgerVersion) {
                        boarding[0] = new Boarding(one.flight(), false);
                        return running;
                    }
                }
            }
            List<Boarded> more = running == null ? new ArrayList<>(1) : new ArrayList<>(running);
            Boarded mine = new Boarded(new Flight(), ledgerVersion);
            more.add(mine);
            boarding[0] = new Boarding(mine.flight(), true);
            return List.copyOf(more);
        });
        return boarding[0];
    }

    void end(String customer, Flight flight) {
        pending.computeIfPresent(customer, (_, running) -> {
            List<Boarded> rest =
                    running.stream().filter(one -> one.flight() != flight).toList();
            return rest.isEmpty() ? null : rest;
        });
    }

    boolean pending(String customer) {
        return pending.containsKey(customer);
    }

    void tell(CustomerSnapshot snapshot) {
        pending.getOrDefault(snapshot.customer(), List.of())
                .forEach(one -> one.flight().tell(snapshot));
    }

    void tell(WalletState wallet) {
        tell(wallet.root(), wallet);
        children(wallet.root()).forEach(child -> tell(child, wallet));
    }

    private void tell(String customer, WalletState wallet) {
        pending.getOrDefault(customer, List.of()).forEach(one -> one.flight().tell(wallet));
    }

    /** Customers other than the root itself that are held, or loading, and draw on its wallets. */
    Set<String> children(String root) {
        return children.getOrDefault(root, Set.of());
    }

    void child(String root, String customer) {
        children.compute(root, (_, known) -> {
            Set<String> set = known == null ? ConcurrentHashMap.newKeySet() : known;
            set.add(customer);
            return set;
        });
    }

    void orphan(String root, String customer) {
        children.computeIfPresent(root, (_, known) -> {
            known.remove(customer);
            return known.isEmpty() ? null : known;
        });
    }
}
