package dev.weir.ledger.intake.messaging;

import dev.weir.entitlement.contract.CustomerSnapshot;
import dev.weir.ledger.intake.app.SnapshotIntake;
import dev.weir.platform.servicekit.events.EventHandler;
import dev.weir.platform.servicekit.events.IncomingEvent;
import jakarta.enterprise.context.ApplicationScoped;

/** A customer's snapshot. */
@ApplicationScoped
class SnapshotHandler implements EventHandler {
    private final SnapshotIntake intake;

    SnapshotHandler(SnapshotIntake intake) {
        this.intake = intake;
    }

    @Override
    public String type() {
        return "dev.weir.entitlement.customer-snapshot.v1";
    }

    @Override
    public void handle(IncomingEvent event) {
        intake.received(event.dataAs(CustomerSnapshot.class), event.data().toString());
    }
}
