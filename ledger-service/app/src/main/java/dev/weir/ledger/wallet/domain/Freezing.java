package dev.weir.ledger.wallet.domain;

import dev.weir.ledger.contract.WalletStatus;

/** A frozen wallet may not be drawn on by what is asked before; what was held is settled or released all the same. */
public final class Freezing {

    private Freezing() {}

    /** Freezes a wallet or lets it be drawn on again, with a row of its own; false if it was so before. */
    public static boolean turn(WalletBook book, boolean frozen, MoveContext context) {
        WalletStatus status = frozen ? WalletStatus.FROZEN : WalletStatus.ACTIVE;
        if (book.head().status() == status) {
            return false;
        }
        book.turn(book.head().withStatus(status));
        book.post(
                frozen ? MoveKind.FREEZE : MoveKind.UNFREEZE,
                Account.AVAILABLE,
                Account.AVAILABLE,
                0,
                null,
                null,
                context);
        return true;
    }
}
