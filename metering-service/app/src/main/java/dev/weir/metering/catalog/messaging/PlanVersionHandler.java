package dev.weir.metering.catalog.messaging;

import dev.weir.catalog.contract.PlanVersion;
import dev.weir.metering.catalog.app.CatalogReadModel;
import dev.weir.platform.servicekit.events.EventHandler;
import dev.weir.platform.servicekit.events.IncomingEvent;
import jakarta.enterprise.context.ApplicationScoped;

/** Takes in plan bodies. */
@ApplicationScoped
class PlanVersionHandler implements EventHandler {

    private final CatalogReadModel catalog;

    PlanVersionHandler(CatalogReadModel catalog) {
        this.catalog = catalog;
    }

    @Override
    public String type() {
        return "dev.weir.catalog.plan-version.v1";
    }

    @Override
    public void handle(IncomingEvent event) {
        catalog.receive(event.dataAs(PlanVersion.class));
    }
}
