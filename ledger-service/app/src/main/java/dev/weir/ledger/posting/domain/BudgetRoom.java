package dev.weir.ledger.posting.domain;

/** How much of a quantity beyond a limit a budget has money for. */
@FunctionalInterface
interface BudgetRoom {
    /** No budget says anything. */
    BudgetRoom UNBOUNDED = quantity -> quantity;

    /** The largest part of the quantity that may become overage. */
    long atMost(long quantity);
}
