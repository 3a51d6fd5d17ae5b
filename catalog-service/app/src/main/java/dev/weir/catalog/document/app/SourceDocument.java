package dev.weir.catalog.document.app;

/** A document as it came. */
public record SourceDocument(String text, DocumentFormat format) {}
