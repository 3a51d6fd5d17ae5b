package dev.weir.metering.window.domain;

import dev.weir.entitlement.contract.ResolvedFeature;
import dev.weir.entitlement.contract.Span;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What holds for a customer's usage of a feature throughout one window.
 *
 * @param window always with an end
 * @param resolved null = not entitled
 * @param period null = never resets
 * @param creditScale of a CREDIT feature's unit
 */
public record Placement(
        Span window,
        @Nullable ResolvedFeature resolved,
        @Nullable Span period,
        int creditScale) {
    public Placement {
        Objects.requireNonNull(window, "window");
    }
}
