package dev.weir.ledger.window.persistence;

import dev.weir.catalog.contract.Category;
import dev.weir.ledger.Columns;
import dev.weir.ledger.contract.CreditsBurned;
import dev.weir.ledger.contract.WindowException;
import dev.weir.ledger.window.domain.UsageWindow;
import dev.weir.platform.kernel.Shard;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Windows in the database, for those who close them. Call within a transaction. */
@ApplicationScoped
public class WindowTable {
    private static final String COLUMNS = """
            window_id, customer, root_customer, feature, feature_type, resource, window_start, window_end, scale, subscription,
            plan, plan_version, plan_hash, period_from, period_to, enforced, reported, included, credit_covered, overage,
            overrun, waived, unpriced, metering_revision, metering_enforced, metering_reported, closed, closed_revision,
            closed_metering_revision, check_after, exception_version, exception_open, exception_reason, exception_since""";

    private final DataSource dataSource;

    @Inject
    public WindowTable(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** Locks windows that changed or whose time for a complaint has come; windows that others hold are left out. */
    public List<UsageWindow> lockDue(int limit) {
        return inConnection("reading due windows", connection -> {
            try (PreparedStatement statement = connection.prepareStatement("SELECT " + COLUMNS
                    + " FROM usage_window WHERE needs_check OR check_after <= clock_timestamp() ORDER BY window_id LIMIT "
                    + limit + " FOR UPDATE SKIP LOCKED")) {
                return windows(connection, statement);
            }
        });
    }

    /** Locks one window. */
    public Optional<UsageWindow> lock(UUID windowId) {
        return inConnection("reading a window", connection -> {
            try (PreparedStatement statement = connection.prepareStatement(
                    "SELECT " + COLUMNS + " FROM usage_window WHERE window_id = ? FOR UPDATE")) {
                statement.setObject(1, windowId);
                return windows(connection, statement).stream().findFirst();
            }
        });
    }

    /**
     * Writes metering's word, unless a later one is there; a window that the ledger has booked nothing in is made, empty.
     *
     * @param grace how long they may disagree from now on
     */
    public void heard(dev.weir.metering.contract.WindowClosed word, Duration grace) {
        inConnection("writing metering's word", connection -> {
            try (PreparedStatement statement = connection.prepareStatement("""
                    INSERT INTO usage_window AS w (window_id, customer, root_customer, shard, feature, feature_type, resource,
                      window_start, window_end, scale, subscription, plan, plan_version, plan_hash, period_from, period_to,
                      enforced, reported, included, credit_covered, overage, overrun, unpriced, last_booked_at,
                      metering_revision, metering_enforced, metering_reported, check_after)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0, 0, 0, 0, 0, 0, clock_timestamp(), ?, ?, ?,
                      clock_timestamp() + ? * interval '1 millisecond')
                    ON CONFLICT (window_id) DO UPDATE SET metering_revision = excluded.metering_revision,
                      metering_enforced = excluded.metering_enforced, metering_reported = excluded.metering_reported,
                      check_after = excluded.check_after
                    WHERE w.metering_revision < excluded.metering_revision""")) {
                statement.setObject(1, word.windowId());
                statement.setString(2, word.customer());
                statement.setString(3, word.root());
                statement.setInt(4, Shard.number(word.root()));
                statement.setString(5, word.feature());
                statement.setString(6, word.featureType());
                statement.setString(7, word.resource());
                Columns.set(statement, 8, word.start());
                Columns.set(statement, 9, word.end());
                statement.setInt(10, word.scale());
                Columns.set(statement, 11, word.subscription());
                statement.setString(12, word.plan());
                statement.setInt(13, word.planVersion());
                statement.setString(14, word.planHash());
                Columns.set(statement, 15, word.periodFrom());
                Columns.set(statement, 16, word.periodTo());
                statement.setLong(17, word.revision());
                statement.setLong(18, word.enforced());
                statement.setLong(19, word.reported());
                statement.setLong(20, grace.toMillis());
                return statement.executeUpdate();
            }
        });
    }

    /**
     * Starts the clock for a complaint on windows of a shard that are not closed although the watermark has passed them. A
     * window in which something was booked since then is left out: metering's next word on it is still to come.
     *
     * @param running whether windows that still run count too
     */
    public void watermark(int shard, Instant until, boolean running, Duration grace) {
        inConnection("passing a watermark", connection -> {
            try (PreparedStatement statement = connection.prepareStatement(
                    "UPDATE usage_window SET check_after = clock_timestamp() + ? * interval '1 millisecond'"
                            + " WHERE shard = ? AND NOT closed AND check_after IS NULL AND "
                            + (running ? "window_start" : "window_end") + " <= ? AND last_booked_at <= ?")) {
                statement.setLong(1, grace.toMillis());
                statement.setInt(2, shard);
                Columns.set(statement, 3, until);
                Columns.set(statement, 4, until);
                return statement.executeUpdate();
            }
        });
    }

    /** Marks a window examined. */
    public void examined(UUID windowId, boolean keepClock) {
        inConnection("marking a window", connection -> {
            try (PreparedStatement statement = connection.prepareStatement("UPDATE usage_window SET needs_check = false"
                    + (keepClock ? "" : ", check_after = NULL") + " WHERE window_id = ?")) {
                statement.setObject(1, windowId);
                return statement.executeUpdate();
            }
        });
    }

    /** Marks a window closed at metering's current revision. */
    public void closed(UUID windowId) {
        inConnection("closing a window", connection -> {
            try (PreparedStatement statement = connection.prepareStatement("""
                    UPDATE usage_window SET closed = true, closed_revision = closed_revision + 1,
                      closed_metering_revision = metering_revision, closed_overage = overage, needs_check = false,
                      check_after = NULL WHERE window_id = ?""")) {
                statement.setObject(1, windowId);
                return statement.executeUpdate();
            }
        });
    }

    /** Writes the state of a window's exception. */
    public void exception(UUID windowId, boolean open, WindowException.Reason reason, Instant since) {
        inConnection("writing an exception", connection -> {
            try (PreparedStatement statement = connection.prepareStatement("""
                    UPDATE usage_window SET exception_version = exception_version + 1, exception_open = ?,
                      exception_reason = ?, exception_since = ? WHERE window_id = ?""")) {
                statement.setBoolean(1, open);
                statement.setString(2, reason.name());
                Columns.set(statement, 3, since);
                statement.setObject(4, windowId);
                return statement.executeUpdate();
            }
        });
    }

    /** Turns overage into waived, and says why. */
    public void waive(UUID windowId, UUID waiver, long quantity, String reason, String actor) {
        inConnection("waiving overage", connection -> {
            try (PreparedStatement insert = connection.prepareStatement(
                    "INSERT INTO window_waiver (waiver_id, window_id, quantity, reason, actor) VALUES (?, ?, ?, ?, ?)")) {
                insert.setObject(1, waiver);
                insert.setObject(2, windowId);
                insert.setLong(3, quantity);
                insert.setString(4, reason);
                insert.setString(5, actor);
                insert.executeUpdate();
            }
            try (PreparedStatement update = connection.prepareStatement("""
                    UPDATE usage_window SET overage = overage - ?, waived = waived + ?, closed = false, needs_check = true
                    WHERE window_id = ?""")) {
                update.setLong(1, quantity);
                update.setLong(2, quantity);
                update.setObject(3, windowId);
                return update.executeUpdate();
            }
        });
    }

    private static List<UsageWindow> windows(Connection connection, PreparedStatement statement) throws SQLException {
        List<UsageWindow> windows = new ArrayList<>();
        try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                windows.add(new UsageWindow(identity(row), booked(row), word(row), published(row), List.of()));
            }
        }
        List<UsageWindow> complete = new ArrayList<>();
        for (UsageWindow window : windows) {
            complete.add(new UsageWindow(
                    window.identity(),
                    window.booked(),
                    window.metering(),
                    window.published(),
                    credits(connection, window.identity().windowId())));
        }
        return complete;
    }

    private static UsageWindow.Identity identity(ResultSet row) throws SQLException {
        return new UsageWindow.Identity(
                row.getObject(1, UUID.class),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                Columns.instant(row, 7),
                Columns.instant(row, 8),
                row.getInt(9),
                row.getObject(10, UUID.class),
                row.getString(11),
                row.getInt(12),
                row.getString(13),
                Columns.instantOrNull(row, 14),
                Columns.instantOrNull(row, 15));
    }

    private static UsageWindow.Booked booked(ResultSet row) throws SQLException {
        return new UsageWindow.Booked(
                row.getLong(16),
                row.getLong(17),
                row.getLong(18),
                row.getLong(19),
                row.getLong(20),
                row.getLong(21),
                row.getLong(22),
                row.getLong(23));
    }

    private static UsageWindow.MeteringWord word(ResultSet row) throws SQLException {
        return new UsageWindow.MeteringWord(row.getLong(24), row.getLong(25), row.getLong(26));
    }

    private static UsageWindow.Published published(ResultSet row) throws SQLException {
        String reason = row.getString(33);
        return new UsageWindow.Published(
                row.getBoolean(27),
                row.getLong(28),
                row.getLong(29),
                Columns.instantOrNull(row, 30),
                row.getLong(31),
                row.getBoolean(32),
                reason == null ? null : WindowException.Reason.valueOf(reason),
                Columns.instantOrNull(row, 34));
    }

    private static List<CreditsBurned> credits(Connection connection, UUID windowId) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "SELECT unit, scale, category, amount FROM usage_window_credit WHERE window_id = ? ORDER BY unit, category")) {
            statement.setObject(1, windowId);
            List<CreditsBurned> credits = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    credits.add(new CreditsBurned(
                            row.getString(1), row.getInt(2), Category.valueOf(row.getString(3)), row.getLong(4)));
                }
            }
            return credits;
        }
    }

    @FunctionalInterface
    private interface Work<T extends @Nullable Object> {
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
