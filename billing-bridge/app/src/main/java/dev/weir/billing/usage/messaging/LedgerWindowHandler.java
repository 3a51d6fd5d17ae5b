package dev.weir.billing.usage.messaging;

import dev.weir.billing.usage.app.UsagePlanner;
import dev.weir.ledger.contract.WindowClosed;
import dev.weir.platform.servicekit.events.EventHandler;
import dev.weir.platform.servicekit.events.IncomingEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Bills overage from windows that ledger and metering agree on. */
@ApplicationScoped
class LedgerWindowHandler implements EventHandler {
    private final UsagePlanner target;

    @Inject
    LedgerWindowHandler(UsagePlanner target) {
        this.target = target;
    }

    @Override
    public String type() {
        return "dev.weir.ledger.window-closed.v1";
    }

    @Override
    public void handle(IncomingEvent event) {
        target.ledgerWindow(event.dataAs(WindowClosed.class));
    }
}
