package dev.weir.billing.reconciliation.domain;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One customer, feature and plan version in one UTC hour, seen from three sides. Quantities in atoms of 10^-scale.
 *
 * @param metered metering's figure; null = metering has no such window
 * @param ledgerMetered the ledger's figure for the same; null = the ledger has none
 * @param billable what is to be billed: overage, or all priced usage of an unlimited feature; 0 where no charge applies
 * @param billed what the provider counts when asked; null = it has not been asked, or nothing is to be billed
 * @param meteringLess ledgerMetered - metered when both have spoken, else 0: what metering lacks
 * @param billedMore billed - billable when both are known, else 0: what the provider has too much
 * @param reason why it is not MATCHED
 */
public record ReconciliationRow(
        String customer,
        String feature,
        String featureType,
        @Nullable String plan,
        int planVersion,
        Instant hour,
        int scale,
        @Nullable Long metered,
        @Nullable Long ledgerMetered,
        long included,
        long creditCovered,
        long overage,
        long overrun,
        long waived,
        long unpriced,
        long billable,
        @Nullable Long billed,
        long meteringLess,
        long billedMore,
        RowStatus status,
        String reason) {
    public ReconciliationRow {
        Objects.requireNonNull(customer, "customer");
        Objects.requireNonNull(feature, "feature");
        Objects.requireNonNull(status, "status");
    }

    /** Whether the parts add up to what the ledger booked. */
    public boolean identityHolds() {
        return ledgerMetered == null
                || ledgerMetered == included + creditCovered + overage + overrun + waived + unpriced;
    }
}
