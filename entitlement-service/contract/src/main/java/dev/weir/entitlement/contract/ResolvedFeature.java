package dev.weir.entitlement.contract;

import dev.weir.catalog.contract.FeatureDefinition;
import dev.weir.catalog.contract.OnLimit;
import dev.weir.catalog.contract.RateRule;
import dev.weir.catalog.contract.Then;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A customer's effective entitlement to one feature at one instant.
 *
 * @param granted some source gives it and nothing revokes it
 * @param limit of a METERED feature: the effective amount in whole units; null = unlimited (or not METERED); 0 when revoked
 * @param recurrence how the limit's periods tile; null for no reset (LEVEL, or no {@code every}). Its anchor is the
 *     subscription's, or the start of the latest phase at which usage began anew ({@code RESET}): then the period counts
 *     from there, so blocks of a period are told apart by the period's start and not by its number. A promotion or override
 *     that resets like a subscription source uses that one's anchor, else its own {@code from}. Kept while revoked
 * @param onLimit HARD unless a source says SOFT
 * @param overageCap null = no bound (SOFT only)
 * @param stack the limit as blocks, BASE first (none where increments or a promotion stand alone); sums to limit; empty when
 *     unlimited, revoked or not METERED
 * @param value of a CONFIG feature
 * @param rates of a CREDIT feature: the table in force. Kept while revoked, since reported usage has a price all the same
 * @param rateVersion content hash of rates; stored on reservations and journal rows
 * @param subscription to which the usage belongs: the one that won the amount (ties: the oldest). Where a promotion or an
 *     override won it, the one of the best subscription source below it (one that resets alike before others), so that
 *     overage keeps its price; null if none. For
 *     features without an amount the one that gives access
 * @param plan of that subscription, with its version number and body hash
 * @param segmentFrom the latest instant at or before the asked one at which this answer began to hold
 * @param segmentTo the next known boundary of this feature (change of source or period end); null = none known
 * @param sources every source, for explain
 */
public record ResolvedFeature(
        String feature,
        FeatureDefinition definition,
        boolean granted,
        boolean revoked,
        @Nullable BigDecimal limit,
        @Nullable Recurrence recurrence,
        OnLimit onLimit,
        @Nullable BigDecimal overageCap,
        @Nullable Then then,
        List<LimitPart> stack,
        @Nullable String value,
        List<RateRule> rates,
        @Nullable String rateVersion,
        @Nullable UUID subscription,
        @Nullable String plan,
        int planVersion,
        @Nullable String planHash,
        @Nullable String resource,
        java.time.Instant segmentFrom,
        java.time.@Nullable Instant segmentTo,
        List<ExplainedSource> sources) {
    public ResolvedFeature {
        Objects.requireNonNull(feature, "feature");
        Objects.requireNonNull(definition, "definition");
        stack = stack == null ? List.of() : List.copyOf(stack);
        rates = rates == null ? List.of() : List.copyOf(rates);
        sources = sources == null ? List.of() : List.copyOf(sources);
    }

    /** A METERED feature without a limit: it has no wallet. */
    public boolean unlimited() {
        return granted && definition.type() == dev.weir.catalog.contract.FeatureType.METERED && limit == null;
    }
}
