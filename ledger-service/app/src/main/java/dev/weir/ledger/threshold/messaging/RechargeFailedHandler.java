package dev.weir.ledger.threshold.messaging;

import dev.weir.billing.contract.RechargeFailed;
import dev.weir.ledger.threshold.app.Recharges;
import dev.weir.platform.servicekit.events.EventHandler;
import dev.weir.platform.servicekit.events.IncomingEvent;
import jakarta.enterprise.context.ApplicationScoped;

/** A requested recharge could not be bought. */
@ApplicationScoped
class RechargeFailedHandler implements EventHandler {
    private final Recharges recharges;

    RechargeFailedHandler(Recharges recharges) {
        this.recharges = recharges;
    }

    @Override
    public String type() {
        return "dev.weir.billing.recharge-failed.v1";
    }

    @Override
    public void handle(IncomingEvent event) {
        recharges.failed(event.dataAs(RechargeFailed.class));
    }
}
