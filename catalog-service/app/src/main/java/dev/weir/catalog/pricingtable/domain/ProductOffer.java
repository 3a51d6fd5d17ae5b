package dev.weir.catalog.pricingtable.domain;

import java.util.List;

/** A product with what is sold of it, in the order of the document. */
public record ProductOffer(String product, String name, List<PlanOffer> plans, List<AddonOffer> addons) {

    public ProductOffer {
        plans = List.copyOf(plans);
        addons = List.copyOf(addons);
    }
}
