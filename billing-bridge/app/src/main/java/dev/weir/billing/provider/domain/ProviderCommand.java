package dev.weir.billing.provider.domain;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.weir.catalog.contract.Coupon;
import dev.weir.catalog.contract.Price;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One desired effect at a provider, in provider-neutral words. Stored as JSON; rebuilt from there for every attempt. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = ProviderCommand.UpsertCustomer.class, name = "CUSTOMER"),
    @JsonSubTypes.Type(value = ProviderCommand.UpsertMeter.class, name = "METER"),
    @JsonSubTypes.Type(value = ProviderCommand.UpsertPrice.class, name = "PRICE"),
    @JsonSubTypes.Type(value = ProviderCommand.UpsertCoupon.class, name = "COUPON"),
    @JsonSubTypes.Type(value = ProviderCommand.ApplySubscription.class, name = "SUBSCRIPTION"),
    @JsonSubTypes.Type(value = ProviderCommand.SubmitUsage.class, name = "USAGE"),
    @JsonSubTypes.Type(value = ProviderCommand.SubmitAmount.class, name = "AMOUNT")
})
public sealed interface ProviderCommand {
    /** The kinds, as stored. */
    enum Kind {
        CUSTOMER,
        METER,
        PRICE,
        COUPON,
        SUBSCRIPTION,
        /** Of no command: a price on a subscription, with the instant from which it bills usage in place of a remote id. */
        ITEM,
        USAGE,
        AMOUNT
    }

    /** Which kind this is. */
    Kind commandKind();

    /** A customer as payer. */
    record UpsertCustomer(
            String customer,
            @Nullable String name,
            @Nullable String country,
            @Nullable String currency) implements ProviderCommand {
        @Override
        public Kind commandKind() {
            return Kind.CUSTOMER;
        }
    }

    /** A meter that sums integer quantities (atoms of the feature's scale). */
    record UpsertMeter(String meter, String displayName) implements ProviderCommand {
        @Override
        public Kind commandKind() {
            return Kind.METER;
        }
    }

    /**
     * A price.
     *
     * @param key natural key, {@code plan@version/charge}
     * @param meter null for a fee
     * @param scale decimals of the metered quantity: the meter counts 10^-scale of a unit
     * @param every recurrence of a fee; usage is billed with the subscription's cycle ({@code P1M} if it has no fee)
     */
    record UpsertPrice(
            String key,
            String product,
            String productName,
            String nickname,
            Price price,
            @Nullable String meter,
            int scale,
            String every)
            implements ProviderCommand {
        @Override
        public Kind commandKind() {
            return Kind.PRICE;
        }
    }

    /**
     * A coupon.
     *
     * @param key natural key: the catalog's key and what tells its contents from those of an earlier version
     */
    record UpsertCoupon(String key, Coupon coupon) implements ProviderCommand {
        @Override
        public Kind commandKind() {
            return Kind.COUPON;
        }
    }

    /**
     * A subscription as it should be.
     *
     * @param prices natural keys of its prices, fees and usage
     * @param trialEnd null without a running trial
     * @param cancelAt null while it runs
     * @param coupon natural key of the coupon that takes off its invoices; null = none. The metadata say when it was redeemed
     */
    record ApplySubscription(
            String subscription,
            String customer,
            List<String> prices,
            Instant start,
            Instant anchor,
            @Nullable Instant trialEnd,
            @Nullable Instant cancelAt,
            Map<String, String> metadata,
            @Nullable String coupon)
            implements ProviderCommand {
        public ApplySubscription {
            prices = List.copyOf(prices);
            metadata = Map.copyOf(metadata);
        }

        @Override
        public Kind commandKind() {
            return Kind.SUBSCRIPTION;
        }
    }

    /**
     * Usage of one window, as the difference to what was sent before.
     *
     * @param identifier unique for (window, charge, revision)
     * @param quantity atoms; negative for a correction
     * @param at inside the window's hour, never in the future
     */
    record SubmitUsage(String identifier, String meter, String customer, long quantity, Instant at)
            implements ProviderCommand {
        @Override
        public Kind commandKind() {
            return Kind.USAGE;
        }
    }

    /**
     * Money on the customer's next invoice, as the difference to what was sent before.
     *
     * @param identifier unique for (amount, revision)
     * @param key what the amount is for; its commands add up
     * @param subscription our id; the amount goes on its invoice if it is at the provider, else on one of its own
     * @param amount in major units; negative for a correction
     */
    record SubmitAmount(
            String identifier,
            String key,
            String customer,
            String subscription,
            String description,
            BigDecimal amount,
            String currency,
            Instant from,
            Instant to)
            implements ProviderCommand {
        @Override
        public Kind commandKind() {
            return Kind.AMOUNT;
        }
    }
}
