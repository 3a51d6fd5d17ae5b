package dev.weir.entitlement.subscription.rest;

/** Nothing is asked but the action itself. */
public record EmptyRequest() {}
