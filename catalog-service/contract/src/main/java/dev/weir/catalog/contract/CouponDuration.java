package dev.weir.catalog.contract;

/** For how long a coupon takes off: one invoice, a number of months, or as long as the subscription has it. */
public enum CouponDuration {
    ONCE,
    REPEATING,
    FOREVER
}
