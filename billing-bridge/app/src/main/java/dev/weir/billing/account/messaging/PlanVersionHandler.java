package dev.weir.billing.account.messaging;

import dev.weir.billing.account.persistence.Accounts;
import dev.weir.catalog.contract.PlanVersion;
import dev.weir.platform.servicekit.events.EventHandler;
import dev.weir.platform.servicekit.events.IncomingEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Keeps published plan bodies. */
@ApplicationScoped
class PlanVersionHandler implements EventHandler {
    private final Accounts accounts;

    @Inject
    PlanVersionHandler(Accounts accounts) {
        this.accounts = accounts;
    }

    @Override
    public String type() {
        return "dev.weir.catalog.plan-version.v1";
    }

    @Override
    public void handle(IncomingEvent event) {
        accounts.store(event.dataAs(PlanVersion.class));
    }
}
