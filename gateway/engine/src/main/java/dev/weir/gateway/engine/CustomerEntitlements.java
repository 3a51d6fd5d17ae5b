package dev.weir.gateway.engine;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything a customer has.
 *
 * @param items by feature key
 * @param next where the next page begins; null = there is none
 * @param wallets every credit wallet of the root
 */
public record CustomerEntitlements(
        String customer,
        boolean subscribed,
        List<EntitlementState> items,
        @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable String next,
        List<WalletView> wallets,
        long snapshotVersion,
        Instant asOf,
        boolean stale) {

    /** The same with these items. */
    public CustomerEntitlements withItems(List<EntitlementState> others) {
        return new CustomerEntitlements(customer, subscribed, others, next, wallets, snapshotVersion, asOf, stale);
    }
}
