package dev.weir.metering.customer.messaging;

import dev.weir.entitlement.contract.CustomerSnapshot;
import dev.weir.metering.customer.app.CustomerService;
import dev.weir.platform.servicekit.events.EventHandler;
import dev.weir.platform.servicekit.events.IncomingEvent;
import jakarta.enterprise.context.ApplicationScoped;

/** Takes in who has what. */
@ApplicationScoped
class CustomerSnapshotHandler implements EventHandler {

    private final CustomerService customers;

    CustomerSnapshotHandler(CustomerService customers) {
        this.customers = customers;
    }

    @Override
    public String type() {
        return "dev.weir.entitlement.customer-snapshot.v1";
    }

    @Override
    public void handle(IncomingEvent event) {
        customers.receive(event.dataAs(CustomerSnapshot.class));
    }
}
