package dev.weir.ledger.wallet.domain;

import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Overage of a running period in one window that no closed window bears yet: what a raise may absorb.
 *
 * @param wallet the limit wallet
 * @param amount atoms, more than 0
 * @param subscription, plan, planVersion, planHash under which the window's usage happened; a budget counts it there
 */
public record OpenOverage(
        UUID wallet,
        UUID windowId,
        String customer,
        @Nullable String resource,
        Instant windowStart,
        Instant windowEnd,
        long amount,
        @Nullable UUID subscription,
        @Nullable String plan,
        int planVersion,
        @Nullable String planHash) {
    public OpenOverage {
        Objects.requireNonNull(wallet, "wallet");
        Objects.requireNonNull(windowId, "windowId");
    }
}
