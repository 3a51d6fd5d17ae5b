package dev.weir.metering.catalog.messaging;

import dev.weir.catalog.contract.AddonVersion;
import dev.weir.metering.catalog.app.CatalogReadModel;
import dev.weir.platform.servicekit.events.EventHandler;
import dev.weir.platform.servicekit.events.IncomingEvent;
import jakarta.enterprise.context.ApplicationScoped;

/** Takes in add-on bodies. */
@ApplicationScoped
class AddonVersionHandler implements EventHandler {

    private final CatalogReadModel catalog;

    AddonVersionHandler(CatalogReadModel catalog) {
        this.catalog = catalog;
    }

    @Override
    public String type() {
        return "dev.weir.catalog.addon-version.v1";
    }

    @Override
    public void handle(IncomingEvent event) {
        catalog.receive(event.dataAs(AddonVersion.class));
    }
}
