package dev.weir.ledger.threshold.messaging;

import dev.weir.billing.contract.RechargePaid;
import dev.weir.ledger.threshold.app.Recharges;
import dev.weir.platform.servicekit.events.EventHandler;
import dev.weir.platform.servicekit.events.IncomingEvent;
import jakarta.enterprise.context.ApplicationScoped;

/** A requested recharge was bought. */
@ApplicationScoped
class RechargePaidHandler implements EventHandler {
    private final Recharges recharges;

    RechargePaidHandler(Recharges recharges) {
        this.recharges = recharges;
    }

    @Override
    public String type() {
        return "dev.weir.billing.recharge-paid.v1";
    }

    @Override
    public void handle(IncomingEvent event) {
        recharges.paid(event.dataAs(RechargePaid.class));
    }
}
