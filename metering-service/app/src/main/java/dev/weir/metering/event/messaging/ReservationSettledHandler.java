package dev.weir.metering.event.messaging;

import dev.weir.ledger.contract.ReservationSettled;
import dev.weir.metering.event.app.LostEventFault;
import dev.weir.metering.event.app.SettlementService;
import dev.weir.platform.servicekit.events.EventHandler;
import dev.weir.platform.servicekit.events.IncomingEvent;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/** Takes in the events of settled reservations. */
@ApplicationScoped
class ReservationSettledHandler implements EventHandler {

    private static final Logger LOG = Logger.getLogger(ReservationSettledHandler.class);

    private final SettlementService settlements;
    private final LostEventFault fault;

    ReservationSettledHandler(SettlementService settlements, LostEventFault fault) {
        this.settlements = settlements;
        this.fault = fault;
    }

    @Override
    public String type() {
        return "dev.weir.ledger.reservation-settled.v1";
    }

    @Override
    public void handle(IncomingEvent event) {
        if (fault.strikes()) {
            LOG.warnf("fault on purpose: the fact %s is lost", event.id());
            return;
        }
        settlements.record(event.dataAs(ReservationSettled.class));
    }
}
