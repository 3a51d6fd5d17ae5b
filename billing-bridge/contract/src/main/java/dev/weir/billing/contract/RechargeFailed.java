package dev.weir.billing.contract;

import java.util.Objects;
import java.util.UUID;

/**
 * A requested recharge could not be bought and will not be: the fact {@code billing.recharge-failed.v1} (event id = the request;
 * shard of the root). Nothing was taken from the customer.
 *
 * @param reason for people, such as the provider's decline
 */
public record RechargeFailed(UUID request, String customer, String provider, String reason) {
    public RechargeFailed {
        Objects.requireNonNull(request, "request");
        Objects.requireNonNull(reason, "reason");
    }
}
