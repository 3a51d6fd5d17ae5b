package dev.weir.billing.account.domain;

import dev.weir.catalog.contract.Charge;
import dev.weir.catalog.contract.Price;
import dev.weir.platform.kernel.CanonicalJson;
import dev.weir.platform.kernel.Sha256;

/**
 * Names at the provider. A meter belongs to one charge of one plan version, so that usage before a plan change is billed at
 * the old version's price, whatever happens to the subscription.
 */
public final class MeterName {
    /** Stripe's limit for an event name. */
    private static final int MAX_LENGTH = 100;

    private static final int VARIANT = 8;

    private MeterName() {}

    /** The meter of a charge at the price that the catalog has for everyone. */
    public static String of(String plan, int version, String charge) {
        return of(plan, version, charge, "");
    }

    /** The meter of a charge at one of its prices. */
    public static String of(String plan, int version, String charge, String variant) {
        String name = "weir_" + plan + "_v" + version + "_" + charge + (variant.isEmpty() ? "" : "_" + variant);
        return name.length() <= MAX_LENGTH ? name : "weir_" + Sha256.hex(name);
    }

    /** The natural key of the price of a charge. */
    public static String price(String plan, int version, String charge, String variant) {
        return plan + "@" + version + "/" + charge + (variant.isEmpty() ? "" : "/" + variant);
    }

    /** Tells a price that is not the charge's own (of a currency, a country, or one customer) from it; empty for that. */
    public static String variant(Charge charge, Price price) {
        return price.equals(charge.price()) ? "" : CanonicalJson.hash(price).substring(0, VARIANT);
    }
}
