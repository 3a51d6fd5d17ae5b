package dev.weir.metering.window.domain;

import java.time.Instant;
import java.util.Objects;

/**
 * What was used in a window, in atoms.
 *
 * @param reported may be negative (LATEST)
 * @param unpriced METERED: the quantity that draws on nothing; it is in neither of the others. CREDIT usage that cannot be
 *     rated has no quantity: it shows in eventCount only
 * @param eventCount how many events have a part in it
 * @param latestEventAt the latest event time ever seen in it
 */
public record WindowTotals(long reported, long enforced, long unpriced, long eventCount, Instant latestEventAt) {

    /** Nothing used. */
    public static final WindowTotals NONE = new WindowTotals(0, 0, 0, 0, Instant.EPOCH);

    public WindowTotals {
        Objects.requireNonNull(latestEventAt, "latestEventAt");
    }

    /** With one more part. */
    public WindowTotals plus(CountedUsage usage) {
        return changed(usage, 1);
    }

    /** With one part taken out. */
    public WindowTotals minus(CountedUsage usage) {
        return changed(usage, -1);
    }

    /** With this reported total, as it follows from the period's events. */
    public WindowTotals withReported(long total) {
        return new WindowTotals(total, enforced, unpriced, eventCount, latestEventAt);
    }

    private WindowTotals changed(CountedUsage usage, int sign) {
        long quantity = Math.multiplyExact(usage.quantity(), sign);
        Instant time = usage.time();
        Instant latest = sign > 0 && time.isAfter(latestEventAt) ? time : latestEventAt;
        long events = eventCount + sign;
        return switch (usage.kind()) {
            case REPORTED -> new WindowTotals(Math.addExact(reported, quantity), enforced, unpriced, events, latest);
            case ENFORCED -> new WindowTotals(reported, Math.addExact(enforced, quantity), unpriced, events, latest);
            case UNPRICED -> new WindowTotals(reported, enforced, Math.addExact(unpriced, quantity), events, latest);
        };
    }
}
