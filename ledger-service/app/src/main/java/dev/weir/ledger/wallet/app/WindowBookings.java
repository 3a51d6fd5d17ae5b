package dev.weir.ledger.wallet.app;

import dev.weir.ledger.RoundTrip;
import dev.weir.ledger.wallet.domain.OpenOverage;
import dev.weir.ledger.wallet.domain.UsageBooking;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Where bookings of usage go, by window. Called inside the transaction of a batch, under the locks of its wallets, with that
 * transaction's connection; it must not commit, and a failure rolls the whole batch back.
 */
public interface WindowBookings {

    /** Adds the differences to their windows, as a part of a round trip. A window that was closed opens again. */
    void record(RoundTrip trip, List<UsageBooking> bookings);

    /**
     * The overage of a limit's running period that no closed window bears, the oldest window first. Overage in windows that
     * are closed (handed to billing) is left out: a raise never absorbs it.
     *
     * @param unit the limited feature
     * @param periodFrom the period's start; {@code LimitPeriod.FOREVER} for a limit that never resets
     */
    List<OpenOverage> openOverage(Connection connection, UUID wallet, String root, String unit, Instant periodFrom)
            throws SQLException;
}
