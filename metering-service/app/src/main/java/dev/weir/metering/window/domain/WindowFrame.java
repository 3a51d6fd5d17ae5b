package dev.weir.metering.window.domain;

import dev.weir.catalog.contract.Aggregation;
import dev.weir.catalog.contract.FeatureType;
import dev.weir.metering.meter.domain.Fold;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a window is of: everything about it but its totals.
 *
 * @param authority who says its terms: scale, plan, period, whether unlimited
 * @param known whether the customer's snapshot has come; the root of an unknown customer is the customer
 * @param aggregation of a METERED feature's meter; null for CREDIT, and where only settled quantities are counted
 * @param scale decimals of its totals
 * @param unlimited a METERED feature without a limit: the ledger has no window for it
 * @param periodFrom the period that its usage belongs to; null = never resets
 */
public record WindowFrame(
        UUID id,
        Authority authority,
        String customer,
        String root,
        boolean known,
        String feature,
        FeatureType featureType,
        @Nullable Aggregation aggregation,
        @Nullable String resource,
        Instant start,
        Instant end,
        int scale,
        boolean unlimited,
        @Nullable UUID subscription,
        @Nullable String plan,
        int planVersion,
        @Nullable String planHash,
        @Nullable Instant periodFrom,
        @Nullable Instant periodTo) {
    public WindowFrame {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(authority, "authority");
        Objects.requireNonNull(customer, "customer");
        Objects.requireNonNull(root, "root");
        Objects.requireNonNull(feature, "feature");
        Objects.requireNonNull(featureType, "featureType");
        Objects.requireNonNull(start, "start");
        Objects.requireNonNull(end, "end");
    }

    /** Whether its reported total needs the events of the whole period. */
    public boolean foldsOverPeriod() {
        return aggregation != null && !Fold.additive(aggregation);
    }

    /**
     * This frame after another word on the same window: of two authorities the higher one's terms, of two resolutions the later
     * one's, of two settlements the first one's. The earlier end stands, since a window is only ever cut.
     */
    public WindowFrame joinedWith(WindowFrame other) {
        int order = other.authority.compareTo(authority);
        WindowFrame terms = order > 0 || (order == 0 && authority != Authority.SETTLEMENT) ? other : this;
        return new WindowFrame(
                id,
                terms.authority,
                customer,
                other.known ? other.root : root,
                known || other.known,
                feature,
                featureType,
                other.aggregation != null ? other.aggregation : aggregation,
                resource,
                start,
                end.isBefore(other.end) ? end : other.end,
                terms.scale,
                terms.unlimited,
                terms.subscription,
                terms.plan,
                terms.planVersion,
                terms.planHash,
                terms.periodFrom,
                terms.periodTo);
    }
}
