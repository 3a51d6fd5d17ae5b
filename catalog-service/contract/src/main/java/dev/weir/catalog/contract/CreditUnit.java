package dev.weir.catalog.contract;

import java.util.Objects;

/**
 * A unit in which credit is counted.
 *
 * @param scale decimals of the unit's smallest part, 0 to 9; ledger amounts are integers of that part
 */
public record CreditUnit(String key, String name, int scale) {
    public CreditUnit {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(name, "name");
    }
}
