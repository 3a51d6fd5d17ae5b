package dev.weir.catalog.document.app;

/** How a document is written down. */
public enum DocumentFormat {
    JSON,
    YAML
}
