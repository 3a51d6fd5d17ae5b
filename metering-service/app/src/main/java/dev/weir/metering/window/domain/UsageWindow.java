package dev.weir.metering.window.domain;

import java.util.Objects;

/**
 * A window as it stands.
 *
 * @param reportedRevision counts the changes of the reported total; 0 = never reported
 * @param closedRevision how often it was closed
 */
public record UsageWindow(WindowFrame frame, WindowTotals totals, long reportedRevision, long closedRevision) {
    public UsageWindow {
        Objects.requireNonNull(frame, "frame");
        Objects.requireNonNull(totals, "totals");
    }

    /** A window without usage. */
    public static UsageWindow empty(WindowFrame frame) {
        return new UsageWindow(frame, WindowTotals.NONE, 0, 0);
    }

    /** With these totals; its revisions stay. */
    public UsageWindow with(WindowTotals changed) {
        return new UsageWindow(frame, changed, reportedRevision, closedRevision);
    }

    /** As the next after an earlier self: another reported total is the next revision of it. */
    public UsageWindow after(UsageWindow before) {
        long revision =
                totals.reported() == before.totals.reported() ? before.reportedRevision : before.reportedRevision + 1;
        return new UsageWindow(frame, totals, revision, closedRevision);
    }

    /** With what another word on the same window adds. */
    public UsageWindow joinedWith(WindowFrame other) {
        return frame.equals(other)
                ? this
                : new UsageWindow(frame.joinedWith(other), totals, reportedRevision, closedRevision);
    }

    /** Whether there is nothing to say of it: no usage now, and none was ever told. */
    public boolean neverUsed() {
        return totals.eventCount() == 0 && reportedRevision == 0 && closedRevision == 0;
    }
}
