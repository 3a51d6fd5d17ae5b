package dev.weir.ledger.usage.messaging;

import dev.weir.ledger.usage.app.UsageIntake;
import dev.weir.metering.contract.ReportedTotal;
import dev.weir.platform.servicekit.events.EventHandler;
import dev.weir.platform.servicekit.events.IncomingEvent;
import jakarta.enterprise.context.ApplicationScoped;

/** The reported total of a window. */
@ApplicationScoped
class ReportedTotalHandler implements EventHandler {
    private final UsageIntake intake;

    ReportedTotalHandler(UsageIntake intake) {
        this.intake = intake;
    }

    @Override
    public String type() {
        return "dev.weir.metering.reported-total.v1";
    }

    @Override
    public void handle(IncomingEvent event) {
        intake.total(event.dataAs(ReportedTotal.class));
    }
}
