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
        boolean stale) {

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
                true);
    }
}
