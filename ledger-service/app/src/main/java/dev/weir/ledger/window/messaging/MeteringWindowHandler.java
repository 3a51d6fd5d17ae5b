package dev.weir.ledger.window.messaging;

import dev.weir.ledger.window.app.WindowCloser;
import dev.weir.metering.contract.WindowClosed;
import dev.weir.platform.servicekit.events.EventHandler;
import dev.weir.platform.servicekit.events.IncomingEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Compares metering's word on a window with what the ledger booked. */
@ApplicationScoped
class MeteringWindowHandler implements EventHandler {
    private final WindowCloser closer;

    @Inject
    MeteringWindowHandler(WindowCloser closer) {
        this.closer = closer;
    }

    @Override
    public String type() {
        return "dev.weir.metering.window-closed.v1";
    }

    @Override
    public void handle(IncomingEvent event) {
        closer.meteringClosed(event.dataAs(WindowClosed.class));
    }
}
