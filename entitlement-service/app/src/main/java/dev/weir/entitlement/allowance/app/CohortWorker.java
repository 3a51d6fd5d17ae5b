package dev.weir.entitlement.allowance.app;

import dev.weir.entitlement.allowance.persistence.CohortPromotionTable;
import dev.weir.platform.kernel.Problem;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Singleton;
import java.util.List;
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
        List<CohortPromotionTable.Joining> joining = promotions.joining(CUSTOMERS_AT_ONCE);
        while (!joining.isEmpty()) {
            joining.forEach(this::join);
            joining = promotions.joining(CUSTOMERS_AT_ONCE);
        }
        List<CohortPromotionTable.Leaving> leaving = promotions.leaving(CUSTOMERS_AT_ONCE);
        while (!leaving.isEmpty()) {
            leaving.forEach(promotions::leave);
            leaving = promotions.leaving(CUSTOMERS_AT_ONCE);
        }
    }

    private void join(CohortPromotionTable.Joining joining) {
        try {
            promotions.join(joining);
        } catch (Problem refused) {
            LOG.infof(
                    "%s does not get the promotion %s: %s", joining.customer(), joining.promotion(), refused.detail());
            promotions.refuse(joining, refused.code());
        }
    }
}
