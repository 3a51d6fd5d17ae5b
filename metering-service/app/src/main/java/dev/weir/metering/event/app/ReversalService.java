package dev.weir.metering.event.app;

import dev.weir.ledger.contract.UsageReversed;
import dev.weir.metering.event.app.EventRows.KnownEvent;
import dev.weir.metering.event.domain.Reversal;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;

/** Records usage that the ledger took back, and lets its event be counted again. */
@ApplicationScoped
public class ReversalService {

    private final EventRows rows;
    private final PendingUsage pending;

    ReversalService(EventRows rows, PendingUsage pending) {
        this.rows = rows;
        this.pending = pending;
    }

    /** Records one reversal; an event that is not here yet counts less from the start. */
    @Transactional
    public void record(UsageReversed fact) {
        Reversal reversal = Reversal.of(fact);
        if (!rows.insertReversal(reversal)) {
            return;
        }
        KnownEvent known = rows.known(List.of(reversal.identity())).get(reversal.identity());
        if (known != null) {
            rows.lock(known).ifPresent(event -> rows.insertPending(event.customer(), event.seq(), event.receivedAt()));
            pending.signal();
        }
    }
}
