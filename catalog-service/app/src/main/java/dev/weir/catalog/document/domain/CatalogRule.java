package dev.weir.catalog.document.domain;

/** One thing that must hold across a document. */
interface CatalogRule {

    /** Adds a fault for each place where the rule does not hold. */
    void check(CatalogDraft draft, Faults faults);
}
