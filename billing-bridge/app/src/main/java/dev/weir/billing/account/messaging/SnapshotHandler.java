package dev.weir.billing.account.messaging;

import dev.weir.billing.account.app.AccountPlanner;
import dev.weir.entitlement.contract.CustomerSnapshot;
import dev.weir.platform.servicekit.events.EventHandler;
import dev.weir.platform.servicekit.events.IncomingEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Plans the billing objects of a changed customer. */
@ApplicationScoped
class SnapshotHandler implements EventHandler {
    private final AccountPlanner planner;

    @Inject
    SnapshotHandler(AccountPlanner planner) {
        this.planner = planner;
    }

    @Override
    public String type() {
        return "dev.weir.entitlement.customer-snapshot.v1";
    }

    @Override
    public void handle(IncomingEvent event) {
        planner.snapshotArrived(event.dataAs(CustomerSnapshot.class));
    }
}
