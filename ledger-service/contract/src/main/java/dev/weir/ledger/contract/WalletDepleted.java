package dev.weir.ledger.contract;

import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Nothing is available in a wallet any more: the fact {@code ledger.wallet-depleted.v1} (event id = {@code <wallet>:<seq>}; shard
 * of the root). Told once each time its available balance falls to 0.
 *
 * @param held what open reservations still hold, atoms
 * @param overdraft booked debt, atoms
 * @param seq the wallet's last row by then
 */
public record WalletDepleted(
        UUID wallet,
        String root,
        String unit,
        @Nullable String resource,
        WalletKind kind,
        int scale,
        long held,
        long overdraft,
        long seq,
        Instant at) {
    public WalletDepleted {
        Objects.requireNonNull(wallet, "wallet");
    }
}
