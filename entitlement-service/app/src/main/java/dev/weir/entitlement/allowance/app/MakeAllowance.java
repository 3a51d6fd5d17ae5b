package dev.weir.entitlement.allowance.app;

import dev.weir.entitlement.allowance.domain.Grant;
import dev.weir.entitlement.contract.AllowancePart;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The wish for a promotion or override.
 *
 * @param grant null = revoke
 * @param from null = now
 */
public record MakeAllowance(
        String customer,
        AllowancePart.Kind kind,
        String feature,
        @Nullable Grant grant,
        @Nullable Instant from,
        @Nullable Instant to,
        String reason,
        String author) {}
