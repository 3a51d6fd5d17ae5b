package dev.weir.gateway.engine;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.weir.catalog.contract.FeatureType;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a check. The ledger's denials carry the same members as {@code decision}.
 *
 * @param reason null = allowed
 * @param type null = the feature is not known
 * @param value of a CONFIG feature: what the customer has
 * @param limit of a METERED feature; null for every other type
 * @param resetAt when the limit's period ends
 * @param wallets the credit wallets that the feature draws on; every credit wallet when nothing is subscribed
 * @param remedy of a denial that more allowance, credit or time would change
 * @param snapshotVersion the customer's version that this is based on; 0 = none
 * @param budget the budget that refuses it; null = none does
 * @param stale the state could not be had in time: decided by the configured fallback, or from the last known state
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Decision(
        boolean allowed,
        @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable DenialReason reason,
        String feature,
        @Nullable FeatureType type,
        @Nullable String value,
        @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable Limit limit,
        @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable Usage usage,
        @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable Instant resetAt,
        List<WalletView> wallets,
        @Nullable Remedy remedy,
        long snapshotVersion,
        Instant asOf,
        boolean stale,
        @Nullable BudgetView budget) {

    /** A decision that no budget has a part in. */
    public Decision(
            boolean allowed,
            @Nullable DenialReason reason,
            String feature,
            @Nullable FeatureType type,
            @Nullable String value,
            @Nullable Limit limit,
            @Nullable Usage usage,
            @Nullable Instant resetAt,
            List<WalletView> wallets,
            @Nullable Remedy remedy,
            long snapshotVersion,
            Instant asOf,
            boolean stale) {
        this(
                allowed,
                reason,
                feature,
                type,
                value,
                limit,
                usage,
                resetAt,
                wallets,
                remedy,
                snapshotVersion,
                asOf,
                stale,
                null);
    }

    /** The same, refused by a budget: LIMIT_REACHED until its next period. */
    Decision refusedBy(BudgetView refusing) {
        return new Decision(
                false,
                DenialReason.LIMIT_REACHED,
                feature,
                type,
                value,
                limit,
                usage,
                refusing.resetAt(),
                wallets,
                remedy,
                snapshotVersion,
                asOf,
                stale,
                refusing);
    }

    /** The same, marked as based on old state. */
    public Decision asStale() {
        return new Decision(
                allowed,
                reason,
                feature,
                type,
                value,
                limit,
                usage,
                resetAt,
                wallets,
                remedy,
                snapshotVersion,
                asOf,
                true,
                budget);
    }
}
