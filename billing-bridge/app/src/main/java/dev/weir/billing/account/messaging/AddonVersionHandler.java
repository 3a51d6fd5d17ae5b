package dev.weir.billing.account.messaging;

import dev.weir.billing.account.persistence.Accounts;
import dev.weir.catalog.contract.AddonVersion;
import dev.weir.platform.servicekit.events.EventHandler;
import dev.weir.platform.servicekit.events.IncomingEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Keeps published add-on bodies. */
@ApplicationScoped
class AddonVersionHandler implements EventHandler {
    private final Accounts accounts;

    @Inject
    AddonVersionHandler(Accounts accounts) {
        this.accounts = accounts;
    }

    @Override
    public String type() {
        return "dev.weir.catalog.addon-version.v1";
    }

    @Override
    public void handle(IncomingEvent event) {
        accounts.store(event.dataAs(AddonVersion.class));
    }
}
