package dev.weir.billing.account.domain;

import dev.weir.billing.amount.domain.BilledAmount;
import dev.weir.catalog.contract.AddonVersion;
import dev.weir.catalog.contract.Charge;
import dev.weir.catalog.contract.PlanVersion;
import dev.weir.catalog.contract.Price;
import dev.weir.catalog.contract.PriceRating;
import dev.weir.entitlement.contract.AddonPart;
import dev.weir.entitlement.contract.Bodies;
import dev.weir.entitlement.contract.ChargedPrice;
import dev.weir.entitlement.contract.CustomerSnapshot;
import dev.weir.entitlement.contract.SubscriptionPart;
import dev.weir.entitlement.contract.SubscriptionPhase;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Fees that are due one time: a plan's when the subscription begins (not while a trial runs), an add-on's when it is first held,
 * for each that is held then. A later change of plan or of the quantity makes none due.
 */
public final class OnceFees {
    private OnceFees() {}

    /** Remembers when a part of a subscription was first seen to begin. */
    @FunctionalInterface
    public interface Begins {
        /**
         * When the part began: what is known of it, else the instant given, which is then remembered. A snapshot's timeline is cut
         * off after a while, so its first phase alone does not tell.
         */
        Instant of(SubscriptionPart subscription, String part, Instant begins);
    }

    /** The fees that have become due. */
    public static List<BilledAmount> of(CustomerSnapshot snapshot, Bodies bodies, Begins begins, Instant now) {
        List<BilledAmount> fees = new ArrayList<>();
        for (SubscriptionPart subscription : snapshot.subscriptions()) {
            if (subscription.owner() != null || subscription.servesByDefault()) {
                continue;
            }
            for (SubscriptionPhase phase : subscription.phases()) {
                if (phase.trialPlanHash() == null && !phase.from().isAfter(now)) {
                    phase(fees, snapshot, bodies, begins, subscription, phase);
                }
            }
        }
        return fees;
    }

    private static void phase(
            List<BilledAmount> fees,
            CustomerSnapshot snapshot,
            Bodies bodies,
            Begins begins,
            SubscriptionPart subscription,
            SubscriptionPhase phase) {
        PlanVersion plan = bodies.plan(phase.planHash());
        if (begins.of(subscription, "plan", phase.from()).equals(phase.from())) {
            for (Charge charge : plan.charges()) {
                Price price = ChargedPrice.ofPlan(snapshot, plan.plan(), charge, phase.from());
                add(fees, snapshot, subscription, phase, "plan", plan.name(), charge, price, 1);
            }
        }
        for (AddonPart part : phase.addons()) {
            AddonVersion addon = bodies.addon(part.addonHash());
            String key = "addon:" + addon.addon();
            if (part.quantity() > 0
                    && begins.of(subscription, key, phase.from()).equals(phase.from())) {
                for (Charge charge : addon.charges()) {
                    Price price = ChargedPrice.ofAddon(snapshot, addon.addon(), charge, phase.from());
                    add(fees, snapshot, subscription, phase, key, addon.name(), charge, price, part.quantity());
                }
            }
        }
    }

    private static void add(
            List<BilledAmount> fees,
            CustomerSnapshot snapshot,
            SubscriptionPart subscription,
            SubscriptionPhase phase,
            String part,
            String name,
            Charge charge,
            Price price,
            int quantity) {
        if (!charge.once()) {
            return;
        }
        BigDecimal amount =
                PriceRating.rate(price, BigDecimal.ONE, null, 0).amount().multiply(BigDecimal.valueOf(quantity));
        fees.add(new BilledAmount(
                "once|" + subscription.id() + "|" + part + "|" + charge.key(),
                snapshot.customer(),
                subscription.id(),
                null,
                charge.key(),
                name + ": " + charge.key(),
                null,
                amount,
                price.currency(),
                phase.from(),
                phase.from()));
    }
}
