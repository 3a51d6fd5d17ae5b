package dev.weir.ledger.wallet.domain;

/** Credit of a unit that is scaled by the level of a feature: their wallets are locked and brought up to now together. */
public record SeatLink(String unit, int unitScale, String feature) {}
