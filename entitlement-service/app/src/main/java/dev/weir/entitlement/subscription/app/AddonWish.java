package dev.weir.entitlement.subscription.app;

/** An add-on that is asked for. */
public record AddonWish(String addon, int quantity) {}
