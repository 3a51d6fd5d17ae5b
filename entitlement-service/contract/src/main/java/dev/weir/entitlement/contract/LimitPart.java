package dev.weir.entitlement.contract;

import java.math.BigDecimal;
import java.util.Objects;

/**
 * One block of the stack that makes up a limit (architecture: limits are stacks of blocks).
 *
 * @param sourceReference stable identity of the source: {@code base}, {@code addon:<key>}, {@code promotion:<id>},
 *     {@code override:<id>} (and {@code plan:<key>}, {@code trial:<key>}, should one increment)
 * @param amount in whole units of the feature, never negative
 */
public record LimitPart(Kind kind, String sourceReference, BigDecimal amount) {
    /** BASE first, then each INCREMENT, then what a promotion adds above the raised amount. */
    public enum Kind {
        BASE,
        INCREMENT,
        PROMOTION
    }

    public LimitPart {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(sourceReference, "sourceReference");
        Objects.requireNonNull(amount, "amount");
    }
}
