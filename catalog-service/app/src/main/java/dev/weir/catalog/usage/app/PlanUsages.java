package dev.weir.catalog.usage.app;

import dev.weir.catalog.usage.persistence.UsageStore;
import dev.weir.entitlement.contract.PlanUsage;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** How many subscriptions hold which version: some seconds old, for people to see whom a change touches. */
@ApplicationScoped
public class PlanUsages {

    private final UsageStore store;

    PlanUsages(UsageStore store) {
        this.store = store;
    }

    /** Takes in a count; the caller sees to it that an older one does not come after a newer. */
    public void take(PlanUsage usage) {
        store.put(usage);
    }

    /** What is known of every plan and then of every add-on, by key. */
    public List<PlanUsage> all() {
        return store.all();
    }
}
