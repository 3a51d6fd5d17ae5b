package dev.weir.ledger.posting.domain;

import dev.weir.ledger.wallet.domain.WalletKey;

/** A decision needs a wallet that was not foreseen: the batch is decided again with it locked too. */
public final class WalletNotLockedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    WalletNotLockedException(WalletKey key) {
        super("the wallet of " + key + " was not locked", null, false, false);
    }
}
