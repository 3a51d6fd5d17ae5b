package dev.weir.metering.event.messaging;

import dev.weir.ledger.contract.UsageReversed;
import dev.weir.metering.event.app.ReversalService;
import dev.weir.platform.servicekit.events.EventHandler;
import dev.weir.platform.servicekit.events.IncomingEvent;
import jakarta.enterprise.context.ApplicationScoped;

/** Takes in what the ledger took back. */
@ApplicationScoped
class UsageReversedHandler implements EventHandler {

    private final ReversalService reversals;

    UsageReversedHandler(ReversalService reversals) {
        this.reversals = reversals;
    }

    @Override
    public String type() {
        return "dev.weir.ledger.usage-reversed.v1";
    }

    @Override
    public void handle(IncomingEvent event) {
        reversals.record(event.dataAs(UsageReversed.class));
    }
}
