package dev.weir.catalog.offer.domain;

import dev.weir.catalog.document.domain.IsoInterval;
import java.math.BigDecimal;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Amounts that recur at different intervals, compared by second. */
public final class Pace {

    private Pace() {}

    /** Which is more by second; what never recurs is less than what does. */
    public static int compare(
            BigDecimal left, @Nullable String leftEvery, BigDecimal right, @Nullable String rightEvery) {
        if (Objects.equals(leftEvery, rightEvery)) {
            return left.compareTo(right);
        }
        if (leftEvery == null) {
            return right.signum() > 0 ? -1 : left.signum();
        }
        if (rightEvery == null) {
            return left.signum() > 0 ? 1 : -right.signum();
        }
        return left.multiply(seconds(rightEvery)).compareTo(right.multiply(seconds(leftEvery)));
    }

    /** The length of a published interval, a month being 2,629,746 s. */
    public static BigDecimal seconds(String every) {
        return BigDecimal.valueOf(IsoInterval.parse(every)
                .orElseThrow(() -> new IllegalStateException("a published interval can be read: " + every))
                .averageSeconds());
    }

    /** Compares bounds, of which null is none and so the most. */
    public static int upTo(@Nullable BigDecimal left, @Nullable BigDecimal right) {
        if (left == null || right == null) {
            return Boolean.compare(left == null, right == null);
        }
        return left.compareTo(right);
    }
}
