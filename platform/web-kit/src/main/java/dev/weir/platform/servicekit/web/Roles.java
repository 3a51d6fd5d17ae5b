package dev.weir.platform.servicekit.web;

/** The realm roles, for {@code @RolesAllowed}. */
public final class Roles {

    /** Applies catalog documents. */
    public static final String CATALOG_ADMIN = "catalog-admin";
    /** Customers, subscriptions, promotions, overrides, grants, wallets, entitlements, usage. */
    public static final String OPERATOR = "operator";
    /** The vendor's product: check, reserve, report, read. */
    public static final String PRODUCT = "product";
    /** Reconciliation and finance reports. */
    public static final String FINANCE = "finance";
    /** Runs the platform: parked messages, replays. */
    public static final String PLATFORM = "platform";

    private Roles() {}
}
