package dev.weir.entitlement.catalog.messaging;

import dev.weir.catalog.contract.AddonVersion;
import dev.weir.entitlement.catalog.app.CatalogReadModel;
import dev.weir.platform.servicekit.events.EventHandler;
import dev.weir.platform.servicekit.events.IncomingEvent;
import jakarta.inject.Singleton;

/** Takes in add-on bodies. */
@Singleton
class AddonPublishedHandler implements EventHandler {
    private final CatalogReadModel catalog;

    AddonPublishedHandler(CatalogReadModel catalog) {
        this.catalog = catalog;
    }

    @Override
    public String type() {
        return "dev.weir.catalog.addon-version.v1";
    }

    @Override
    public void handle(IncomingEvent event) {
        catalog.take(event.dataAs(AddonVersion.class));
    }
}
