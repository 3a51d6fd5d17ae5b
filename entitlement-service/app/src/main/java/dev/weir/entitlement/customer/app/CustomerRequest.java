package dev.weir.entitlement.customer.app;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.entitlement.customer.domain.PutCustomer;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is said of a customer; what is left out is unset.
 *
 * @param timeZone IANA, UTC unless given
 * @param country ISO 3166 alpha-2
 * @param currency ISO 4217
 * @param parent a customer whose allowance and wallets this one shares
 */
public record CustomerRequest(
        @Nullable String name,
        @Nullable String timeZone,
        @Nullable String country,
        @Nullable String currency,
        @Nullable String parent,
        @Nullable Map<String, JsonNode> metadata) {
    /** The wish. */
    public PutCustomer wish(String customer) {
        return new PutCustomer(
                customer, name, timeZone, country, currency, parent, metadata == null ? Map.of() : metadata);
    }
}
