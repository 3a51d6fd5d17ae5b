package dev.weir.entitlement.subscription.domain;

/** An add-on that a subscription holds. */
public record HeldAddon(String addon, int version, String hash, int quantity) {}
