package dev.weir.billing.amount.persistence;

import dev.weir.billing.amount.domain.AmountLine;
import dev.weir.billing.amount.domain.BilledAmount;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Amounts that Weir rated itself: planned, and read back. Plain SQL; call within a transaction. */
@ApplicationScoped
public class AmountTable {
    private static final String COLUMNS = "amount_key, customer, subscription, feature, charge, description, currency,"
            + " period_from, period_to, quantity, revision, wanted, planned, provider, state, checks";

    private final DataSource dataSource;

    @Inject
    public AmountTable(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** What has to be sent to bring an amount to what is wanted. */
    public record Difference(BilledAmount amount, long revision, BigDecimal by) {}

    /** Wants an absolute amount, to be sent from an instant on. */
    public void want(BilledAmount amount, Instant sendAt) {
        update(
                """
                INSERT INTO billed_amount AS a (amount_key, customer, subscription, feature, charge, description, currency,
                    period_from, period_to, quantity, revision, wanted, planned, state, send_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?, 0, 'OPEN', ?)
                ON CONFLICT (amount_key) DO UPDATE SET description = excluded.description, quantity = excluded.quantity,
                    wanted = excluded.wanted, period_to = excluded.period_to,
                    send_at = CASE WHEN a.planned = excluded.wanted THEN NULL ELSE excluded.send_at END""",
                amount.key(),
                amount.customer(),
                amount.subscription(),
                amount.feature(),
                amount.charge(),
                amount.description(),
                amount.currency(),
                Timestamp.from(amount.from()),
                Timestamp.from(amount.to()),
                amount.quantity(),
                amount.amount(),
                Timestamp.from(sendAt));
    }

    /** Takes what is due to be sent: from now on it counts as planned. */
    public List<Difference> takeDue(int limit, Duration firstCheck) {
        List<AmountLine> due =
                read("send_at <= clock_timestamp() ORDER BY send_at LIMIT " + limit + " FOR UPDATE SKIP LOCKED");
        List<Difference> differences = new ArrayList<>();
        for (AmountLine line : due) {
            BigDecimal by = line.wanted().subtract(line.planned());
            long revision = line.revision() + 1;
            update("""
                    UPDATE billed_amount SET planned = wanted, revision = ?, state = 'OPEN', checks = 0, send_at = NULL,
                        next_check = clock_timestamp() + ? * interval '1 millisecond'
                    WHERE amount_key = ?""", revision, firstCheck.toMillis(), line.key());
            if (by.signum() != 0) {
                differences.add(new Difference(line.amount(), revision, by));
            }
        }
        return differences;
    }

    /** Claims amounts that are due to be compared; nobody else looks at them until the lease ends. */
    public List<AmountLine> claim(int limit, Duration lease) {
        return query("""
                UPDATE billed_amount SET next_check = clock_timestamp() + ? * interval '1 millisecond'
                WHERE amount_key IN (SELECT amount_key FROM billed_amount WHERE next_check <= clock_timestamp()
                                     ORDER BY next_check LIMIT ? FOR UPDATE SKIP LOCKED)
                RETURNING """ + " " + COLUMNS, lease.toMillis(), limit);
    }

    /** Writes what the provider said; without effect if another revision was planned meanwhile. */
    public void compared(AmountLine line, BigDecimal provider, AmountLine.State state, int checks, Duration nextCheck) {
        update("""
                UPDATE billed_amount SET provider = ?, state = ?, checks = ?,
                    next_check = clock_timestamp() + ? * interval '1 millisecond'
                WHERE amount_key = ? AND revision = ?""", provider, state.name(), checks, nextCheck.toMillis(), line.key(), line.revision());
    }

    /** Amounts of periods that end in (from, to]. */
    public List<AmountLine> between(Instant from, Instant to) {
        return read(
                "period_to > ? AND period_from < ? ORDER BY period_to, customer, amount_key",
                Timestamp.from(from),
                Timestamp.from(to));
    }

    /** How many amounts are in a state. */
    public long count(AmountLine.State state) {
        return read("state = ?", state.name()).size();
    }

    private List<AmountLine> read(String where, Object... parameters) {
        return query("SELECT " + COLUMNS + " FROM billed_amount WHERE " + where, parameters);
    }

    private List<AmountLine> query(String sql, Object... parameters) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            List<AmountLine> lines = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    lines.add(line(rows));
                }
            }
            return lines;
        } catch (SQLException failure) {
            throw new IllegalStateException("reading amounts failed", failure);
        }
    }

    private static AmountLine line(ResultSet row) throws SQLException {
        return new AmountLine(
                row.getString(1),
                row.getString(2),
                row.getObject(3, UUID.class),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                row.getString(7),
                row.getTimestamp(8).toInstant(),
                row.getTimestamp(9).toInstant(),
                row.getBigDecimal(10),
                row.getLong(11),
                row.getBigDecimal(12),
                row.getBigDecimal(13),
                row.getBigDecimal(14),
                AmountLine.State.valueOf(row.getString(15)),
                row.getInt(16));
    }

    private void update(String sql, @Nullable Object... parameters) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            statement.executeUpdate();
        } catch (SQLException failure) {
            throw new IllegalStateException("writing an amount failed", failure);
        }
    }
}
