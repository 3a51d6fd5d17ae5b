package dev.weir.billing.account.app;

import dev.weir.billing.account.domain.ChargePrices;
import dev.weir.billing.account.persistence.Accounts;
import dev.weir.entitlement.contract.ChargedPrice;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** What payers pay: of their currency and country, or as agreed with them. Call within a transaction. */
@ApplicationScoped
public class PayerPrices {
    private final Accounts accounts;

    @Inject
    public PayerPrices(Accounts accounts) {
        this.accounts = accounts;
    }

    /** The prices of a payer; of one that is not known, the charges' own. */
    public ChargePrices of(String payer) {
        return accounts.snapshot(payer)
                .<ChargePrices>map(
                        snapshot -> (plan, charge, at) -> ChargedPrice.ofPlan(snapshot, plan.plan(), charge, at))
                .orElse(ChargePrices.OWN);
    }
}
