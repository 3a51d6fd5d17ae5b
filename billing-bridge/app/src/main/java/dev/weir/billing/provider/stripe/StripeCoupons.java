package dev.weir.billing.provider.stripe;

import com.stripe.StripeClient;
import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.StripeException;
import com.stripe.net.RequestOptions;
import com.stripe.param.CouponCreateParams;
import dev.weir.billing.provider.domain.ProviderCommand.UpsertCoupon;
import dev.weir.catalog.contract.Coupon;
import dev.weir.catalog.contract.CouponDuration;
import dev.weir.catalog.contract.Money;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;

/** Coupons at Stripe. Their id is ours, so "exists already" is as good as done. */
final class StripeCoupons {
    private final StripeClient client;

    StripeCoupons(StripeClient client) {
        this.client = client;
    }

    static String id(String key) {
        // Stripe takes no dots there.
        return "weir_" + key.replace('.', '-');
    }

    String create(UpsertCoupon command, String idempotencyKey) throws StripeException {
        Coupon coupon = command.coupon();
        CouponCreateParams.Builder params = CouponCreateParams.builder()
                .setId(id(command.key()))
                .setName(coupon.name())
                .putMetadata("weir_key", command.key())
                .setDuration(duration(coupon.duration()));
        Integer months = coupon.months();
        if (coupon.duration() == CouponDuration.REPEATING && months != null) {
            params.setDurationInMonths(months.longValue());
        }
        BigDecimal percent = coupon.percentOff();
        Money off = coupon.amountOff();
        if (percent != null) {
            params.setPercentOff(percent);
        } else if (off != null) {
            params.setAmountOff(StripeMinorUnits.toMinor(off.amount(), off.currency())
                            .longValueExact())
                    .setCurrency(off.currency().toLowerCase(Locale.ROOT));
        }
        if (!coupon.products().isEmpty()) {
            CouponCreateParams.AppliesTo.Builder appliesTo = CouponCreateParams.AppliesTo.builder();
            for (String product : coupon.products()) {
                appliesTo.addProduct(StripeObjects.product(client, product, product, idempotencyKey + "-" + product));
            }
            params.setAppliesTo(appliesTo.build());
        }
        try {
            return client.v1()
                    .coupons()
                    .create(
                            params.build(),
                            RequestOptions.builder()
                                    .setIdempotencyKey(idempotencyKey)
                                    .build())
                    .getId();
        } catch (InvalidRequestException exists) {
            if (!"resource_already_exists".equals(exists.getCode())) {
                throw exists;
            }
            return id(command.key());
        }
    }

    static Optional<String> known(UpsertCoupon command, StripeClient client) throws StripeException {
        try {
            return Optional.of(client.v1().coupons().retrieve(id(command.key())).getId());
        } catch (InvalidRequestException missing) {
            if ("resource_missing".equals(missing.getCode())) {
                return Optional.empty();
            }
            throw missing;
        }
    }

    private static CouponCreateParams.Duration duration(CouponDuration duration) {
        return switch (duration) {
            case ONCE -> CouponCreateParams.Duration.ONCE;
            case REPEATING -> CouponCreateParams.Duration.REPEATING;
            case FOREVER -> CouponCreateParams.Duration.FOREVER;
        };
    }
}
