package dev.weir.gateway.engine;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.weir.catalog.contract.FeatureType;
import dev.weir.entitlement.contract.ExplainedSource;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One feature as a customer has it.
 *
 * @param granted whether any source gives it and none revokes it
 * @param value of a CONFIG feature
 * @param usage null at another instant than now, and where nothing is counted
 * @param wallets the credit wallets it draws on
 * @param sources where it comes from; only when an explanation was asked for
 * @param stale based on the last known state, which could not be renewed in time
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record EntitlementState(
        String feature,
        FeatureType type,
        boolean granted,
        boolean revoked,
        @Nullable String value,
        @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable Limit limit,
        @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable Usage usage,
        @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable Instant resetAt,
        List<WalletView> wallets,
        @Nullable String plan,
        long snapshotVersion,
        Instant asOf,
        boolean stale,
        @Nullable List<ExplainedSource> sources) {

    /** The same with what metering counted of an unlimited feature, in whole units. */
    public EntitlementState withUsed(BigDecimal used) {
        return new EntitlementState(
                feature,
                type,
                granted,
                revoked,
                value,
                limit,
                new Usage(used, BigDecimal.ZERO, null),
                resetAt,
                wallets,
                plan,
                snapshotVersion,
                asOf,
                stale,
                sources);
    }
}
