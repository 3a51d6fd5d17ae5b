package dev.weir.ledger.contract;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;

/**
 * A wallet fell to its recharge rule's threshold and wants credit bought: the fact {@code ledger.recharge-requested.v1} (event id =
 * the request; shard of the root). At most one request of a wallet is open. Whoever buys answers with
 * {@code billing.recharge-paid.v1} or {@code billing.recharge-failed.v1}, which name the request.
 *
 * @param customer the owner of the wallet
 * @param quantity what to buy, atoms of the unit
 * @param cost what it costs, major units of the currency
 * @param attempt 1, and more after failures
 */
public record RechargeRequested(
        UUID request,
        UUID wallet,
        String customer,
        String unit,
        int scale,
        long quantity,
        BigDecimal cost,
        String currency,
        int attempt,
        Instant at) {
    public RechargeRequested {
        Objects.requireNonNull(request, "request");
        Objects.requireNonNull(customer, "customer");
        Objects.requireNonNull(cost, "cost");
        Objects.requireNonNull(currency, "currency");
    }
}
