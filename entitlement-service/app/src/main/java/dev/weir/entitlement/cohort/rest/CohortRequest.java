package dev.weir.entitlement.cohort.rest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.entitlement.cohort.app.PutCohort;
import dev.weir.entitlement.cohort.domain.CohortFilter;
import dev.weir.entitlement.input.domain.Faults;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A cohort: either its customers or a filter.
 *
 * @param customers all of its members
 * @param filter whoever fits it at the moment
 */
public record CohortRequest(
        @Nullable String name,
        @Nullable List<String> customers,
        @Nullable Filter filter) {
    private static final int CUSTOMERS_MAX = 10_000;

    /** Everything that is said must hold. */
    public record Filter(
            @Nullable String plan,
            @Nullable String product,
            @Nullable String country,
            @Nullable Map<String, JsonNode> metadata) {}

    PutCohort wish(String key, String author) {
        Faults faults = new Faults();
        faults.catalogKey("cohort", key);
        faults.text("name", name);
        if ((customers == null) == (filter == null)) {
            faults.add("customers", "REQUIRED", "or filter must be given, and not both");
        }
        checkCustomers(faults);
        CohortFilter read = checkFilter(faults);
        faults.refuse();
        return new PutCohort(key, name, customers, read, author);
    }

    private void checkCustomers(Faults faults) {
        if (customers == null) {
            return;
        }
        if (customers.size() > CUSTOMERS_MAX) {
            faults.add("customers", "TOO_MANY", "must have at most " + CUSTOMERS_MAX + " entries");
            return;
        }
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < customers.size(); i++) {
            String place = "customers[" + i + "]";
            String customer = customers.get(i);
            if (customer == null) {
                faults.required(place);
                continue;
            }
            faults.customerId(place, customer);
            if (!seen.add(customer)) {
                faults.add(place, "INVALID_VALUE", "stands there twice");
            }
        }
    }

    private @Nullable CohortFilter checkFilter(Faults faults) {
        if (filter == null) {
            return null;
        }
        if (filter.plan() != null) {
            faults.catalogKey("filter.plan", filter.plan());
        }
        if (filter.product() != null) {
            faults.catalogKey("filter.product", filter.product());
        }
        faults.country("filter.country", filter.country());
        CohortFilter read = new CohortFilter(filter.plan(), filter.product(), filter.country(), filter.metadata());
        if (read.isEmpty()) {
            faults.add("filter", "REQUIRED", "must say plan, product, country or metadata");
        }
        return read;
    }
}
