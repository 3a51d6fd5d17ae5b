package dev.weir.ledger.contract;

/**
 * The ledger works by this version of the customer's snapshot: the state {@code ledger.customer-applied.v1} (aggregate id =
 * customer, aggregate version = snapshot version).
 */
public record CustomerApplied(String customer, long version) {}
