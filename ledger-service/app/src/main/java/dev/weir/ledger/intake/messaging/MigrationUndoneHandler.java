package dev.weir.ledger.intake.messaging;

import dev.weir.entitlement.contract.MigrationUndone;
import dev.weir.ledger.intake.app.UndoneMigrations;
import dev.weir.platform.servicekit.events.EventHandler;
import dev.weir.platform.servicekit.events.IncomingEvent;
import jakarta.enterprise.context.ApplicationScoped;

/** A migration of a subscription was undone. */
@ApplicationScoped
class MigrationUndoneHandler implements EventHandler {
    private final UndoneMigrations migrations;

    MigrationUndoneHandler(UndoneMigrations migrations) {
        this.migrations = migrations;
    }

    @Override
    public String type() {
        return "dev.weir.entitlement.migration-undone.v1";
    }

    @Override
    public void handle(IncomingEvent event) {
        migrations.undone(event.dataAs(MigrationUndone.class));
    }
}
