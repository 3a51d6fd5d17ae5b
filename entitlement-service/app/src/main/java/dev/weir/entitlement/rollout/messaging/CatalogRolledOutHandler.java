package dev.weir.entitlement.rollout.messaging;

import dev.weir.catalog.contract.CatalogInForce;
import dev.weir.entitlement.rollout.app.Rollouts;
import dev.weir.platform.servicekit.events.EventHandler;
import dev.weir.platform.servicekit.events.IncomingEvent;
import jakarta.inject.Singleton;

/**
 * Takes in that a catalog goes to all customers. That is a fact of its own: the state of the catalog may be conflated into a
 * later one, and then nobody would learn of it.
 */
@Singleton
class CatalogRolledOutHandler implements EventHandler {
    private final Rollouts rollouts;

    CatalogRolledOutHandler(Rollouts rollouts) {
        this.rollouts = rollouts;
    }

    @Override
    public String type() {
        return "dev.weir.catalog.rolled-out.v1";
    }

    @Override
    public void handle(IncomingEvent event) {
        rollouts.request(event.dataAs(CatalogInForce.class));
    }
}
