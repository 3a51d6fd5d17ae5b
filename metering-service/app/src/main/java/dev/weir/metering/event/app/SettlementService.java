package dev.weir.metering.event.app;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.ledger.contract.ReservationSettled;
import dev.weir.metering.event.app.EventRows.KnownEvent;
import dev.weir.metering.event.app.EventRows.NewEvent;
import dev.weir.metering.event.domain.EventContent;
import dev.weir.metering.event.domain.SettledEvent;
import dev.weir.metering.event.domain.Settlement;
import dev.weir.metering.event.domain.UsageEvent;
import dev.weir.platform.servicekit.web.DatabaseClock;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.jboss.logging.Logger;

/** Records enforced usage: the event of a settled reservation, whether it was reported before or not. */
@ApplicationScoped
public class SettlementService {

    private static final Logger LOG = Logger.getLogger(SettlementService.class);

    private final EventRows rows;
    private final PendingUsage pending;
    private final DatabaseClock clock;

    SettlementService(EventRows rows, PendingUsage pending, DatabaseClock clock) {
        this.rows = rows;
        this.pending = pending;
        this.clock = clock;
    }

    /** Records one settled reservation. */
    @Transactional
    public void record(ReservationSettled settled) {
        Instant now = clock.now().truncatedTo(ChronoUnit.MICROS);
        NewEvent event = event(settled);
        Settlement settlement = SettledEvent.settlement(settled);
        UUID identity = event.identity();
        Long seq = rows.insertNew(List.of(event), now).get(identity);
        if (seq != null) {
            rows.insertSettlement(seq, now, settlement);
        } else {
            settleKnown(event, settlement, now);
        }
        pending.signal();
    }

    private void settleKnown(NewEvent event, Settlement settlement, Instant now) {
        KnownEvent known = rows.known(List.of(event.identity())).get(event.identity());
        UsageEvent before = known == null ? null : rows.lock(known).orElse(null);
        if (known == null || before == null) {
            throw new IllegalStateException(
                    "the event " + event.identity() + " of reservation " + settlement.reservation() + " is gone");
        }
        boolean settledBefore = rows.hasSettlement(before.seq(), before.receivedAt());
        if (!rows.insertSettlement(before.seq(), before.receivedAt(), settlement)) {
            return;
        }
        rows.insertPending(before.customer(), before.seq(), before.receivedAt());
        if (known.content().agreesWith(event.content())) {
            return;
        }
        LOG.infof(
                "event %s of %s was settled by reservation %s with other content than known",
                event.id(), event.source(), settlement.reservation());
        if (settledBefore) {
            // The first of the enforced ones stands; this one's quantity counts all the same.
            rows.insertConflict(replacement(before, event), settlement.reservation(), now);
            return;
        }
        rows.insertConflict(before, settlement.reservation(), now);
        rows.replace(replacement(before, event), event.content());
        if (!event.customer().equals(before.customer())) {
            rows.insertPending(event.customer(), before.seq(), before.receivedAt());
        }
    }

    private static NewEvent event(ReservationSettled settled) {
        ObjectNode data = SettledEvent.data(settled);
        EventContent content = SettledEvent.content(settled);
        return new NewEvent(
                EventContent.identity(settled.source(), settled.id()),
                settled.customer(),
                settled.source(),
                settled.id(),
                settled.type(),
                settled.resource(),
                settled.effectiveAt(),
                data == null ? JsonNodeFactory.instance.objectNode() : data,
                false,
                content);
    }

    private static UsageEvent replacement(UsageEvent before, NewEvent event) {
        return new UsageEvent(
                before.seq(),
                before.receivedAt(),
                before.identity(),
                event.customer(),
                before.source(),
                before.id(),
                event.type(),
                event.resource(),
                event.time(),
                event.data(),
                before.reported());
    }
}
