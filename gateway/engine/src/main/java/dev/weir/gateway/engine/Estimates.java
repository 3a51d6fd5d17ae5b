package dev.weir.gateway.engine;

import dev.weir.catalog.contract.CreditCost;
import dev.weir.catalog.contract.CreditRating;
import dev.weir.catalog.contract.FeatureDefinition;
import dev.weir.catalog.contract.FeatureType;
import dev.weir.catalog.contract.OnLimit;
import dev.weir.catalog.contract.Then;
import dev.weir.gateway.engine.Estimate.Balance;
import dev.weir.gateway.engine.Estimate.CostLeg;
import dev.weir.gateway.engine.Estimate.MoneyCost;
import dev.weir.platform.kernel.Atoms;
import dev.weir.platform.kernel.Problem;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Prices what a check decides on: the same state, the same rules, and what it would take. Pure. */
public final class Estimates {
    private Estimates() {}

    /**
     * What it would cost at {@code now}.
     *
     * @param request what would be asked for; quantity 1 of a METERED feature if it names none
     * @param used of an unlimited feature in the running period, in whole units, since a graduated price depends on it; null =
     *     not known: then counted as if nothing was used before. Of no account for every other feature
     * @throws Problem 400 if the request does not fit the feature, as a check; or says of a CREDIT feature neither quantity
     *     nor dimensions
     */
    public static Estimate of(CustomerView view, CheckRequest request, @Nullable BigDecimal used, Instant now) {
        Instant at = view.notBefore(now);
        Decision decision = Check.decide(view, request, now);
        Allowance allowance = view.allowance(request.feature(), request.resource(), at);
        if (allowance == null || !allowance.granted()) {
            return answer(decision, List.of(), List.of(), null);
        }
        return switch (allowance.definition().type()) {
            case BOOLEAN, CONFIG -> answer(decision, List.of(), List.of(), null);
            case METERED -> metered(new Asked(view, request, allowance, decision, at), used);
            case CREDIT -> credit(new Asked(view, request, allowance, decision, at));
        };
    }

    /** The answer for a customer that does not exist. */
    public static Estimate unknownCustomer(CheckRequest request, Instant now) {
        return answer(Check.unknownCustomer(request, now), List.of(), List.of(), null);
    }

    private record Asked(CustomerView view, CheckRequest request, Allowance allowance, Decision decision, Instant at) {
        FeatureDefinition definition() {
            return allowance.definition();
        }

        CreditRoom room(String unit) {
            return CreditRoom.of(view, unit, allowance, at);
        }
    }

    private static Estimate metered(Asked asked, @Nullable BigDecimal used) {
        FeatureDefinition definition = asked.definition();
        int scale = definition.scale();
        String feature = definition.key();
        long quantity = Check.quantity(asked.request().quantity(), scale);
        BigDecimal whole = Atoms.decimal(quantity, scale);
        if (asked.allowance().unlimited()) {
            MoneyCost money =
                    UsagePrice.payAsYouGo(asked.view(), feature, asked.request().resource(), asked.at(), used, whole);
            return answer(
                    asked.decision(),
                    List.of(new CostLeg(feature, CostLeg.Kind.UNLIMITED, whole, null)),
                    List.of(),
                    money);
        }
        LimitRoom room = LimitRoom.of(
                asked.allowance(),
                asked.view().wallets().find(feature, asked.allowance().resource()),
                asked.at());
        boolean goesOn = asked.allowance().then() != null || asked.allowance().onLimit() == OnLimit.SOFT;
        long included = goesOn ? Math.min(quantity, room.remaining()) : quantity;
        long beyond = quantity - included;
        List<CostLeg> cost = new ArrayList<>();
        List<Balance> after = new ArrayList<>();
        if (included > 0 || beyond == 0) {
            cost.add(new CostLeg(feature, CostLeg.Kind.INCLUDED, Atoms.decimal(included, scale), null));
        }
        long left = asked.decision().allowed() ? room.remaining() - included : room.remaining();
        after.add(new Balance(feature, Atoms.decimal(left, scale)));
        Then then = asked.allowance().then();
        if (then != null) {
            CreditRoom credit = asked.room(then.unit());
            BigDecimal covered = beyond > 0 ? Atoms.decimal(beyond, scale) : null;
            spend(asked, credit, Check.onCreditCost(then, beyond, scale, credit.scale()), covered, cost, after);
            return answer(asked.decision(), cost, after, null);
        }
        if (beyond == 0) {
            return answer(asked.decision(), cost, after, null);
        }
        BigDecimal over = Atoms.decimal(beyond, scale);
        cost.add(new CostLeg(feature, CostLeg.Kind.OVERAGE, over, null));
        MoneyCost money = UsagePrice.overage(
                asked.view(),
                feature,
                asked.request().resource(),
                asked.at(),
                Atoms.decimal(room.overage(), scale),
                over);
        return answer(asked.decision(), cost, after, money);
    }

    private static Estimate credit(Asked asked) {
        FeatureDefinition definition = asked.definition();
        CreditRoom room = asked.room(Objects.requireNonNull(definition.creditUnit(), "a CREDIT feature has a unit"));
        CheckRequest request = asked.request();
        List<CostLeg> cost = new ArrayList<>();
        List<Balance> after = new ArrayList<>();
        if (request.quantity() != null) {
            spend(asked, room, Check.quantity(request.quantity(), room.scale()), null, cost, after);
        } else if (request.dimensions().isEmpty()) {
            throw Problem.badRequest("REQUIRED", "what would it cost? quantity or dimensions are required")
                    .error("dimensions", "REQUIRED", "or a quantity of credits");
        } else if (CreditRating.cost(asked.allowance().rates(), request.dimensions(), room.scale())
                instanceof CreditCost.Priced priced) {
            spend(asked, room, priced.atoms(), null, cost, after);
        } else {
            // The check refused what is no number, so there is no price for these dimensions.
            after.add(new Balance(room.unit(), Atoms.decimal(room.available(), room.scale())));
        }
        return answer(asked.decision(), cost, after, null);
    }

    /** Credit from blocks first, then from overdraft room. */
    private static void spend(
            Asked asked,
            CreditRoom room,
            long atoms,
            @Nullable BigDecimal quantity,
            List<CostLeg> cost,
            List<Balance> after) {
        boolean allowed = asked.decision().allowed();
        long below = allowed ? Math.max(0, atoms - room.available()) : 0;
        long paid = atoms - below;
        boolean credit = asked.definition().type() == FeatureType.CREDIT;
        if (paid > 0 || (credit && atoms == 0)) {
            cost.add(new CostLeg(room.unit(), CostLeg.Kind.CREDIT, Atoms.decimal(paid, room.scale()), quantity));
        }
        if (below > 0) {
            cost.add(new CostLeg(
                    room.unit(),
                    CostLeg.Kind.OVERDRAFT,
                    Atoms.decimal(below, room.scale()),
                    paid > 0 ? null : quantity));
        }
        long left = allowed ? room.available() - paid : room.available();
        after.add(new Balance(room.unit(), Atoms.decimal(left, room.scale())));
    }

    private static Estimate answer(
            Decision decision, List<CostLeg> cost, List<Balance> after, @Nullable MoneyCost money) {
        return new Estimate(
                decision.feature(),
                decision.type(),
                decision.allowed(),
                decision.reason(),
                cost,
                after,
                money,
                decision.remedy(),
                decision.snapshotVersion(),
                decision.asOf(),
                decision.stale());
    }
}
