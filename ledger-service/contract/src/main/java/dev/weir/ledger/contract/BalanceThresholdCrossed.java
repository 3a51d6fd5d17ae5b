package dev.weir.ledger.contract;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A wallet's available balance fell to a threshold or below it: the fact {@code ledger.balance-threshold-crossed.v1} (event id =
 * {@code <wallet>:<threshold>:<seq>}; shard of the root). Told once for each crossing; the threshold is armed again when the
 * balance has risen above it.
 *
 * @param threshold its name among the wallet's thresholds
 * @param amount where it lies now, atoms
 * @param percent of what the live blocks were granted; null for a threshold that is an amount
 * @param available after the operation that crossed it, atoms
 * @param seq the wallet's last row by then
 */
public record BalanceThresholdCrossed(
        UUID wallet,
        String root,
        String unit,
        @Nullable String resource,
        WalletKind kind,
        int scale,
        String threshold,
        long amount,
        @Nullable BigDecimal percent,
        long available,
        long seq,
        Instant at) {
    public BalanceThresholdCrossed {
        Objects.requireNonNull(wallet, "wallet");
        Objects.requireNonNull(threshold, "threshold");
    }
}
