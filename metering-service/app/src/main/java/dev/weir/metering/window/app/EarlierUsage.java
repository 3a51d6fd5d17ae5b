package dev.weir.metering.window.app;

import dev.weir.metering.MeteringConfig;
import dev.weir.metering.catalog.app.CatalogReadModel;
import dev.weir.metering.contract.UsageBefore;
import dev.weir.metering.customer.app.CustomerService.SnapshotApplied;
import dev.weir.metering.window.app.EarlierUsageRows.Told;
import dev.weir.metering.window.domain.LimitBeginning;
import dev.weir.metering.window.domain.LimitBeginnings;
import dev.weir.metering.window.domain.UsageWindow;
import dev.weir.platform.kernel.Shard;
import dev.weir.platform.servicekit.events.Outbox;
import dev.weir.platform.servicekit.web.DatabaseClock;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Instant;
import java.util.Collection;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Tells the ledger what was used in a period before a limit began in its middle: when a snapshot brings such a limit, and
 * again whenever what is counted there changes. Everything happens in the transaction of the one who counts.
 */
@ApplicationScoped
public class EarlierUsage {
    private final EarlierUsageRows rows;
    private final CatalogReadModel catalog;
    private final Outbox outbox;
    private final DatabaseClock clock;
    private final MeteringConfig config;

    EarlierUsage(
            EarlierUsageRows rows,
            CatalogReadModel catalog,
            Outbox outbox,
            DatabaseClock clock,
            MeteringConfig config) {
        this.rows = rows;
        this.catalog = catalog;
        this.outbox = outbox;
        this.clock = clock;
        this.config = config;
    }

    void onSnapshot(@Observes SnapshotApplied applied) {
        Instant since = clock.now().minus(config.ingest().maxAge());
        var beginnings = LimitBeginnings.of(applied.snapshot(), catalog, since);
        if (!beginnings.isEmpty()) {
            beginnings.forEach(rows::keep);
            tell(Set.of(applied.snapshot().customer()));
        }
    }

    /** Windows have changed. */
    void changed(Collection<UsageWindow> windows) {
        Set<String> customers = windows.stream()
                .filter(window -> window.frame().unlimited())
                .map(window -> window.frame().customer())
                .collect(Collectors.toUnmodifiableSet());
        if (!customers.isEmpty()) {
            tell(customers);
        }
    }

    private void tell(Set<String> customers) {
        for (Told told : rows.told(customers)) {
            LimitBeginning beginning = told.beginning();
            Instant from = Objects.requireNonNullElse(beginning.periodFrom(), Instant.EPOCH);
            long total = Math.max(
                    0,
                    rows.usedWithoutLimit(
                            beginning.customer(), beginning.feature(), beginning.resource(), from, beginning.at()));
            if (total != told.total() || told.revision() == 0) {
                tell(beginning, told.revision() + 1, total);
            }
        }
    }

    private void tell(LimitBeginning beginning, long revision, long total) {
        rows.tell(beginning, revision, total);
        UsageBefore body = new UsageBefore(
                UsageBefore.id(beginning.customer(), beginning.feature(), beginning.resource(), beginning.periodFrom()),
                beginning.customer(),
                beginning.root(),
                beginning.resource(),
                beginning.feature(),
                beginning.periodFrom(),
                beginning.at(),
                revision,
                total,
                beginning.scale());
        outbox.state("metering.usage-before", body.usageId().toString(), revision, Shard.of(beginning.root()), body);
    }
}
