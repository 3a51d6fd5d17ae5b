package dev.weir.ledger.usage.messaging;

import dev.weir.ledger.usage.app.EarlierUsageIntake;
import dev.weir.metering.contract.UsageBefore;
import dev.weir.platform.servicekit.events.EventHandler;
import dev.weir.platform.servicekit.events.IncomingEvent;
import jakarta.enterprise.context.ApplicationScoped;

/** What was used before a limit began in mid-period. */
@ApplicationScoped
class UsageBeforeHandler implements EventHandler {
    private final EarlierUsageIntake intake;

    UsageBeforeHandler(EarlierUsageIntake intake) {
        this.intake = intake;
    }

    @Override
    public String type() {
        return "dev.weir.metering.usage-before.v1";
    }

    @Override
    public void handle(IncomingEvent event) {
        intake.used(event.dataAs(UsageBefore.class));
    }
}
