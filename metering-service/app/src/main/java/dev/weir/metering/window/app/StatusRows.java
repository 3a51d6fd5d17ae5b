package dev.weir.metering.window.app;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What tells how far metering has come. */
public interface StatusRows {

    /**
     * How far metering has come.
     *
     * @param pendingEvents events that are kept but not counted yet
     * @param openWindows windows that have changed since they were last closed
     * @param unpricedEvents parts of events that nothing says the price of
     * @param waitingSnapshots snapshots whose bodies have not come
     * @param lastEventAt when the last event came in
     */
    record Progress(
            long pendingEvents,
            long openWindows,
            long unpricedEvents,
            long waitingSnapshots,
            long conflicts,
            @Nullable Instant lastEventAt) {}

    /** How far metering has come, now. */
    Progress progress();
}
