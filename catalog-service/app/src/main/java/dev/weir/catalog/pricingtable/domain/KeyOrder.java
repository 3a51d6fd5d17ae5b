package dev.weir.catalog.pricingtable.domain;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The order in which the document names things: whoever packages a product has put them in the order to be shown.
 *
 * @param sections the keys of each section of the document, in their order
 */
public record KeyOrder(Map<String, List<String>> sections) {

    Comparator<String> products() {
        return by("products");
    }

    Comparator<String> plans() {
        return by("plans");
    }

    Comparator<String> addons() {
        return by("addons");
    }

    Comparator<String> features() {
        return by("features");
    }

    Comparator<String> featureGroups() {
        return by("featureGroups");
    }

    /** What the section does not name (a product that only plans name) comes last, by key. */
    private Comparator<String> by(String section) {
        Map<String, Integer> places = new HashMap<>();
        List<String> keys = sections.getOrDefault(section, List.of());
        for (int index = 0; index < keys.size(); index++) {
            places.put(keys.get(index), index);
        }
        return Comparator.<String>comparingInt(key -> places.getOrDefault(key, Integer.MAX_VALUE))
                .thenComparing(Comparator.naturalOrder());
    }
}
