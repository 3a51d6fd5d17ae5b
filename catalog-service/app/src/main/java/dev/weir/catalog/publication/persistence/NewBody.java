package dev.weir.catalog.publication.persistence;

/** A body about to be stored: a plan version or an add-on version. */
public record NewBody(String key, int version, String hash, Object body) {}
