package dev.weir.catalog.contract;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A product: a customer has at most one subscription of it at a time (for each resource).
 *
 * @param defaultPlan serves customers without a subscription; null = none
 */
public record Product(String key, String name, @Nullable String defaultPlan) {
    public Product {
        Objects.requireNonNull(key, "key");
        name = name == null ? key : name;
    }
}
