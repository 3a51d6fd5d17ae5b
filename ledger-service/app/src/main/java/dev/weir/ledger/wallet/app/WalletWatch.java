package dev.weir.ledger.wallet.app;

import dev.weir.ledger.RoundTrip;
import dev.weir.ledger.wallet.domain.WalletBook;
import java.time.Instant;
import java.util.Collection;
import java.util.UUID;

/** Who wants to know what becomes of balances. Called within a batch, under the locks of its wallets. */
public interface WalletWatch {

    /** Reads what is watched of those wallets, as a part of the round trip that takes their locks. */
    Watching read(RoundTrip trip, Collection<UUID> wallets);

    /** One batch. */
    interface Watching {
        /** A wallet as it stands before the batch. */
        void begin(WalletBook book);

        /** A wallet after one operation. */
        void after(WalletBook book, Instant now);

        /** Adds what followed to the batch's last round trip, and publishes it. */
        void write(RoundTrip trip);
    }
}
