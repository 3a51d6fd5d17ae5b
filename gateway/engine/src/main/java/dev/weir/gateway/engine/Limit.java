package dev.weir.gateway.engine;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.weir.catalog.contract.OnLimit;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * The resolved limit of a METERED feature.
 *
 * @param kind what happens above it
 * @param amount in whole units; null = unlimited
 */
public record Limit(
        OnLimit kind,
        @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable BigDecimal amount,
        boolean unlimited) {}
