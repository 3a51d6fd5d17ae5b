package dev.weir.billing.account.domain;

import dev.weir.platform.kernel.Sha256;

/**
 * Names at the provider. A meter belongs to one charge of one plan version, so that usage before a plan change is billed at
 * the old version's price, whatever happens to the subscription.
 */
public final class MeterName {
    /** Stripe's limit for an event name. */
    private static final int MAX_LENGTH = 100;

    private MeterName() {}

    /** The meter of a charge. */
    public static String of(String plan, int version, String charge) {
        String name = "weir_" + plan + "_v" + version + "_" + charge;
        return name.length() <= MAX_LENGTH ? name : "weir_" + Sha256.hex(name);
    }

    /** The natural key of the price of a charge. */
    public static String price(String plan, int version, String charge) {
        return plan + "@" + version + "/" + charge;
    }
}
