package dev.weir.ledger.directory.domain;

import dev.weir.catalog.contract.FeatureDefinition;
import java.util.Map;

/**
 * What the ledger needs of the catalog in force.
 *
 * @param version 0 before the first catalog
 * @param creditScales of every credit unit that any catalog has named
 */
public record CatalogView(long version, Map<String, Integer> creditScales, Map<String, FeatureDefinition> features) {
    /** Before the first catalog has come. */
    public static final CatalogView EMPTY = new CatalogView(0, Map.of(), Map.of());

    public CatalogView {
        creditScales = Map.copyOf(creditScales);
        features = Map.copyOf(features);
    }
}
