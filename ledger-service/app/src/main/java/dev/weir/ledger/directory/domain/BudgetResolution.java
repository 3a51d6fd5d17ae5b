package dev.weir.ledger.directory.domain;

import dev.weir.catalog.contract.AddonVersion;
import dev.weir.catalog.contract.AppliesTo;
import dev.weir.catalog.contract.BillingCycle;
import dev.weir.catalog.contract.Budget;
import dev.weir.catalog.contract.Charge;
import dev.weir.catalog.contract.FeatureDefinition;
import dev.weir.catalog.contract.PlanVersion;
import dev.weir.catalog.contract.Price;
import dev.weir.entitlement.contract.AddonPart;
import dev.weir.entitlement.contract.ChargedPrice;
import dev.weir.entitlement.contract.Recurrence;
import dev.weir.entitlement.contract.SubscriptionPart;
import dev.weir.entitlement.contract.SubscriptionPhase;
import dev.weir.ledger.contract.BudgetCharge;
import dev.weir.ledger.wallet.domain.BudgetTerms;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The budget that a plan version sets, with the charges that count against it: those on usage, of the plan and of its add-ons, in
 * the budget's currency. Fees are not counted, they are due whatever is used; nor is a charge on a level, whose quantity is
 * known when the period is over.
 */
final class BudgetResolution {
    private BudgetResolution() {}

    static Optional<BudgetTerms> of(CustomerView view, SubscriptionPart subscription, Instant at) {
        SubscriptionPhase phase = subscription.phaseAt(at).orElse(null);
        if (phase == null || subscription.servesByDefault()) {
            return Optional.empty();
        }
        PlanVersion plan = view.bodies().plan(phase.planHash());
        Budget budget = plan.budget();
        if (budget == null) {
            return Optional.empty();
        }
        List<BudgetCharge> charges = new ArrayList<>();
        for (Charge charge : plan.charges()) {
            Price price = ChargedPrice.ofPlan(view.snapshot(), plan.plan(), charge, at);
            add(charges, charge, price, budget, plan.plan() + "@" + plan.version(), phase, plan.features());
        }
        for (AddonPart part : phase.addons()) {
            AddonVersion addon = view.bodies().addon(part.addonHash());
            for (Charge charge : addon.charges()) {
                Price price = ChargedPrice.ofAddon(view.snapshot(), addon.addon(), charge, at);
                add(charges, charge, price, budget, addon.addon() + "@" + addon.version(), phase, addon.features());
            }
        }
        Recurrence.Numbered period = new Recurrence(
                        subscription.anchor(),
                        BillingCycle.of(plan.charges()),
                        ZoneId.of(view.snapshot().timeZone()))
                .at(at);
        return Optional.of(new BudgetTerms(
                subscription.id(), view.snapshot().root(), plan.plan(), period.from(), period.to(), budget, charges));
    }

    private static void add(
            List<BudgetCharge> charges,
            Charge charge,
            Price price,
            Budget budget,
            String owner,
            SubscriptionPhase phase,
            Map<String, FeatureDefinition> features) {
        String feature = charge.feature();
        if (feature == null || charge.measure() != null || !price.currency().equals(budget.currency())) {
            return;
        }
        FeatureDefinition definition = features.get(feature);
        charges.add(new BudgetCharge(
                owner + "/" + charge.key(),
                phase.planHash(),
                feature,
                charge.appliesTo() == AppliesTo.OVERAGE,
                price,
                definition == null ? 0 : definition.scale(),
                0,
                0));
    }
}
