package dev.weir.gateway.engine;

/** What holds for credit units that nothing says more about. */
final class CreditUnits {
    /** Decimals of a unit (architecture, "Numbers and time"). */
    static final int DEFAULT_SCALE = 6;

    private CreditUnits() {}
}
