package dev.weir.metering.meter.domain;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Decimals to atoms where usage, not a limit or a grant, is measured. */
public final class Quantities {

    private static final BigDecimal MOST = BigDecimal.valueOf(Long.MAX_VALUE);

    private Quantities() {}

    /** The atoms of a measured quantity, rounded half up once, here. */
    public static long atoms(BigDecimal quantity, int scale) {
        return quantity.movePointRight(scale).setScale(0, RoundingMode.HALF_UP).longValueExact();
    }

    /** Whether the quantity fits 64 bits at that scale, with room to spare for sums. */
    public static boolean fits(BigDecimal quantity, int scale) {
        return quantity.abs().movePointRight(scale).compareTo(MOST.movePointLeft(6)) < 0;
    }
}
