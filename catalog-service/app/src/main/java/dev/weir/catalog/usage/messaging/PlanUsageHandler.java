package dev.weir.catalog.usage.messaging;

import dev.weir.catalog.usage.app.PlanUsages;
import dev.weir.entitlement.contract.PlanUsage;
import dev.weir.platform.servicekit.events.EventHandler;
import dev.weir.platform.servicekit.events.IncomingEvent;
import jakarta.inject.Singleton;

/** Takes in how many subscriptions hold which version. */
@Singleton
class PlanUsageHandler implements EventHandler {

    private final PlanUsages usages;

    PlanUsageHandler(PlanUsages usages) {
        this.usages = usages;
    }

    @Override
    public String type() {
        return "dev.weir.entitlement.plan-usage.v1";
    }

    @Override
    public void handle(IncomingEvent event) {
        usages.take(event.dataAs(PlanUsage.class));
    }
}
