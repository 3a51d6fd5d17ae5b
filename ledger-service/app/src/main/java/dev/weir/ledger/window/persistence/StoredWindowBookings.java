package dev.weir.ledger.window.persistence;

import dev.weir.catalog.contract.Category;
import dev.weir.ledger.Columns;
import dev.weir.ledger.wallet.app.WindowBookings;
import dev.weir.ledger.wallet.domain.LimitPeriod;
import dev.weir.ledger.wallet.domain.OpenOverage;
import dev.weir.ledger.wallet.domain.UsageBooking;
import dev.weir.platform.kernel.Shard;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Adds a batch's bookings to their windows, one upsert for each window. Windows are written in the order of their ids, so two
 * batches never wait for each other in a circle.
 */
@ApplicationScoped
class StoredWindowBookings implements WindowBookings {
    private static final String UPSERT = """
            INSERT INTO usage_window AS w (window_id, customer, root_customer, shard, feature, feature_type, resource,
              window_start, window_end, scale, subscription, plan, plan_version, plan_hash, period_from, period_to,
              enforced, reported, included, credit_covered, overage, overrun, unpriced, last_booked_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, clock_timestamp())
            ON CONFLICT (window_id) DO UPDATE SET
              enforced = w.enforced + excluded.enforced, reported = w.reported + excluded.reported,
              included = w.included + excluded.included, credit_covered = w.credit_covered + excluded.credit_covered,
              overage = w.overage + excluded.overage, overrun = w.overrun + excluded.overrun,
              unpriced = w.unpriced + excluded.unpriced, last_booked_at = excluded.last_booked_at,
              subscription = coalesce(excluded.subscription, w.subscription), plan = coalesce(excluded.plan, w.plan),
              plan_version = CASE WHEN excluded.plan IS NULL THEN w.plan_version ELSE excluded.plan_version END,
              plan_hash = coalesce(excluded.plan_hash, w.plan_hash),
              period_from = coalesce(excluded.period_from, w.period_from),
              period_to = coalesce(excluded.period_to, w.period_to),
              closed = false, needs_check = true, check_after = NULL""";

    private static final String UPSERT_CREDIT = """
            INSERT INTO usage_window_credit AS c (window_id, unit, category, scale, amount) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (window_id, unit, category) DO UPDATE SET amount = c.amount + excluded.amount""";

    @Override
    public void record(Connection connection, List<UsageBooking> bookings) throws SQLException {
        Map<UUID, List<UsageBooking>> byWindow = new TreeMap<>();
        bookings.forEach(booking -> byWindow.computeIfAbsent(booking.windowId(), id -> new ArrayList<>())
                .add(booking));
        if (byWindow.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement(UPSERT)) {
            for (List<UsageBooking> group : byWindow.values()) {
                bind(statement, group);
                statement.addBatch();
            }
            statement.executeBatch();
        }
        recordCredits(connection, byWindow);
    }

    private static void bind(PreparedStatement statement, List<UsageBooking> group) throws SQLException {
        UsageBooking last = group.getLast();
        statement.setObject(1, last.windowId());
        statement.setString(2, last.customer());
        statement.setString(3, last.root());
        statement.setInt(4, Shard.number(last.root()));
        statement.setString(5, last.feature());
        statement.setString(6, last.featureType().name());
        statement.setString(7, last.resource());
        Columns.set(statement, 8, last.windowStart());
        Columns.set(statement, 9, last.windowEnd());
        statement.setInt(10, last.scale());
        Columns.set(statement, 11, last.subscription());
        statement.setString(12, last.plan());
        statement.setInt(13, last.planVersion());
        statement.setString(14, last.planHash());
        Columns.set(statement, 15, last.periodFrom());
        Columns.set(statement, 16, last.periodTo());
        long[] sums = new long[7];
        for (UsageBooking booking : group) {
            long[] parts = {
                booking.enforced(),
                booking.reported(),
                booking.included(),
                booking.creditCovered(),
                booking.overage(),
                booking.overrun(),
                booking.unpriced()
            };
            for (int i = 0; i < parts.length; i++) {
                sums[i] = Math.addExact(sums[i], parts[i]);
            }
        }
        for (int i = 0; i < sums.length; i++) {
            statement.setLong(17 + i, sums[i]);
        }
    }

    private static void recordCredits(Connection connection, Map<UUID, List<UsageBooking>> byWindow)
            throws SQLException {
        record Key(UUID window, String unit, Category category, int scale) {}
        Map<Key, Long> credits = new TreeMap<>(java.util.Comparator.comparing(Key::window)
                .thenComparing(Key::unit)
                .thenComparing(Key::category)
                .thenComparing(Key::scale));
        byWindow.values()
                .forEach(group -> group.forEach(booking -> booking.credits()
                        .forEach(burned -> credits.merge(
                                new Key(booking.windowId(), burned.unit(), burned.category(), burned.scale()),
                                burned.amount(),
                                Math::addExact))));
        if (credits.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement(UPSERT_CREDIT)) {
            for (Map.Entry<Key, Long> entry : credits.entrySet()) {
                statement.setObject(1, entry.getKey().window());
                statement.setString(2, entry.getKey().unit());
                statement.setString(3, entry.getKey().category().name());
                statement.setInt(4, entry.getKey().scale());
                statement.setLong(5, entry.getValue());
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    @Override
    public List<OpenOverage> openOverage(
            Connection connection, UUID wallet, String root, String unit, Instant periodFrom) throws SQLException {
        String select = """
                SELECT window_id, customer, resource, window_start, window_end, overage - closed_overage
                FROM usage_window
                WHERE root_customer = ? AND feature = ? AND period_from IS NOT DISTINCT FROM ?
                  AND overage <> 0 AND overage > closed_overage
                ORDER BY window_start, window_id
                FOR UPDATE""";
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
