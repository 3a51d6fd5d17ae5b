package dev.weir.entitlement.catalog.messaging;

import dev.weir.catalog.contract.PlanVersion;
import dev.weir.entitlement.catalog.app.CatalogReadModel;
import dev.weir.platform.servicekit.events.EventHandler;
import dev.weir.platform.servicekit.events.IncomingEvent;
import jakarta.inject.Singleton;

/** Takes in plan bodies. */
@Singleton
class PlanPublishedHandler implements EventHandler {
    private final CatalogReadModel catalog;

    PlanPublishedHandler(CatalogReadModel catalog) {
        this.catalog = catalog;
    }

    @Override
    public String type() {
        return "dev.weir.catalog.plan-version.v1";
    }

    @Override
    public void handle(IncomingEvent event) {
        catalog.take(event.dataAs(PlanVersion.class));
    }
}
