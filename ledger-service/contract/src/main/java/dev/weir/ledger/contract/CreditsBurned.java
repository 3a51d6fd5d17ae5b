package dev.weir.ledger.contract;

import dev.weir.catalog.contract.Category;

/** Credit that a window burned, in atoms of the unit. */
public record CreditsBurned(String unit, int scale, Category category, long amount) {}
