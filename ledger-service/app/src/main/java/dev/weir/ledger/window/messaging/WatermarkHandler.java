package dev.weir.ledger.window.messaging;

import dev.weir.ledger.window.app.WindowCloser;
import dev.weir.metering.contract.WatermarkPassed;
import dev.weir.platform.servicekit.events.EventHandler;
import dev.weir.platform.servicekit.events.IncomingEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** From the watermark on, a window that metering has not closed is late. */
@ApplicationScoped
class WatermarkHandler implements EventHandler {
    private final WindowCloser closer;

    @Inject
    WatermarkHandler(WindowCloser closer) {
        this.closer = closer;
    }

    @Override
    public String type() {
        return "dev.weir.metering.watermark-passed.v1";
    }

    @Override
    public void handle(IncomingEvent event) {
        closer.watermarkPassed(event.dataAs(WatermarkPassed.class));
    }
}
