package dev.weir.entitlement.allowance.app;

import dev.weir.entitlement.allowance.domain.Grant;
import dev.weir.entitlement.contract.AllowancePart;
import dev.weir.entitlement.input.domain.Faults;
import dev.weir.entitlement.input.domain.Moment;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads requests for promotions and overrides. */
public final class AllowanceWish {
    private AllowanceWish() {}

    /** A promotion of a feature; 400 with everything that is wrong with it. */
    public static MakeAllowance of(String customer, PromotionRequest request, String author) {
        return of(
                customer,
                AllowancePart.Kind.PROMOTION,
                request.feature(),
                request.entitlement(),
                false,
                request.from(),
                request.to(),
                request.reason(),
                author);
    }

    /** A promotion of credit; 400 with everything that is wrong with it. */
    public static MakeCredit credit(
            String customer,
            PromotionRequest request,
            CreditsRequest credits,
            @Nullable String reference,
            String author) {
        Faults faults = new Faults();
        faults.customerId("customer", customer);
        if (request.feature() != null) {
            faults.add("feature", "INVALID_VALUE", "does not go with credits");
        }
        if (request.entitlement() != null) {
            faults.add("entitlement", "INVALID_VALUE", "does not go with credits");
        }
        BigDecimal amount = credits.check(faults);
        if (credits.expiresAfter() != null && request.to() != null) {
            faults.add("to", "INVALID_VALUE", "does not go with expiresAfter");
        }
        Instant begins = moment("from", request.from(), faults);
        Instant ends = moment("to", request.to(), faults);
        if (request.reason() == null) {
            faults.required("reason");
        }
        faults.text("reason", request.reason());
        faults.refuse();
        return new MakeCredit(
                customer,
                Objects.requireNonNull(credits.unit()),
                amount,
                credits.rank(),
                credits.expiresAfter(),
                ends,
                begins,
                reference,
                Objects.requireNonNull(request.reason()),
                author);
    }

    /** An override; 400 with everything that is wrong with it. */
    public static MakeAllowance of(String customer, OverrideRequest request, String author) {
        return of(
                customer,
                AllowancePart.Kind.OVERRIDE,
                request.feature(),
                request.entitlement(),
                Boolean.TRUE.equals(request.revoke()),
                request.from(),
                request.to(),
                request.reason(),
                author);
    }

    private static MakeAllowance of(
            String customer,
            AllowancePart.Kind kind,
            @Nullable String feature,
            @Nullable EntitlementRequest entitlement,
            boolean revoke,
            @Nullable Instant from,
            @Nullable Instant to,
            @Nullable String reason,
            String author) {
        Faults faults = new Faults();
        faults.customerId("customer", customer);
        faults.catalogKey("feature", feature);
        if (revoke && entitlement != null) {
            faults.add("entitlement", "INVALID_VALUE", "does not go with revoke");
        } else if (!revoke && entitlement == null) {
            faults.required("entitlement");
        }
        Grant grant = entitlement == null ? null : entitlement.grant(faults);
        Instant begins = moment("from", from, faults);
        Instant ends = moment("to", to, faults);
        if (reason == null) {
            faults.required("reason");
        } else {
            faults.text("reason", reason);
        }
        faults.refuse();
        return new MakeAllowance(
                customer,
                kind,
                Objects.requireNonNull(feature),
                grant,
                begins,
                ends,
                Objects.requireNonNull(reason),
                author);
    }

    private static @Nullable Instant moment(String field, @Nullable Instant instant, Faults faults) {
        if (instant == null) {
            return null;
        }
        Instant checked = Moment.checked(instant).orElse(null);
        if (checked == null) {
            faults.add(field, "INVALID_VALUE", "must lie in the years 2000 to 2199");
        }
        return checked;
    }
}
