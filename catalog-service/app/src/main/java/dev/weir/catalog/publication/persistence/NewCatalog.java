package dev.weir.catalog.publication.persistence;

import dev.weir.catalog.contract.CatalogInForce;
import dev.weir.catalog.document.app.DocumentFormat;
import dev.weir.catalog.publication.domain.Change;
import java.util.List;

/** A catalog about to be stored: what is in force, how it was written and by whom. */
public record NewCatalog(
        CatalogInForce inForce,
        String publishedBy,
        DocumentFormat format,
        String source,
        String document,
        List<Change> changes) {}
