package dev.weir.entitlement.trial.app;

import dev.weir.catalog.contract.CreditGrant;
import dev.weir.catalog.contract.Trial;
import dev.weir.entitlement.catalog.app.CatalogReadModel;
import dev.weir.entitlement.snapshot.app.CustomerWrites;
import dev.weir.entitlement.subscription.app.TrialActions;
import dev.weir.entitlement.trial.persistence.TrialTable;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** Ends trials that last until their credits are used up. */
@Singleton
public class TrialCredits {
    private final TrialTable table;
    private final TrialActions actions;
    private final CatalogReadModel catalog;
    private final CustomerWrites clock;

    TrialCredits(TrialTable table, TrialActions actions, CatalogReadModel catalog, CustomerWrites clock) {
        this.table = table;
        this.actions = actions;
        this.catalog = catalog;
        this.clock = clock;
    }

    /** A grant of a subscription's trial is used up: once all are, a trial that lasts until then ends. */
    @Transactional
    public void usedUp(UUID subscription, String grant) {
        Instant now = clock.now();
        table.running(subscription, now).ifPresent(running -> {
            Trial trial = catalog.plan(running.planHash()).trial();
            if (trial == null || !trial.endsWithCredits()) {
                return;
            }
            Set<String> grants = trial.credits().stream().map(CreditGrant::key).collect(Collectors.toSet());
            if (table.used(subscription, grant, now).containsAll(grants)) {
                actions.creditsUsed(running.customer(), subscription);
            }
        });
    }
}
