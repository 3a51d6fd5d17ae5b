package dev.weir.billing.usage.messaging;

import dev.weir.billing.usage.persistence.Windows;
import dev.weir.ledger.contract.WindowException;
import dev.weir.platform.servicekit.events.EventHandler;
import dev.weir.platform.servicekit.events.IncomingEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Keeps finance's list of windows that do not agree. */
@ApplicationScoped
class WindowExceptionHandler implements EventHandler {
    private final Windows target;

    @Inject
    WindowExceptionHandler(Windows target) {
        this.target = target;
    }

    @Override
    public String type() {
        return "dev.weir.ledger.window-exception.v1";
    }

    @Override
    public void handle(IncomingEvent event) {
        target.store(event.dataAs(WindowException.class), event.version());
    }
}
