package dev.weir.catalog.document.domain;

/** A value of a list, with its place in the document. */
public record Placed<T>(String place, T value) {}
