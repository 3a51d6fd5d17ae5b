package dev.weir.catalog.contract;

/**
 * A consumer's word that it works by a catalog version: the states {@code entitlement.catalog-applied.v1},
 * {@code ledger.catalog-applied.v1} and {@code metering.catalog-applied.v1} (aggregate id {@code catalog}, shard 00,
 * aggregate version = catalog version).
 */
public record CatalogApplied(long version) {}
