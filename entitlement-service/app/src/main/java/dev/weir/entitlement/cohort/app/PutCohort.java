package dev.weir.entitlement.cohort.app;

import dev.weir.entitlement.cohort.domain.CohortFilter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The wish for a cohort; one of customers and filter is there.
 *
 * @param customers all of its members
 */
public record PutCohort(
        String key,
        @Nullable String name,
        @Nullable List<String> customers,
        @Nullable CohortFilter filter,
        String author) {}
