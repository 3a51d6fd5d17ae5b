package dev.weir.ledger.posting.domain;

/** What becomes of a hold whose deadline passes without a word. The code is stored: never renumber. */
public enum OnLapse {
    RELEASE,
    CAPTURE,
    QUARANTINE
}
