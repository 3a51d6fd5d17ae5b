package dev.weir.entitlement.cohort.rest;

import dev.weir.entitlement.cohort.domain.Cohort;
import dev.weir.entitlement.cohort.domain.CohortFilter;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A cohort.
 *
 * @param members how many belong to it now; not in lists
 */
public record CohortResponse(
        String cohort,
        @Nullable String name,
        @Nullable CohortFilter filter,
        @Nullable Long members,
        Instant createdAt,
        Instant updatedAt,
        String updatedBy) {

    static CohortResponse of(Cohort cohort, @Nullable Long members) {
        return new CohortResponse(
                cohort.key(),
                cohort.name(),
                cohort.filter(),
                members,
                cohort.createdAt(),
                cohort.updatedAt(),
                cohort.updatedBy());
    }
}
