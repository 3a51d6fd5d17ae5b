package dev.weir.billing.level.messaging;

import dev.weir.billing.level.app.LevelBilling;
import dev.weir.metering.contract.LevelMeasured;
import dev.weir.platform.servicekit.events.EventHandler;
import dev.weir.platform.servicekit.events.IncomingEvent;
import jakarta.enterprise.context.ApplicationScoped;

/** The level of a billing period was measured. */
@ApplicationScoped
class LevelMeasuredHandler implements EventHandler {
    private final LevelBilling billing;

    LevelMeasuredHandler(LevelBilling billing) {
        this.billing = billing;
    }

    @Override
    public String type() {
        return "dev.weir.metering.level-measured.v1";
    }

    @Override
    public void handle(IncomingEvent event) {
        billing.measured(event.dataAs(LevelMeasured.class));
    }
}
