package dev.weir.entitlement.snapshot.domain;

import org.jspecify.annotations.Nullable;

/** What a customer was by itself at some time: whose allowance it shared, and where its days began. */
public record CustomerEra(String customer, @Nullable String parent, String root, String timeZone, boolean archived) {}
