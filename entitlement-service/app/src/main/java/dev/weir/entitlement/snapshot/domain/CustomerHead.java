package dev.weir.entitlement.snapshot.domain;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a customer is by itself, without subscriptions and allowances.
 *
 * @param root the topmost ancestor; the customer itself if it has none
 * @param version counts its published snapshots
 */
public record CustomerHead(
        String customer,
        @Nullable String parent,
        String root,
        @Nullable String name,
        String timeZone,
        @Nullable String country,
        @Nullable String currency,
        boolean archived,
        long version,
        Instant createdAt) {

    /** As it was by itself at another time. */
    public CustomerHead as(CustomerEra era) {
        return new CustomerHead(
                customer,
                era.parent(),
                era.root(),
                name,
                era.timeZone(),
                country,
                currency,
                era.archived(),
                version,
                createdAt);
    }
}
