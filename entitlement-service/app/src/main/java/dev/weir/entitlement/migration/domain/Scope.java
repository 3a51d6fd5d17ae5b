package dev.weir.entitlement.migration.domain;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which subscriptions a migration is about: those of a plan, of certain customers.
 *
 * @param customers null = not by name
 * @param cohort null = not by cohort; with neither, everyone
 * @param plan of which plan; null = the target's
 * @param fromVersions of which versions; null = any
 */
public record Scope(
        @Nullable List<String> customers,
        @Nullable String cohort,
        @Nullable String plan,
        @Nullable List<Integer> fromVersions) {
    public Scope {
        customers = customers == null ? null : List.copyOf(customers);
        fromVersions = fromVersions == null ? null : List.copyOf(fromVersions);
    }
}
