package dev.weir.ledger.reservation.rest;

/** Nothing to say. */
public record ReleaseRequest() {}
