package dev.weir.gateway.engine;

import dev.weir.catalog.contract.FeatureDefinition;
import dev.weir.catalog.contract.FeatureType;
import dev.weir.catalog.contract.OnLimit;
import dev.weir.catalog.contract.RateRule;
import dev.weir.catalog.contract.Then;
import dev.weir.entitlement.contract.Recurrence;
import dev.weir.entitlement.contract.ResolvedFeature;
import dev.weir.platform.kernel.Atoms;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A resolved feature, cut down to what a check needs: a cache holds one for each customer and feature, so it must be small.
 * Amounts in atoms of the feature's scale. It holds within [from, to).
 *
 * @param limit meaningless when unlimited
 * @param resetAt the end of the limit's period; null = it does not reset
 * @param subscription to which the usage belongs, with its plan version's hash: budgets count by them
 * @param overageCap {@link #NO_CAP} = without bound
 */
record Allowance(
        FeatureDefinition definition,
        boolean granted,
        boolean revoked,
        boolean unlimited,
        long limit,
        @Nullable Instant resetAt,
        OnLimit onLimit,
        long overageCap,
        @Nullable Then then,
        @Nullable String value,
        List<RateRule> rates,
        @Nullable String resource,
        @Nullable UUID subscription,
        @Nullable String planHash,
        Instant from,
        @Nullable Instant to) {

    static final long NO_CAP = Long.MAX_VALUE;

    static Allowance of(ResolvedFeature resolved, Instant at) {
        FeatureDefinition definition = resolved.definition();
        boolean metered = definition.type() == FeatureType.METERED;
        Recurrence recurrence = resolved.recurrence();
        Instant resetAt = recurrence == null ? null : recurrence.at(at).to();
        Instant to = resolved.segmentTo();
        if (resetAt != null && (to == null || resetAt.isBefore(to))) {
            to = resetAt;
        }
        return new Allowance(
                definition,
                resolved.granted(),
                resolved.revoked(),
                resolved.unlimited(),
                metered ? atoms(resolved.limit(), definition.scale(), 0) : 0,
                resetAt,
                resolved.onLimit(),
                metered ? atoms(resolved.overageCap(), definition.scale(), NO_CAP) : NO_CAP,
                resolved.then(),
                resolved.value(),
                resolved.rates(),
                resolved.resource(),
                resolved.subscription(),
                resolved.planHash(),
                at.isBefore(resolved.segmentFrom()) ? at : resolved.segmentFrom(),
                to);
    }

    boolean holdsAt(Instant now) {
        return !now.isBefore(from) && (to == null || now.isBefore(to));
    }

    private static long atoms(@Nullable BigDecimal amount, int scale, long absent) {
        return amount == null ? absent : Atoms.parse(amount, scale);
    }
}
