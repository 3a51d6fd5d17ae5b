package dev.weir.metering.catalog.messaging;

import dev.weir.catalog.contract.CatalogInForce;
import dev.weir.metering.catalog.app.CatalogReadModel;
import dev.weir.platform.servicekit.events.EventHandler;
import dev.weir.platform.servicekit.events.IncomingEvent;
import jakarta.enterprise.context.ApplicationScoped;

/** Takes in the catalog in force. */
@ApplicationScoped
class CatalogHandler implements EventHandler {

    private final CatalogReadModel catalog;

    CatalogHandler(CatalogReadModel catalog) {
        this.catalog = catalog;
    }

    @Override
    public String type() {
        return "dev.weir.catalog.catalog.v1";
    }

    @Override
    public void handle(IncomingEvent event) {
        catalog.receive(event.dataAs(CatalogInForce.class));
    }
}
