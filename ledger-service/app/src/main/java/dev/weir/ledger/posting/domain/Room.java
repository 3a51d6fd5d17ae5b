package dev.weir.ledger.posting.domain;

/** What holds a part of a leg. The code is stored: never renumber. */
public enum Room {
    BLOCK,
    OVERAGE,
    OVERDRAFT
}
