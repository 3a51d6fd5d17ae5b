package dev.weir.entitlement.allowance.app;

import dev.weir.entitlement.allowance.persistence.CohortPromotionTable;
import dev.weir.platform.kernel.Problem;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/** Keeps promotions of cohorts with those who belong to them: one customer, one transaction. */
@Singleton
public class CohortWorker {
    private static final Logger LOG = Logger.getLogger(CohortWorker.class);
    private static final int CUSTOMERS_AT_ONCE = 200;

    private final CohortPromotions promotions;

    CohortWorker(CohortPromotions promotions) {
        this.promotions = promotions;
    }

    @Scheduled(every = "{entitlement.cohort.interval}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void run() {
        // A round in which nobody is served ends it: who failed is tried again at the next tick.
        while (promotions.joining(CUSTOMERS_AT_ONCE).stream().filter(this::join).count() > 0) {
            LOG.debug("Members of cohorts get their promotions");
        }
        while (promotions.leaving(CUSTOMERS_AT_ONCE).stream()
                        .filter(this::leave)
                        .count()
                > 0) {
            LOG.debug("Those who have left cohorts lose their promotions");
        }
    }

    private boolean join(CohortPromotionTable.Joining joining) {
        try {
            promotions.join(joining);
            return true;
        } catch (Problem refused) {
            LOG.infof(
                    "%s does not get the promotion %s: %s", joining.customer(), joining.promotion(), refused.detail());
            promotions.refuse(joining, refused.code());
            return true;
        } catch (RuntimeException failed) {
            LOG.errorf(failed, "%s could not be given the promotion %s", joining.customer(), joining.promotion());
            return false;
        }
    }

    private boolean leave(CohortPromotionTable.Leaving leaving) {
        try {
            promotions.leave(leaving);
            return true;
        } catch (RuntimeException failed) {
            LOG.errorf(failed, "The promotion %s could not be taken from %s", leaving.promotion(), leaving.customer());
            return false;
        }
    }
}
