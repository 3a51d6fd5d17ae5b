package dev.weir.ledger.contract;

/** A wallet holds credit, or the stack of blocks that makes up a limit. */
public enum WalletKind {
    CREDIT,
    LIMIT
}
