package dev.weir.ledger.contract;

/** Whether a wallet may be drawn on. */
public enum WalletStatus {
    ACTIVE,
    FROZEN,
    CLOSED
}
