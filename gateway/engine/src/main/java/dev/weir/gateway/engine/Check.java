package dev.weir.gateway.engine;

import dev.weir.catalog.contract.FeatureDefinition;
import dev.weir.catalog.contract.OnLimit;
import dev.weir.catalog.contract.Then;
import dev.weir.ledger.contract.WalletState;
import dev.weir.platform.kernel.Atoms;
import dev.weir.platform.kernel.AtomsException;
import dev.weir.platform.kernel.Problem;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The decision itself: reads only, never holds. The ledger decides reservations by the same rules on its own state. */
public final class Check {
    private Check() {}

    /**
     * Whether the customer may do this at {@code now}.
     *
     * @throws Problem 400 if the request does not fit the feature: a quantity with too many decimals, a dimension that is
     *     not a number
     */
    public static Decision decide(CustomerView view, CheckRequest request, Instant now) {
        Instant at = view.notBefore(now);
        Answer answer = new Answer(view, request.feature(), at);
        Allowance allowance = view.allowance(request.feature(), request.resource(), at);
        if (allowance == null || !allowance.granted()) {
            return notGranted(view, request, allowance, answer, at);
        }
        answer.of(allowance);
        return switch (allowance.definition().type()) {
            case BOOLEAN -> answer.allow();
            case CONFIG -> config(request, allowance, answer);
            case METERED -> metered(view, request, allowance, answer, at);
            case CREDIT -> CreditCheck.decide(view, request, allowance, answer, at);
        };
    }

    /** The answer for a customer that does not exist. */
    public static Decision unknownCustomer(CheckRequest request, Instant now) {
        return bare(request, DenialReason.UNKNOWN_CUSTOMER, now, false);
    }

    /** The answer when the state could not be had in time: allowed or not by configuration, and marked stale. */
    public static Decision fallback(CheckRequest request, boolean allow, Instant now) {
        return bare(request, allow ? null : DenialReason.LEASE_UNAVAILABLE, now, true);
    }

    private static Decision bare(CheckRequest request, @Nullable DenialReason reason, Instant now, boolean stale) {
        return new Decision(
                reason == null,
                reason,
                request.feature(),
                null,
                null,
                null,
                null,
                null,
                List.of(),
                null,
                0,
                now,
                stale);
    }

    private static Decision notGranted(
            CustomerView view, CheckRequest request, @Nullable Allowance allowance, Answer answer, Instant now) {
        if (allowance != null && allowance.revoked()) {
            return answer.of(allowance).deny(DenialReason.REVOKED);
        }
        FeatureDefinition definition =
                allowance != null ? allowance.definition() : view.catalogFeature(request.feature());
        if (definition == null && view.catalogKnown()) {
            return answer.deny(DenialReason.UNKNOWN_FEATURE);
        }
        if (definition != null) {
            answer.type(definition.type());
        }
        if (view.subscribed(now)) {
            return answer.deny(DenialReason.NOT_ENTITLED);
        }
        return answer.allCreditWallets().deny(DenialReason.NO_SUBSCRIPTION);
    }

    private static Decision config(CheckRequest request, Allowance allowance, Answer answer) {
        String wanted = request.value();
        String held = allowance.value();
        answer.value(held);
        if (wanted == null || (held != null && ConfigValues.covers(allowance.definition(), held, wanted))) {
            return answer.allow();
        }
        return answer.deny(DenialReason.VALUE_NOT_ALLOWED);
    }

    private static Decision metered(
            CustomerView view, CheckRequest request, Allowance allowance, Answer answer, Instant now) {
        FeatureDefinition definition = allowance.definition();
        if (!request.dimensions().isEmpty()) {
            throw Problem.badRequest("INVALID_VALUE", "a METERED feature takes a quantity, not dimensions")
                    .error("dimensions", "INVALID_VALUE", "a METERED feature takes a quantity");
        }
        long quantity = quantity(request.quantity(), definition.scale());
        if (allowance.unlimited()) {
            return charged(view, allowance, quantity, answer.unlimited(), now);
        }
        WalletState wallet = view.wallets().find(definition.key(), allowance.resource());
        LimitRoom room = LimitRoom.of(allowance, wallet, now);
        answer.limited(room);
        if (room.frozen()) {
            return answer.deny(DenialReason.FROZEN, definition.key(), 0, room.quarantined(), definition.scale());
        }
        long beyond = Math.max(0, quantity - room.remaining());
        Then then = allowance.then();
        if (then != null) {
            return onCredit(view, allowance, then, beyond, answer, now);
        }
        if (beyond == 0) {
            return answer.allow();
        }
        long missing = beyond;
        if (allowance.onLimit() == OnLimit.SOFT) {
            if (allowance.overageCap() == Allowance.NO_CAP) {
                return charged(view, allowance, beyond, answer, now);
            }
            missing = beyond - Math.max(0, allowance.overageCap() - room.overage());
            if (missing <= 0) {
                return charged(view, allowance, beyond, answer, now);
            }
        }
        return answer.deny(
                DenialReason.LIMIT_REACHED, definition.key(), missing, room.quarantined(), definition.scale());
    }

    /** Allowed, unless a budget has no money for what of it is charged. */
    private static Decision charged(CustomerView view, Allowance allowance, long quantity, Answer answer, Instant now) {
        Decision allowed = answer.allow();
        return BudgetRoom.refusing(view, allowance, quantity, now)
                .map(allowed::refusedBy)
                .orElse(allowed);
    }

    /** What exceeds the included quantity goes on in credits; onLimit governs this last leg. */
    private static Decision onCredit(
            CustomerView view, Allowance allowance, Then then, long beyond, Answer answer, Instant now) {
        CreditRoom room = CreditRoom.of(view, then.unit(), allowance, now);
        long cost = onCreditCost(then, beyond, allowance.definition().scale(), room.scale());
        answer.wallet(room, cost);
        return CreditCheck.covered(room, cost, answer);
    }

    /** What a quantity beyond the included one costs, in atoms of the credit unit. */
    static long onCreditCost(Then then, long beyond, int scale, int creditScale) {
        try {
            return Atoms.decimal(beyond, scale)
                    .multiply(then.per())
                    .movePointRight(creditScale)
                    .setScale(0, RoundingMode.HALF_UP)
                    .longValueExact();
        } catch (ArithmeticException overflow) {
            throw invalidQuantity("the cost does not fit 64 bits");
        }
    }

    static long quantity(@Nullable BigDecimal quantity, int scale) {
        try {
            return Atoms.parse(Objects.requireNonNullElse(quantity, BigDecimal.ONE), scale);
        } catch (AtomsException e) {
            throw invalidQuantity(Objects.requireNonNullElse(e.getMessage(), "is not usable"));
        }
    }

    static Problem invalidQuantity(String why) {
        return Problem.badRequest("INVALID_QUANTITY", why).error("quantity", "INVALID_QUANTITY", why);
    }
}
