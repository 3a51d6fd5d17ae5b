package dev.weir.ledger.posting.domain;

import dev.weir.ledger.contract.WalletKind;
import dev.weir.ledger.posting.domain.Outcome.Refused;
import dev.weir.ledger.wallet.domain.WalletBook;
import dev.weir.platform.kernel.Atoms;
import dev.weir.platform.kernel.AtomsException;
import java.math.BigDecimal;
import java.util.Optional;

/** Amounts that people name, and what must hold of the wallets that they name them for. */
sealed interface HandAmounts {

    /** Usable: more than nothing, in atoms. */
    record Usable(long atoms) implements HandAmounts {}

    /** Not usable. */
    record Wrong(Refused refused) implements HandAmounts {}

    /** A decimal as atoms of a scale. */
    static HandAmounts of(BigDecimal amount, int scale) {
        long atoms;
        try {
            atoms = Atoms.parse(amount, scale);
        } catch (AtomsException e) {
            return new Wrong(new Refused(400, "INVALID_QUANTITY", "amount", String.valueOf(e.getMessage())));
        }
        if (atoms <= 0) {
            return new Wrong(new Refused(400, "INVALID_QUANTITY", "amount", "must be more than 0"));
        }
        if (atoms > Long.MAX_VALUE / 1_000) {
            return new Wrong(new Refused(400, "INVALID_QUANTITY", "amount", "the amount is too large"));
        }
        return new Usable(atoms);
    }

    /** Why a wallet's credit may not be taken, moved or used by hand. */
    static Optional<Refused> notCredit(WalletBook book) {
        return book.kind() == WalletKind.CREDIT
                ? Optional.empty()
                : Optional.of(new Refused(
                        422,
                        "NOT_CREDIT",
                        "unit",
                        book.key().unit() + " is a limit: what it holds follows from the customer's entitlements"));
    }
}
