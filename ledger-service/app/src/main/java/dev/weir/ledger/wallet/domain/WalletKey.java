package dev.weir.ledger.wallet.domain;

import dev.weir.platform.kernel.Ids;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a wallet is for: one root customer, one unit (a credit unit or a limited METERED feature), perhaps one resource. */
public record WalletKey(String root, String unit, @Nullable String resource) {
    public WalletKey {
        Objects.requireNonNull(root, "root");
        Objects.requireNonNull(unit, "unit");
    }

    /** The wallet's id, which follows from its key. */
    public UUID id() {
        return Ids.of("wallet\n" + root + "\n" + unit + "\n" + (resource == null ? "" : resource));
    }
}
