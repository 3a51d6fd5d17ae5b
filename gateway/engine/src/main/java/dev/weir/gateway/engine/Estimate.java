package dev.weir.gateway.engine;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.weir.catalog.contract.FeatureType;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What something would cost, told before it is done. Nothing is held: a reservation a moment later may find less.
 *
 * @param type null = the feature is not known
 * @param allowed whether a reservation of it would be granted now
 * @param reason why not, as a check says it; null = allowed
 * @param cost what it would take, leg by leg in the order in which they pay, also where it would be refused; empty where
 *     nothing is counted or there is no price
 * @param balanceAfter what would be left of each unit; where it would be refused, what is there, since a refusal takes nothing
 * @param money what the period's bill would grow by; null = nothing of it is priced in money
 * @param remedy what would change a refusal
 * @param snapshotVersion the customer's version that this is based on; 0 = none
 * @param stale based on the last known state, which could not be renewed in time
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Estimate(
        String feature,
        @Nullable FeatureType type,
        boolean allowed,
        @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable DenialReason reason,
        List<CostLeg> cost,
        List<Balance> balanceAfter,
        @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable MoneyCost money,
        @Nullable Remedy remedy,
        long snapshotVersion,
        Instant asOf,
        boolean stale) {
    public Estimate {
        cost = List.copyOf(cost);
        balanceAfter = List.copyOf(balanceAfter);
    }

    /**
     * One leg of the cost.
     *
     * @param unit the feature for its own quantity, else the credit unit
     * @param amount in whole units of it
     * @param quantity how much of the feature a leg in credits pays for; null = the cost has no quantity
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record CostLeg(
            String unit,
            Kind kind,
            BigDecimal amount,
            @Nullable BigDecimal quantity) {
        /** What the leg draws on. */
        public enum Kind {
            /** The limit's included quantity. */
            INCLUDED,
            /** A feature without a limit. */
            UNLIMITED,
            /** Credit in blocks. */
            CREDIT,
            /** Credit below zero. */
            OVERDRAFT,
            /** A quantity beyond a soft limit. */
            OVERAGE
        }
    }

    /** What would be left of a unit, in whole units; a limit's included quantity, or credit in blocks. */
    public record Balance(String unit, BigDecimal available) {}

    /**
     * Money on top of what the subscription costs anyway.
     *
     * @param amount by what the bill of the running period grows: the difference of two rounded totals
     * @param unrounded the same at full precision, for what costs less than the smallest coin
     * @param currency ISO 4217
     */
    public record MoneyCost(BigDecimal amount, BigDecimal unrounded, String currency) {}

    /** The same, marked as based on old state. */
    public Estimate asStale() {
        return new Estimate(
                feature, type, allowed, reason, cost, balanceAfter, money, remedy, snapshotVersion, asOf, true);
    }
}
