package dev.weir.gateway.customers.domain;

import dev.weir.gateway.engine.CustomerView;

/** What is known of a customer. */
public sealed interface Lookup {
    /**
     * The customer and what it has.
     *
     * @param stale from a state that should have been renewed but could not be in time
     */
    record Known(CustomerView view, boolean stale) implements Lookup {}

    /** There is no such customer. */
    record Unknown() implements Lookup {}
}
