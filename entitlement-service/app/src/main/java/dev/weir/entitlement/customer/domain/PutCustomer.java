package dev.weir.entitlement.customer.domain;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.entitlement.input.domain.Faults;
import dev.weir.entitlement.input.domain.Metadata;
import java.time.zone.ZoneRulesProvider;
import java.util.Currency;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The wish to create or replace a customer. */
public record PutCustomer(
        String customer,
        @Nullable String name,
        @Nullable String timeZone,
        @Nullable String country,
        @Nullable String currency,
        @Nullable String parent,
        Map<String, JsonNode> metadata) {
    private static final Set<String> CURRENCIES = Currency.getAvailableCurrencies().stream()
            .map(Currency::getCurrencyCode)
            .collect(Collectors.toUnmodifiableSet());

    /** Refuses what can never hold. */
    public void check() {
        Faults faults = new Faults();
        faults.customerId("customer", customer);
        faults.text("name", name);
        if (timeZone != null && !ZoneRulesProvider.getAvailableZoneIds().contains(timeZone)) {
            faults.add("timeZone", "INVALID_VALUE", "must be an IANA time zone such as Europe/Berlin");
        }
        faults.country("country", country);
        if (currency != null && !CURRENCIES.contains(currency)) {
            faults.add("currency", "INVALID_VALUE", "must be an ISO 4217 currency");
        }
        if (parent != null) {
            faults.customerId("parent", parent);
            if (parent.equals(customer)) {
                faults.add("parent", "PARENT_CYCLE", "must be another customer");
            }
        }
        Metadata.check(metadata, faults);
        faults.refuse();
    }

    /** The time zone to work by. */
    public String zone() {
        return timeZone == null ? "UTC" : timeZone;
    }
}
