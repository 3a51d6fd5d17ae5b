package dev.weir.billing.usage.persistence;

import dev.weir.billing.usage.domain.BilledUsage;
import dev.weir.billing.usage.domain.MeteredHour;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** What is planned of each window, and what is expected and counted in each hour. Plain SQL; call within a transaction. */
@ApplicationScoped
public class MeteredHours {
    private static final String COLUMNS =
            "customer, meter, hour, feature, charge, scale, expected, provider, state, checks";

    private final DataSource dataSource;

    @Inject
    public MeteredHours(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** A window's revision that the provider has confirmed, for the billed event. */
    public record Billed(UUID windowId, String charge, long revision, long quantity) {}

    /**
     * What is to be sent of a window.
     *
     * @param difference to what was planned before
     * @param hour in which the provider counts it: that of the first time, whatever is asked for later
     */
    public record Planned(long difference, Instant hour) {}

    /** Raises what is planned of a window to an absolute total, to be counted in an hour. */
    public Planned plan(BilledUsage usage, Instant hour) {
        return inConnection("planning usage", connection -> {
            try (PreparedStatement insert = connection.prepareStatement("""
                    INSERT INTO billed_window (window_id, charge, customer, feature, meter, hour, scale, revision, planned)
                    VALUES (?, ?, ?, ?, ?, ?, ?, 0, 0) ON CONFLICT DO NOTHING""")) {
                insert.setObject(1, usage.windowId());
                insert.setString(2, usage.charge());
                insert.setString(3, usage.customer());
                insert.setString(4, usage.feature());
                insert.setString(5, usage.meter());
                insert.setTimestamp(6, Timestamp.from(hour));
                insert.setInt(7, usage.scale());
                insert.executeUpdate();
            }
            long before;
            Instant counted;
            try (PreparedStatement lock = connection.prepareStatement(
                    "SELECT planned, hour FROM billed_window WHERE window_id = ? AND charge = ? FOR UPDATE")) {
                lock.setObject(1, usage.windowId());
                lock.setString(2, usage.charge());
                try (ResultSet rows = lock.executeQuery()) {
                    rows.next();
                    before = rows.getLong(1);
                    counted = rows.getTimestamp(2).toInstant();
                }
            }
            try (PreparedStatement update = connection.prepareStatement(
                    "UPDATE billed_window SET planned = ?, revision = ? WHERE window_id = ? AND charge = ?")) {
                update.setLong(1, usage.quantity());
                update.setLong(2, usage.revision());
                update.setObject(3, usage.windowId());
                update.setString(4, usage.charge());
                update.executeUpdate();
            }
            return new Planned(Math.subtractExact(usage.quantity(), before), counted);
        });
    }

    /** What is planned of windows that are counted in an hour other than their own, by window and charge. */
    public Map<String, Shifted> shifted(Collection<UUID> windows) {
        return inConnection("reading shifted windows", connection -> {
            try (PreparedStatement statement = connection.prepareStatement(
                    "SELECT window_id, charge, hour, planned FROM billed_window WHERE window_id = ANY (?)")) {
                statement.setArray(1, connection.createArrayOf("uuid", windows.toArray()));
                Map<String, Shifted> found = new HashMap<>();
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        found.put(
                                rows.getObject(1, UUID.class) + "|" + rows.getString(2),
                                new Shifted(rows.getTimestamp(3).toInstant(), rows.getLong(4)));
                    }
                }
                return found;
            }
        });
    }

    /** Where the provider counts a window, and what was planned of it. */
    public record Shifted(Instant hour, long planned) {}

    /** What is planned of a customer on a meter, over all windows. */
    public long planned(String customer, String meter) {
        return inConnection("summing up usage", connection -> {
            try (PreparedStatement statement = connection.prepareStatement(
                    "SELECT coalesce(sum(planned), 0)::bigint FROM billed_window WHERE customer = ? AND meter = ?")) {
                statement.setString(1, customer);
                statement.setString(2, meter);
                try (ResultSet rows = statement.executeQuery()) {
                    rows.next();
                    return rows.getLong(1);
                }
            }
        });
    }

    /** Expects a difference in an hour; the hour is open until the provider confirms it. */
    public void expect(BilledUsage usage, Planned planned, Duration firstCheck) {
        inConnection("expecting usage", connection -> {
            try (PreparedStatement upsert = connection.prepareStatement("""
                    INSERT INTO metered_hour AS h (customer, meter, hour, feature, charge, scale, expected, state, next_check)
                    VALUES (?, ?, ?, ?, ?, ?, ?, 'OPEN', clock_timestamp() + ? * interval '1 millisecond')
                    ON CONFLICT (customer, meter, hour) DO UPDATE SET expected = h.expected + excluded.expected,
                        state = 'OPEN', checks = 0, next_check = excluded.next_check""")) {
                upsert.setString(1, usage.customer());
                upsert.setString(2, usage.meter());
                upsert.setTimestamp(3, Timestamp.from(planned.hour()));
                upsert.setString(4, usage.feature());
                upsert.setString(5, usage.charge());
                upsert.setInt(6, usage.scale());
                upsert.setLong(7, planned.difference());
                upsert.setLong(8, firstCheck.toMillis());
                return upsert.executeUpdate();
            }
        });
    }

    /** Claims hours that are due to be compared; nobody else looks at them until the lease ends. */
    public List<MeteredHour> claim(int limit, Duration lease) {
        return read(
                "UPDATE metered_hour SET next_check = clock_timestamp() + " + lease.toMillis()
                        + " * interval '1 millisecond' WHERE (customer, meter, hour) IN (SELECT customer, meter, hour"
                        + " FROM metered_hour WHERE next_check <= clock_timestamp() ORDER BY next_check LIMIT " + limit
                        + " FOR UPDATE SKIP LOCKED) RETURNING " + COLUMNS,
                null,
                null);
    }

    /** Hours that start in [from, to). */
    public List<MeteredHour> between(Instant from, Instant to) {
        return read(
                "SELECT " + COLUMNS + " FROM metered_hour WHERE hour >= ? AND hour < ? ORDER BY hour, customer, meter",
                from,
                to);
    }

    /** How many hours are in a state. */
    public long count(MeteredHour.State state) {
        return inConnection("counting hours", connection -> {
            try (PreparedStatement statement =
                    connection.prepareStatement("SELECT count(*) FROM metered_hour WHERE state = ?")) {
                statement.setString(1, state.name());
                try (ResultSet rows = statement.executeQuery()) {
                    rows.next();
                    return rows.getLong(1);
                }
            }
        });
    }

    /** Looks at an hour again later, without a word on its state. */
    public void postpone(MeteredHour hour, Duration later) {
        compared(hour, hour.provider(), hour.state(), hour.checks(), later);
    }

    /** Writes what the provider said of an hour; false, without effect, if something else is expected by now. */
    public boolean compared(
            MeteredHour hour, @Nullable Long provider, MeteredHour.State state, int checks, Duration nextCheck) {
        return inConnection("recording a comparison", connection -> {
            try (PreparedStatement update = connection.prepareStatement("""
                    UPDATE metered_hour SET provider = ?, state = ?, checks = ?, read_at = clock_timestamp(),
                        next_check = clock_timestamp() + ? * interval '1 millisecond'
                    WHERE customer = ? AND meter = ? AND hour = ? AND expected = ?""")) {
                update.setObject(1, provider);
                update.setString(2, state.name());
                update.setInt(3, checks);
                update.setLong(4, nextCheck.toMillis());
                update.setString(5, hour.customer());
                update.setString(6, hour.meter());
                update.setTimestamp(7, Timestamp.from(hour.hour()));
                update.setLong(8, hour.expected());
                return update.executeUpdate() == 1;
            }
        });
    }

    /** The windows that make up an hour. */
    public List<Billed> windowsOf(MeteredHour hour) {
        return inConnection("reading billed windows", connection -> {
            try (PreparedStatement statement = connection.prepareStatement("""
                    SELECT window_id, charge, revision, planned FROM billed_window
                    WHERE customer = ? AND meter = ? AND hour = ?""")) {
                statement.setString(1, hour.customer());
                statement.setString(2, hour.meter());
                statement.setTimestamp(3, Timestamp.from(hour.hour()));
                List<Billed> windows = new ArrayList<>();
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        windows.add(new Billed(
                                rows.getObject(1, UUID.class), rows.getString(2), rows.getLong(3), rows.getLong(4)));
                    }
                }
                return windows;
            }
        });
    }

    private List<MeteredHour> read(String sql, @Nullable Instant from, @Nullable Instant to) {
        return inConnection("reading metered hours", connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                if (from != null && to != null) {
                    statement.setTimestamp(1, Timestamp.from(from));
                    statement.setTimestamp(2, Timestamp.from(to));
                }
                List<MeteredHour> hours = new ArrayList<>();
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        long counted = rows.getLong(8);
                        Long provider = rows.wasNull() ? null : counted;
                        hours.add(new MeteredHour(
                                rows.getString(1),
                                rows.getString(2),
                                rows.getTimestamp(3).toInstant(),
                                rows.getString(4),
                                rows.getString(5),
                                rows.getInt(6),
                                rows.getLong(7),
                                provider,
                                MeteredHour.State.valueOf(rows.getString(9)),
                                rows.getInt(10)));
                    }
                }
                return hours;
            }
        });
    }

    @FunctionalInterface
    private interface Work<T> {
        T with(Connection connection) throws SQLException;
    }

    private <T> T inConnection(String what, Work<T> work) {
        try (Connection connection = dataSource.getConnection()) {
            return work.with(connection);
        } catch (SQLException failure) {
            throw new IllegalStateException(what + " failed", failure);
        }
    }
}
