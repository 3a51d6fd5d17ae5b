package dev.weir.catalog.diff.domain;

/** The kinds of things that a catalog holds, in the order a diff names them. */
public enum EntryKind {
    CREDIT_UNIT,
    METER,
    FEATURE,
    FEATURE_GROUP,
    PRODUCT,
    PLAN,
    ADDON,
    COUPON
}
