package dev.weir.gateway.engine;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What of a limit is used up, in whole units; of a CREDIT feature, in credits of the blocks that it may draw on.
 *
 * @param used consumed + overage + overrun; null for an unlimited feature, whose usage only metering knows
 * @param held set aside by open reservations, in overage room too
 * @param remaining what may still be used without overage, never below 0; null = unlimited
 */
public record Usage(
        @Nullable BigDecimal used,
        BigDecimal held,
        @Nullable BigDecimal remaining) {}
