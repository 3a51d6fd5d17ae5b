package dev.weir.entitlement.trial.app;

import dev.weir.catalog.contract.Trial;
import dev.weir.catalog.contract.TrialEnd;
import dev.weir.entitlement.catalog.app.CatalogReadModel;
import dev.weir.entitlement.contract.TrialEnded;
import dev.weir.entitlement.contract.TrialReminder;
import dev.weir.entitlement.snapshot.app.CustomerWrites;
import dev.weir.entitlement.subscription.app.TrialActions;
import dev.weir.entitlement.trial.persistence.TrialTable;
import dev.weir.entitlement.trial.persistence.TrialTable.EndingTrial;
import dev.weir.platform.kernel.Shard;
import dev.weir.platform.servicekit.events.Outbox;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;

/** Says that trials are about to end, and that they have: each once, as a fact. */
@Singleton
public class TrialNotices {
    private static final String ENDED = "ENDED";
    private static final int AT_ONCE = 200;

    private final TrialTable table;
    private final CatalogReadModel catalog;
    private final CustomerWrites clock;
    private final Outbox outbox;

    TrialNotices(TrialTable table, CatalogReadModel catalog, CustomerWrites clock, Outbox outbox) {
        this.table = table;
        this.catalog = catalog;
        this.clock = clock;
        this.outbox = outbox;
    }

    /** Reminds of trials that end within a duration; answers whether there may be more. One shorter than that is left out. */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    public boolean remind(Duration before) {
        Instant now = clock.now();
        String notice = text(before);
        var due = table.ending(now, now.plus(before), notice, AT_ONCE);
        for (EndingTrial trial : due) {
            boolean whole = trial.beganAt().isBefore(trial.endsAt().minus(before));
            if (table.say(trial, notice, now) && whole) {
                outbox.fact(
                        "entitlement.trial-reminder",
                        trial.subscription() + ":" + trial.endsAt() + ":" + notice,
                        trial.customer(),
                        Shard.of(trial.root()),
                        new TrialReminder(
                                trial.customer(),
                                trial.root(),
                                trial.subscription(),
                                trial.product(),
                                trial.tried(),
                                trial.endsAt(),
                                notice,
                                atEnd(trial),
                                trial.nextPlan()));
            }
        }
        return due.size() == AT_ONCE;
    }

    /** Tells of trials that have ended since so long ago; answers whether there may be more. */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    public boolean tellEnded(Duration late) {
        Instant now = clock.now();
        var due = table.ending(now.minus(late), now, ENDED, AT_ONCE);
        for (EndingTrial trial : due) {
            if (table.say(trial, ENDED, now)) {
                outbox.fact(
                        "entitlement.trial-ended",
                        trial.subscription() + ":ended",
                        trial.customer(),
                        Shard.of(trial.root()),
                        new TrialEnded(
                                trial.customer(),
                                trial.root(),
                                trial.subscription(),
                                trial.product(),
                                trial.tried(),
                                trial.endsAt(),
                                why(trial),
                                atEnd(trial),
                                trial.nextPlan()));
            }
        }
        return due.size() == AT_ONCE;
    }

    /** Whole days as days: P3D says more than PT72H. */
    private static String text(Duration duration) {
        boolean days = duration.equals(Duration.ofDays(duration.toDays()));
        return days ? "P" + duration.toDays() + "D" : duration.toString();
    }

    private static TrialEnded.Why why(EndingTrial trial) {
        if (trial.changeKind().equals(TrialActions.CREDITS_USED)) {
            return TrialEnded.Why.CREDITS;
        }
        return trial.changedAt().equals(trial.endsAt()) ? TrialEnded.Why.REQUEST : TrialEnded.Why.TIME;
    }

    private TrialEnd atEnd(EndingTrial trial) {
        Trial offered = catalog.plan(trial.planHash()).trial();
        return offered == null ? TrialEnd.CANCEL : offered.atEnd();
    }
}
