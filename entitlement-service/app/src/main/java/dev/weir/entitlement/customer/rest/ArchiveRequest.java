package dev.weir.entitlement.customer.rest;

import org.jspecify.annotations.Nullable;

/**
 * How a customer is archived.
 *
 * @param cancelSubscriptions whether subscriptions that have not ended are canceled now; without it they refuse the archive
 */
public record ArchiveRequest(@Nullable Boolean cancelSubscriptions) {}
