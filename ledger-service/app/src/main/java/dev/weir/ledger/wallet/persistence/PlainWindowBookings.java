package dev.weir.ledger.wallet.persistence;

import dev.weir.ledger.Columns;
import dev.weir.ledger.wallet.app.WindowBookings;
import dev.weir.ledger.wallet.domain.LimitPeriod;
import dev.weir.ledger.wallet.domain.OpenOverage;
import dev.weir.ledger.wallet.domain.UsageBooking;
import io.quarkus.arc.DefaultBean;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Keeps every booking as a row of its own; windows are sums over them. */
@ApplicationScoped
@DefaultBean
class PlainWindowBookings implements WindowBookings {

    @Override
    public void record(Connection connection, List<UsageBooking> bookings) throws SQLException {
        if (bookings.isEmpty()) {
            return;
        }
        String insert = """
                INSERT INTO usage_booking (window_id, customer, root_customer, feature, resource, window_start, window_end,
                  period_from, enforced, reported, included, credit_covered, overage, overrun, unpriced)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""";
        try (PreparedStatement statement = connection.prepareStatement(insert)) {
            for (UsageBooking booking : bookings) {
                statement.setObject(1, booking.windowId());
                statement.setString(2, booking.customer());
                statement.setString(3, booking.root());
                statement.setString(4, booking.feature());
                statement.setString(5, booking.resource());
                Columns.set(statement, 6, booking.windowStart());
                Columns.set(statement, 7, booking.windowEnd());
                Columns.set(statement, 8, booking.periodFrom());
                statement.setLong(9, booking.enforced());
                statement.setLong(10, booking.reported());
                statement.setLong(11, booking.included());
                statement.setLong(12, booking.creditCovered());
                statement.setLong(13, booking.overage());
                statement.setLong(14, booking.overrun());
                statement.setLong(15, booking.unpriced());
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    @Override
    public List<OpenOverage> openOverage(
            Connection connection, UUID wallet, String root, String unit, Instant periodFrom) throws SQLException {
        String select = """
                SELECT window_id, customer, resource, window_start, window_end, sum(overage) AS overage
                FROM usage_booking
                WHERE root_customer = ? AND feature = ? AND period_from IS NOT DISTINCT FROM ? AND overage <> 0
                GROUP BY window_id, customer, resource, window_start, window_end
                HAVING sum(overage) > 0
                ORDER BY window_start, window_id""";
        List<OpenOverage> open = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(select)) {
            statement.setString(1, root);
            statement.setString(2, unit);
            Columns.set(statement, 3, LimitPeriod.FOREVER.equals(periodFrom) ? null : periodFrom);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    open.add(new OpenOverage(
                            wallet,
                            rows.getObject(1, UUID.class),
                            rows.getString(2),
                            rows.getString(3),
                            Columns.instant(rows, 4),
                            Columns.instant(rows, 5),
                            rows.getLong(6)));
                }
            }
        }
        return open;
    }
}
