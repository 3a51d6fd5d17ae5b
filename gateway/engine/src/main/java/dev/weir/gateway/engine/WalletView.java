package dev.weir.gateway.engine;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * A credit wallet as one feature sees it.
 *
 * @param available credits of the blocks that the feature may draw on now, without overdraft
 * @param cost what the asked quantity or dimensions would cost; null = none was asked
 */
public record WalletView(
        String unit, BigDecimal available, @Nullable BigDecimal cost) {}
