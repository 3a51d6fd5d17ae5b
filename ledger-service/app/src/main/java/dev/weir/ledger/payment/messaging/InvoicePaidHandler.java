package dev.weir.ledger.payment.messaging;

import dev.weir.billing.contract.InvoicePaid;
import dev.weir.ledger.payment.app.PaymentIntake;
import dev.weir.platform.servicekit.events.EventHandler;
import dev.weir.platform.servicekit.events.IncomingEvent;
import jakarta.enterprise.context.ApplicationScoped;

/** The provider has reported a payment. */
@ApplicationScoped
class InvoicePaidHandler implements EventHandler {
    private final PaymentIntake intake;

    InvoicePaidHandler(PaymentIntake intake) {
        this.intake = intake;
    }

    @Override
    public String type() {
        return "dev.weir.billing.invoice-paid.v1";
    }

    @Override
    public void handle(IncomingEvent event) {
        intake.paid(event.dataAs(InvoicePaid.class));
    }
}
