package dev.weir.metering.window.app;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What tells how far metering has come. */
public interface StatusRows {

    /**
     * How far metering has come.
     *
     * @param pendingEvents events that are kept but not counted yet
     * @param faultyEvents those of them whose counting failed
     * @param openWindows windows that have changed since they were last closed
     * @param unpricedEvents parts of events that nothing says the price of
     * @param waitingSnapshots snapshots whose bodies have not come
     * @param lastEventAt when the last event came in
     */
    record Progress(
            long pendingEvents,
            long faultyEvents,
            long openWindows,
            long unpricedEvents,
            long waitingSnapshots,
            long conflicts,
            @Nullable Instant lastEventAt) {}

    /**
     * A contradiction between what was reported of an event and what was settled.
     *
     * @param replaced the content that gave way
     */
    record Conflict(
            long id,
            String customer,
            String source,
            String eventId,
            UUID reservation,
            JsonNode replaced,
            Instant foundAt) {}

    /** How far metering has come, now. */
    Progress progress();

    /** Contradictions before one, latest first. */
    List<Conflict> conflicts(long before, int limit);
}
