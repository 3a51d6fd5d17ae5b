package dev.weir.entitlement.cohort.domain;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A group of customers: those that were listed, or whoever fits the filter at the moment.
 *
 * @param filter null for a listed cohort
 * @param updatedBy who put it last
 */
public record Cohort(
        String key,
        @Nullable String name,
        @Nullable CohortFilter filter,
        Instant createdAt,
        Instant updatedAt,
        String updatedBy) {}
