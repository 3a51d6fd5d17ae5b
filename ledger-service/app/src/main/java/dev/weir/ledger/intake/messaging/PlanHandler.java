package dev.weir.ledger.intake.messaging;

import dev.weir.catalog.contract.PlanVersion;
import dev.weir.ledger.intake.app.CatalogIntake;
import dev.weir.platform.servicekit.events.EventHandler;
import dev.weir.platform.servicekit.events.IncomingEvent;
import jakarta.enterprise.context.ApplicationScoped;

/** A published plan version. */
@ApplicationScoped
class PlanHandler implements EventHandler {
    private final CatalogIntake intake;

    PlanHandler(CatalogIntake intake) {
        this.intake = intake;
    }

    @Override
    public String type() {
        return "dev.weir.catalog.plan-version.v1";
    }

    @Override
    public void handle(IncomingEvent event) {
        PlanVersion plan = event.dataAs(PlanVersion.class);
        intake.body(plan.hash(), "PLAN", plan.creditUnits(), event.data().toString());
    }
}
