package dev.weir.billing.contract;

import java.util.Objects;
import java.util.UUID;

/**
 * A requested recharge was bought: the fact {@code billing.recharge-paid.v1} (event id = the request; shard of the root).
 *
 * @param request the ledger's request
 * @param customer the owner of the wallet
 * @param invoice the provider's id of what was paid
 */
public record RechargePaid(UUID request, String customer, String provider, String invoice) {
    public RechargePaid {
        Objects.requireNonNull(request, "request");
        Objects.requireNonNull(invoice, "invoice");
    }
}
