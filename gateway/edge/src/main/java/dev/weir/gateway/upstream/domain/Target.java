package dev.weir.gateway.upstream.domain;

/** Who answers a path. */
public enum Target {
    GATEWAY,
    CATALOG,
    ENTITLEMENT,
    LEDGER,
    METERING,
    BILLING
}
