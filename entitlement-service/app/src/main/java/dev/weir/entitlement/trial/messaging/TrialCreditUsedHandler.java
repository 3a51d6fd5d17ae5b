package dev.weir.entitlement.trial.messaging;

import dev.weir.entitlement.trial.app.TrialCredits;
import dev.weir.ledger.contract.TrialCreditUsed;
import dev.weir.platform.servicekit.events.EventHandler;
import dev.weir.platform.servicekit.events.IncomingEvent;
import jakarta.inject.Singleton;

/** Takes in that a trial's credit is used up. */
@Singleton
class TrialCreditUsedHandler implements EventHandler {
    private final TrialCredits credits;

    TrialCreditUsedHandler(TrialCredits credits) {
        this.credits = credits;
    }

    @Override
    public String type() {
        return "dev.weir.ledger.trial-credit-used.v1";
    }

    @Override
    public void handle(IncomingEvent event) {
        TrialCreditUsed used = event.dataAs(TrialCreditUsed.class);
        credits.usedUp(used.subscription(), used.grant());
    }
}
