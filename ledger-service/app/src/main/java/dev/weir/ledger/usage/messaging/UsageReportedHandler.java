package dev.weir.ledger.usage.messaging;

import dev.weir.ledger.usage.app.UsageIntake;
import dev.weir.metering.contract.UsageReported;
import dev.weir.platform.servicekit.events.EventHandler;
import dev.weir.platform.servicekit.events.IncomingEvent;
import jakarta.enterprise.context.ApplicationScoped;

/** One event of a CREDIT feature. */
@ApplicationScoped
class UsageReportedHandler implements EventHandler {
    private final UsageIntake intake;

    UsageReportedHandler(UsageIntake intake) {
        this.intake = intake;
    }

    @Override
    public String type() {
        return "dev.weir.metering.usage-reported.v1";
    }

    @Override
    public void handle(IncomingEvent event) {
        intake.reported(event.dataAs(UsageReported.class));
    }
}
