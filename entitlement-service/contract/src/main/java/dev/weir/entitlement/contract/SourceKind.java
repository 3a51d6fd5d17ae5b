package dev.weir.entitlement.contract;

/** Where a part of an entitlement comes from. */
public enum SourceKind {
    PLAN,
    ANCESTOR,
    ADDON,
    TRIAL,
    PROMOTION,
    OVERRIDE
}
