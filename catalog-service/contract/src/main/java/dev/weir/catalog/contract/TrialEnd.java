package dev.weir.catalog.contract;

/** What a trial becomes at its end. */
public enum TrialEnd {
    CONVERT,
    DOWNGRADE,
    CANCEL
}
