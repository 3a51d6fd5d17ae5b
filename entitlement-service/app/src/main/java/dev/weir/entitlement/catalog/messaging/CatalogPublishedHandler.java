package dev.weir.entitlement.catalog.messaging;

import dev.weir.catalog.contract.CatalogInForce;
import dev.weir.entitlement.catalog.app.CatalogReadModel;
import dev.weir.platform.servicekit.events.EventHandler;
import dev.weir.platform.servicekit.events.IncomingEvent;
import jakarta.inject.Singleton;

/** Takes in the catalog in force. */
@Singleton
class CatalogPublishedHandler implements EventHandler {
    private final CatalogReadModel catalog;

    CatalogPublishedHandler(CatalogReadModel catalog) {
        this.catalog = catalog;
    }

    @Override
    public String type() {
        return "dev.weir.catalog.catalog.v1";
    }

    @Override
    public void handle(IncomingEvent event) {
        catalog.take(event.dataAs(CatalogInForce.class));
    }
}
