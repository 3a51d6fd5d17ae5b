package dev.weir.billing.reconciliation.domain;

/** How the three sides of a row stand to each other. */
public enum RowStatus {
    /** Metering, ledger and provider agree exactly. */
    MATCHED,
    /** One side has not spoken yet. */
    PENDING,
    /** Two sides have spoken and differ. */
    EXCEPTION
}
