package dev.weir.entitlement.migration.rest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.entitlement.input.domain.Faults;
import dev.weir.entitlement.migration.domain.Scope;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads whom a migration is about: {@code "ALL"}, or an object of {@code customers} or {@code cohort}, and {@code plan} and
 * {@code fromVersions}.
 */
final class ScopeReader {
    private static final int CUSTOMERS_MAX = 10_000;
    private static final Scope EVERYONE = new Scope(null, null, null, null);

    private final Faults faults;

    private ScopeReader(Faults faults) {
        this.faults = faults;
    }

    static Scope read(@Nullable JsonNode scope, Faults faults) {
        return new ScopeReader(faults).scope(scope);
    }

    private Scope scope(@Nullable JsonNode scope) {
        if (scope == null || scope.isNull()) {
            faults.required("scope");
            return EVERYONE;
        }
        if (scope.isTextual() && scope.textValue().equals("ALL")) {
            return EVERYONE;
        }
        if (!scope.isObject() || scope.isEmpty()) {
            faults.add("scope", "INVALID_VALUE", "must be ALL, or name customers, a cohort or a plan");
            return EVERYONE;
        }
        List<String> customers = null;
        String cohort = null;
        String plan = null;
        List<Integer> versions = null;
        for (Map.Entry<String, JsonNode> field : scope.properties()) {
            switch (field.getKey()) {
                case "customers" -> customers = customers(field.getValue());
                case "cohort" -> cohort = key("scope.cohort", field.getValue());
                case "plan" -> plan = key("scope.plan", field.getValue());
                case "fromVersions" -> versions = versions(field.getValue());
                default -> faults.add("scope." + field.getKey(), "UNKNOWN_FIELD", "is not known");
            }
        }
        if (customers != null && cohort != null) {
            faults.add("scope.cohort", "INVALID_VALUE", "does not go with customers");
        }
        return new Scope(customers, cohort, plan, versions);
    }

    private List<String> customers(JsonNode list) {
        List<String> customers = new ArrayList<>();
        if (!list.isArray() || list.isEmpty() || list.size() > CUSTOMERS_MAX) {
            faults.add("scope.customers", "INVALID_VALUE", "must list 1 to " + CUSTOMERS_MAX + " customers");
            return customers;
        }
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < list.size(); i++) {
            String place = "scope.customers[" + i + "]";
            JsonNode customer = list.get(i);
            if (!customer.isTextual()) {
                faults.add(place, "INVALID_VALUE", "must be a text");
            } else if (!seen.add(customer.textValue())) {
                faults.add(place, "INVALID_VALUE", "stands there twice");
            } else {
                faults.customerId(place, customer.textValue());
                customers.add(customer.textValue());
            }
        }
        return customers;
    }

    private @Nullable String key(String place, JsonNode key) {
        String text = key.isTextual() ? key.textValue() : null;
        faults.catalogKey(place, text);
        return text;
    }

    private List<Integer> versions(JsonNode list) {
        List<Integer> versions = new ArrayList<>();
        if (!list.isArray() || list.isEmpty()) {
            faults.add("scope.fromVersions", "INVALID_VALUE", "must list versions");
            return versions;
        }
        for (int i = 0; i < list.size(); i++) {
            JsonNode version = list.get(i);
            if (version.isInt() && version.intValue() > 0) {
                versions.add(version.intValue());
            } else {
                faults.add("scope.fromVersions[" + i + "]", "INVALID_VALUE", "must be a whole number from 1");
            }
        }
        return versions;
    }
}
