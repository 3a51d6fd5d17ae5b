package dev.weir.entitlement.customer.domain;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.entitlement.input.domain.Faults;
import java.math.BigDecimal;
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
    private static final int METADATA_ENTRIES_MAX = 50;
    private static final int METADATA_LENGTH_MAX = 8_192;
    private static final int DIGITS_MAX = 40;
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
        metadata(faults);
        faults.refuse();
    }

    private void metadata(Faults faults) {
        String text = metadata.toString();
        if (metadata.size() > METADATA_ENTRIES_MAX || text.length() > METADATA_LENGTH_MAX) {
            faults.add(
                    "metadata",
                    "INVALID_VALUE",
                    "must have at most " + METADATA_ENTRIES_MAX + " entries and " + METADATA_LENGTH_MAX
                            + " characters");
        }
        // The database cannot keep a NUL, nor a number with thousands of digits.
        if (text.contains("\\u0000")
                || text.indexOf('\0') >= 0
                || metadata.values().stream().anyMatch(PutCustomer::hasHugeNumber)) {
            faults.add("metadata", "INVALID_VALUE", "must have no NUL and no number of more than 40 digits");
        }
    }

    private static boolean hasHugeNumber(JsonNode node) {
        if (node.isNumber()) {
            BigDecimal number = node.decimalValue();
            return number.precision() > DIGITS_MAX || Math.abs((long) number.scale()) > DIGITS_MAX;
        }
        for (JsonNode child : node) {
            if (hasHugeNumber(child)) {
                return true;
            }
        }
        return false;
    }

    /** The time zone to work by. */
    public String zone() {
        return timeZone == null ? "UTC" : timeZone;
    }
}
