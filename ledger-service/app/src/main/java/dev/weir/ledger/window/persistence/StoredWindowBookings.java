package dev.weir.ledger.window.persistence;

import dev.weir.catalog.contract.Category;
import dev.weir.ledger.Column;
import dev.weir.ledger.Columns;
import dev.weir.ledger.RoundTrip;
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
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Adds a batch's bookings to their windows, one row for each window. Windows are written in the order of their ids, so two
 * batches never wait for each other in a circle. A window that metering has not spoken of cannot agree yet: it is not marked to
 * be examined, or the closer would hold the very windows that are booked in most.
 */
@ApplicationScoped
class StoredWindowBookings implements WindowBookings {
    private static final int PARTS = 7;

    private static final String UPSERT = """
            INSERT INTO usage_window AS w (window_id, customer, root_customer, shard, feature, feature_type, resource,
              window_start, window_end, scale, subscription, plan, plan_version, plan_hash, period_from, period_to,
              enforced, reported, included, credit_covered, overage, overrun, unpriced, last_booked_at, needs_check)
            SELECT g.window_id, g.customer, g.root_customer, g.shard, g.feature, g.feature_type, g.resource, %s, %s, g.scale,
              g.subscription, g.plan, g.plan_version, g.plan_hash, %s, %s, g.enforced, g.reported, g.included, g.credit_covered,
              g.overage, g.overrun, g.unpriced, clock_timestamp(), false
            FROM unnest(?::uuid[], ?::text[], ?::text[], ?::int[], ?::text[], ?::text[], ?::text[], ?::bigint[], ?::bigint[],
                ?::int[], ?::uuid[], ?::text[], ?::int[], ?::text[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[],
                ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[])
              AS g (window_id, customer, root_customer, shard, feature, feature_type, resource, window_start, window_end, scale,
                subscription, plan, plan_version, plan_hash, period_from, period_to, enforced, reported, included,
                credit_covered, overage, overrun, unpriced)
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
              closed = false, needs_check = w.metering_revision > 0, check_after = NULL""".formatted(
                    Column.time("g.window_start"),
                    Column.time("g.window_end"),
                    Column.time("g.period_from"),
                    Column.time("g.period_to"));

    private static final String UPSERT_CREDIT = """
            INSERT INTO usage_window_credit AS c (window_id, unit, category, scale, amount)
            SELECT g.* FROM unnest(?::uuid[], ?::text[], ?::text[], ?::int[], ?::bigint[]) AS g
            ON CONFLICT (window_id, unit, category) DO UPDATE SET amount = c.amount + excluded.amount""";

    private record Sum(UsageBooking last, long[] parts) {}

    private record CreditKey(UUID window, String unit, Category category, int scale) {
        static final Comparator<CreditKey> ORDER = Comparator.comparing(CreditKey::window)
                .thenComparing(CreditKey::unit)
                .thenComparing(CreditKey::category)
                .thenComparing(CreditKey::scale);
    }

    @Override
    public void record(RoundTrip trip, List<UsageBooking> bookings) {
        Map<UUID, Sum> byWindow = new TreeMap<>();
        Map<CreditKey, Long> credits = new TreeMap<>(CreditKey.ORDER);
        for (UsageBooking booking : bookings) {
            byWindow.merge(booking.windowId(), new Sum(booking, parts(booking)), StoredWindowBookings::add);
            booking.credits()
                    .forEach(burned -> credits.merge(
                            new CreditKey(booking.windowId(), burned.unit(), burned.category(), burned.scale()),
                            burned.amount(),
                            Math::addExact));
        }
        if (byWindow.isEmpty()) {
            return;
        }
        List<Sum> sums = List.copyOf(byWindow.values());
        List<Object> columns =
                new ArrayList<>(columns(sums.stream().map(Sum::last).toList()));
        for (int i = 0; i < PARTS; i++) {
            int part = i;
            columns.add(Column.longs(sums, sum -> sum.parts()[part]));
        }
        trip.update(UPSERT, columns.toArray());
        if (!credits.isEmpty()) {
            List<Map.Entry<CreditKey, Long>> rows = List.copyOf(credits.entrySet());
            trip.update(
                    UPSERT_CREDIT,
                    Column.uuids(rows, row -> row.getKey().window()),
                    Column.texts(rows, row -> row.getKey().unit()),
                    Column.texts(rows, row -> row.getKey().category().name()),
                    Column.ints(rows, row -> row.getKey().scale()),
                    Column.longs(rows, Map.Entry::getValue));
        }
    }

    private static List<Column> columns(List<UsageBooking> rows) {
        return List.of(
                Column.uuids(rows, UsageBooking::windowId),
                Column.texts(rows, UsageBooking::customer),
                Column.texts(rows, UsageBooking::root),
                Column.ints(rows, row -> Shard.number(row.root())),
                Column.texts(rows, UsageBooking::feature),
                Column.texts(rows, row -> row.featureType().name()),
                Column.texts(rows, UsageBooking::resource),
                Column.times(rows, UsageBooking::windowStart),
                Column.times(rows, UsageBooking::windowEnd),
                Column.ints(rows, UsageBooking::scale),
                Column.uuids(rows, UsageBooking::subscription),
                Column.texts(rows, UsageBooking::plan),
                Column.ints(rows, UsageBooking::planVersion),
                Column.texts(rows, UsageBooking::planHash),
                Column.times(rows, UsageBooking::periodFrom),
                Column.times(rows, UsageBooking::periodTo));
    }

    private static long[] parts(UsageBooking booking) {
        return new long[] {
            booking.enforced(),
            booking.reported(),
            booking.included(),
            booking.creditCovered(),
            booking.overage(),
            booking.overrun(),
            booking.unpriced()
        };
    }

    private static Sum add(Sum one, Sum next) {
        long[] sums = new long[PARTS];
        for (int i = 0; i < PARTS; i++) {
            sums[i] = Math.addExact(one.parts()[i], next.parts()[i]);
        }
        return new Sum(next.last(), sums);
    }

    @Override
    public List<OpenOverage> openOverage(
            Connection connection, UUID wallet, String root, String unit, Instant periodFrom) throws SQLException {
        String select = """
                SELECT u.window_id, u.customer, u.resource, u.window_start, u.window_end, u.overage - u.closed_overage,
                  u.subscription, u.plan, u.plan_version, u.plan_hash
                FROM usage_window u JOIN wallet w ON w.wallet_id = ?
                WHERE u.root_customer = ? AND u.feature = ? AND u.period_from IS NOT DISTINCT FROM ?
                  AND u.overage <> 0 AND u.overage > u.closed_overage
                  AND (u.resource IS NOT DISTINCT FROM w.resource OR w.resource IS NULL AND NOT EXISTS (
                    SELECT 1 FROM wallet o
                    WHERE o.root_customer = w.root_customer AND o.unit = w.unit AND o.resource = u.resource))
                ORDER BY u.window_start, u.window_id
                FOR UPDATE OF u""";
        List<OpenOverage> open = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(select)) {
            statement.setObject(1, wallet);
            statement.setString(2, root);
            statement.setString(3, unit);
            Columns.set(statement, 4, LimitPeriod.FOREVER.equals(periodFrom) ? null : periodFrom);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    open.add(new OpenOverage(
                            wallet,
                            rows.getObject(1, UUID.class),
                            rows.getString(2),
                            rows.getString(3),
                            Columns.instant(rows, 4),
                            Columns.instant(rows, 5),
                            rows.getLong(6),
                            rows.getObject(7, UUID.class),
                            rows.getString(8),
                            rows.getInt(9),
                            rows.getString(10)));
                }
            }
        }
        return open;
    }
}
