package dev.weir.ledger.reservation.app;

import dev.weir.ledger.reservation.persistence.UnresolvedTable;
import dev.weir.ledger.reservation.persistence.UnresolvedTable.Count;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.ApplicationScoped;

/** How many reservations nobody reported on: {@code weir_ledger_unresolved}, by what became of them. */
@ApplicationScoped
class UnresolvedGauge {
    private final UnresolvedTable table;
    private volatile Count count = new Count(0, 0);

    UnresolvedGauge(UnresolvedTable table, MeterRegistry metrics) {
        this.table = table;
        metrics.gauge(
                "weir_ledger_unresolved",
                io.micrometer.core.instrument.Tags.of("state", "quarantined"),
                this,
                gauge -> gauge.count.quarantined());
        metrics.gauge(
                "weir_ledger_unresolved",
                io.micrometer.core.instrument.Tags.of("state", "released"),
                this,
                gauge -> gauge.count.released());
    }

    @Scheduled(every = "30s", delayed = "10s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void look() {
        count = table.count();
    }
}
