package dev.weir.billing.usage.messaging;

import dev.weir.billing.usage.app.UsagePlanner;
import dev.weir.metering.contract.WindowClosed;
import dev.weir.platform.servicekit.events.EventHandler;
import dev.weir.platform.servicekit.events.IncomingEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Keeps metering's word on windows; bills pay-as-you-go on unlimited features from it. */
@ApplicationScoped
class MeteringWindowHandler implements EventHandler {
    private final UsagePlanner target;

    @Inject
    MeteringWindowHandler(UsagePlanner target) {
        this.target = target;
    }

    @Override
    public String type() {
        return "dev.weir.metering.window-closed.v1";
    }

    @Override
    public void handle(IncomingEvent event) {
        target.meteringWindow(event.dataAs(WindowClosed.class));
    }
}
