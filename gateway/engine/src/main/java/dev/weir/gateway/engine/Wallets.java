package dev.weir.gateway.engine;

import dev.weir.ledger.contract.WalletKind;
import dev.weir.ledger.contract.WalletState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The wallets of one root customer as last seen. Immutable. A customer has a handful, so a list is smaller and as fast as a
 * map.
 *
 * @param completeAsOf when the ledger last named all of them, with every period and grant due by then opened
 */
public record Wallets(List<WalletState> states, Instant completeAsOf) {

    public Wallets {
        states = List.copyOf(states);
    }

    /** The wallet of that unit: the resource's own if it has one, else the customer's. */
    public @Nullable WalletState find(String unit, @Nullable String resource) {
        WalletState whole = null;
        for (WalletState state : states) {
            if (state.unit().equals(unit)) {
                if (Objects.equals(state.resource(), resource)) {
                    return state;
                }
                if (state.resource() == null) {
                    whole = state;
                }
            }
        }
        return whole;
    }

    /** The wallets that hold credit. */
    public Stream<WalletState> credit() {
        return states.stream().filter(state -> state.kind() == WalletKind.CREDIT);
    }

    /** These, with others put in; of one wallet the higher sequence number wins. The same object if nothing is newer. */
    public Wallets merge(Collection<WalletState> others) {
        List<WalletState> merged = null;
        for (WalletState other : others) {
            List<WalletState> current = merged == null ? states : merged;
            int index = indexOf(current, other);
            if (index >= 0 && current.get(index).seq() >= other.seq()) {
                continue;
            }
            merged = merged == null ? new ArrayList<>(states) : merged;
            if (index < 0) {
                merged.add(other);
            } else {
                merged.set(index, other);
            }
        }
        return merged == null ? this : new Wallets(merged, completeAsOf);
    }

    private static int indexOf(List<WalletState> states, WalletState wanted) {
        for (int i = 0; i < states.size(); i++) {
            if (states.get(i).wallet().equals(wanted.wallet())) {
                return i;
            }
        }
        return -1;
    }
}
