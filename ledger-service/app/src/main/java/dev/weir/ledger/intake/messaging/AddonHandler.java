package dev.weir.ledger.intake.messaging;

import dev.weir.catalog.contract.AddonVersion;
import dev.weir.ledger.intake.app.CatalogIntake;
import dev.weir.platform.servicekit.events.EventHandler;
import dev.weir.platform.servicekit.events.IncomingEvent;
import jakarta.enterprise.context.ApplicationScoped;

/** A published add-on version. */
@ApplicationScoped
class AddonHandler implements EventHandler {
    private final CatalogIntake intake;

    AddonHandler(CatalogIntake intake) {
        this.intake = intake;
    }

    @Override
    public String type() {
        return "dev.weir.catalog.addon-version.v1";
    }

    @Override
    public void handle(IncomingEvent event) {
        AddonVersion addon = event.dataAs(AddonVersion.class);
        intake.body(addon.hash(), "ADDON", addon.creditUnits(), event.data().toString());
    }
}
