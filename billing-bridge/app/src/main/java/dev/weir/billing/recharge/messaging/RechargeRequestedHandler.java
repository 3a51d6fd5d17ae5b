package dev.weir.billing.recharge.messaging;

import dev.weir.billing.recharge.app.RechargeOrders;
import dev.weir.ledger.contract.RechargeRequested;
import dev.weir.platform.servicekit.events.EventHandler;
import dev.weir.platform.servicekit.events.IncomingEvent;
import jakarta.enterprise.context.ApplicationScoped;

/** A wallet runs low and wants credit bought. */
@ApplicationScoped
class RechargeRequestedHandler implements EventHandler {
    private final RechargeOrders orders;

    RechargeRequestedHandler(RechargeOrders orders) {
        this.orders = orders;
    }

    @Override
    public String type() {
        return "dev.weir.ledger.recharge-requested.v1";
    }

    @Override
    public void handle(IncomingEvent event) {
        orders.order(event.dataAs(RechargeRequested.class));
    }
}
