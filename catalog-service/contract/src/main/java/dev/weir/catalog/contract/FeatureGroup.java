package dev.weir.catalog.contract;

import java.util.List;
import java.util.Objects;

/**
 * Features that are packaged and shown together. A published body needs no group: what a plan or an add-on gives by group is
 * written into its entitlements.
 *
 * @param features keys, in the order they are shown
 */
public record FeatureGroup(String key, String name, List<String> features) {
    public FeatureGroup {
        Objects.requireNonNull(key, "key");
        name = name == null ? key : name;
        features = features == null ? List.of() : List.copyOf(features);
    }
}
