package dev.weir.catalog.contract;

import java.util.Objects;

/** What a rate table says of given dimensions. */
public sealed interface CreditCost {
    /** The cost in the unit's smallest parts. */
    record Priced(long atoms) implements CreditCost {}

    /** No line of the table matches, or a needed dimension is missing: the call is denied as UNPRICED. */
    record Unpriced(String why) implements CreditCost {
        public Unpriced {
            Objects.requireNonNull(why, "why");
        }
    }

    /** A dimension is not usable: negative, or not a number where a quantity is needed. */
    record Invalid(String dimension, String why) implements CreditCost {}
}
