package dev.weir.ledger.posting.domain;

import dev.weir.ledger.contract.WalletKind;
import dev.weir.ledger.wallet.domain.WalletKey;

/** A wallet that may have to be made: its key, what it holds, and the unit's scale. */
public record WalletSpec(WalletKey key, WalletKind kind, int scale) {}
