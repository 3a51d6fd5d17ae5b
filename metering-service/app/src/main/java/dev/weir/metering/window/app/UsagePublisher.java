package dev.weir.metering.window.app;

import dev.weir.catalog.contract.FeatureType;
import dev.weir.metering.contract.ReportedTotal;
import dev.weir.metering.contract.UsageReported;
import dev.weir.metering.contract.WatermarkPassed;
import dev.weir.metering.contract.WindowClosed;
import dev.weir.metering.event.domain.UsageEvent;
import dev.weir.metering.meter.domain.EventData;
import dev.weir.metering.window.domain.UsageWindow;
import dev.weir.metering.window.domain.WindowFrame;
import dev.weir.metering.window.domain.WindowTotals;
import dev.weir.platform.kernel.Sha256;
import dev.weir.platform.kernel.Shard;
import dev.weir.platform.servicekit.events.Outbox;
import jakarta.inject.Singleton;
import java.util.Objects;

/** Tells the others what was counted. */
@Singleton
class UsagePublisher {

    private final Outbox outbox;

    UsagePublisher(Outbox outbox) {
        this.outbox = outbox;
    }

    /** The reported total of a limited METERED feature, for the ledger to book; nothing for any other window. */
    void reportedTotal(UsageWindow window) {
        WindowFrame frame = window.frame();
        if (frame.featureType() != FeatureType.METERED || frame.unlimited() || window.reportedRevision() == 0) {
            return;
        }
        ReportedTotal total = new ReportedTotal(
                frame.id(),
                frame.customer(),
                frame.root(),
                frame.resource(),
                frame.feature(),
                frame.start(),
                frame.end(),
                window.reportedRevision(),
                window.totals().reported(),
                frame.scale(),
                window.totals().latestEventAt());
        outbox.state(
                "metering.reported-total",
                frame.id().toString(),
                window.reportedRevision(),
                Shard.of(frame.root()),
                total);
    }

    /** One reported event of a CREDIT feature, for the ledger to debit. */
    void usageReported(UsageEvent event, WindowFrame frame) {
        UsageReported reported = new UsageReported(
                frame.customer(),
                frame.root(),
                frame.resource(),
                frame.feature(),
                event.source(),
                event.id(),
                Objects.requireNonNull(event.type(), "a reported event has a type"),
                event.time(),
                EventData.scalars(event.data()),
                frame.start(),
                frame.end());
        String id = "usage:" + Sha256.hex(event.source() + "\n" + event.id() + "\n" + frame.feature());
        outbox.fact("metering.usage-reported", id, frame.customer(), Shard.of(frame.root()), reported);
    }

    /** Metering's word on a window. */
    void windowClosed(UsageWindow window, long revision, String contentHash) {
        WindowFrame frame = window.frame();
        WindowTotals totals = window.totals();
        WindowClosed closed = new WindowClosed(
                frame.id(),
                frame.customer(),
                frame.root(),
                frame.feature(),
                frame.featureType().name(),
                frame.resource(),
                frame.start(),
                frame.end(),
                revision,
                frame.scale(),
                totals.reported(),
                window.reportedRevision(),
                totals.enforced(),
                totals.unpriced(),
                totals.eventCount(),
                contentHash,
                frame.unlimited(),
                frame.subscription(),
                frame.plan(),
                frame.planVersion(),
                frame.planHash(),
                frame.periodFrom(),
                frame.periodTo());
        outbox.fact(
                "metering.window-closed",
                frame.id() + ":" + revision,
                frame.id().toString(),
                Shard.of(frame.root()),
                closed);
    }

    /** The watermark of one shard. */
    void watermarkPassed(WatermarkPassed passed) {
        outbox.fact(
                "metering.watermark-passed",
                "watermark:" + passed.shard() + ":" + passed.until(),
                passed.shard(),
                passed.shard(),
                passed);
    }
}
