package dev.weir.ledger.intake.messaging;

import dev.weir.catalog.contract.CatalogInForce;
import dev.weir.ledger.intake.app.CatalogIntake;
import dev.weir.platform.servicekit.events.EventHandler;
import dev.weir.platform.servicekit.events.IncomingEvent;
import jakarta.enterprise.context.ApplicationScoped;

/** The catalog in force. */
@ApplicationScoped
class CatalogHandler implements EventHandler {
    private final CatalogIntake intake;

    CatalogHandler(CatalogIntake intake) {
        this.intake = intake;
    }

    @Override
    public String type() {
        return "dev.weir.catalog.catalog.v1";
    }

    @Override
    public void handle(IncomingEvent event) {
        intake.catalog(event.dataAs(CatalogInForce.class), event.data().toString());
    }
}
