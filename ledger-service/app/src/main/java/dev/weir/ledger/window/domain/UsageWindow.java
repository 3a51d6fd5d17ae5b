package dev.weir.ledger.window.domain;

import dev.weir.ledger.contract.CreditsBurned;
import dev.weir.ledger.contract.WindowClosed;
import dev.weir.ledger.contract.WindowException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A window as the ledger holds it: its own bookings, metering's last word, and what was published of it. Pure.
 *
 * @param booked what the ledger booked
 * @param metering what metering said last; revision 0 = nothing yet
 * @param published what was published last
 */
public record UsageWindow(
        Identity identity, Booked booked, MeteringWord metering, Published published, List<CreditsBurned> credits) {
    /** Whose window it is, and when. */
    public record Identity(
            UUID windowId,
            String customer,
            String root,
            String feature,
            String featureType,
            @Nullable String resource,
            Instant start,
            Instant end,
            int scale,
            @Nullable UUID subscription,
            @Nullable String plan,
            int planVersion,
            @Nullable String planHash,
            @Nullable Instant periodFrom,
            @Nullable Instant periodTo) {
        public Identity {
            Objects.requireNonNull(windowId, "windowId");
        }
    }

    /** The ledger's totals, atoms; the first two are the roads, the rest the parts of their sum. */
    public record Booked(
            long enforced,
            long reported,
            long included,
            long creditCovered,
            long overage,
            long overrun,
            long waived,
            long unpriced) {
        public Booked {
            if (enforced + reported != included + creditCovered + overage + overrun + waived + unpriced) {
                throw new IllegalArgumentException("the parts of a window do not sum to what was booked");
            }
        }
    }

    /** Metering's totals, atoms. */
    public record MeteringWord(long revision, long enforced, long reported) {}

    /**
     * What was published.
     *
     * @param closed the last closing still holds: nothing was booked or said since
     * @param checkAfter from then on a disagreement is an exception; null = not before metering speaks again
     */
    public record Published(
            boolean closed,
            long revision,
            long meteringRevision,
            @Nullable Instant checkAfter,
            long exceptionVersion,
            boolean exceptionOpen,
            WindowException.@Nullable Reason exceptionReason,
            @Nullable Instant exceptionSince) {}

    public UsageWindow {
        credits = List.copyOf(credits);
    }

    /** What is to be done about the window at that instant. */
    public Verdict verdict(Instant now) {
        boolean spoken = metering.revision() > 0;
        if (spoken && metering.enforced() == booked.enforced() && metering.reported() == booked.reported()) {
            return published.closed() && published.meteringRevision() >= metering.revision()
                    ? new Verdict.Nothing()
                    : new Verdict.Close();
        }
        Instant due = published.checkAfter();
        if (due == null || now.isBefore(due)) {
            return new Verdict.Nothing();
        }
        return new Verdict.Raise(reason());
    }

    private WindowException.Reason reason() {
        if (metering.revision() == 0) {
            return WindowException.Reason.ONLY_LEDGER;
        }
        if (booked.enforced() == 0 && booked.reported() == 0) {
            return WindowException.Reason.ONLY_METERING;
        }
        return metering.enforced() == booked.enforced()
                ? WindowException.Reason.REPORTED_DIFFERS
                : WindowException.Reason.ENFORCED_DIFFERS;
    }

    /** The event that closes it. */
    public WindowClosed closing(long revision) {
        return new WindowClosed(
                identity.windowId(),
                identity.customer(),
                identity.root(),
                identity.feature(),
                identity.featureType(),
                identity.resource(),
                identity.start(),
                identity.end(),
                revision,
                metering.revision(),
                identity.scale(),
                identity.subscription(),
                identity.plan(),
                identity.planVersion(),
                identity.planHash(),
                identity.periodFrom(),
                identity.periodTo(),
                Math.addExact(booked.enforced(), booked.reported()),
                booked.included(),
                booked.creditCovered(),
                credits,
                booked.overage(),
                booked.overrun(),
                booked.waived(),
                booked.unpriced());
    }

    /** The exception as it stands. */
    public WindowException exception(WindowException.Reason reason, boolean open, Instant since) {
        return new WindowException(
                identity.windowId(),
                identity.customer(),
                identity.root(),
                identity.feature(),
                identity.featureType(),
                identity.resource(),
                identity.start(),
                identity.end(),
                identity.scale(),
                reason,
                open,
                metering.revision(),
                booked.enforced(),
                metering.enforced(),
                booked.reported(),
                metering.reported(),
                booked.included(),
                booked.creditCovered(),
                booked.overage(),
                booked.overrun(),
                booked.waived(),
                booked.unpriced(),
                since);
    }
}
