package dev.weir.ledger.finance.persistence;

import dev.weir.ledger.Columns;
import dev.weir.ledger.finance.domain.ClosedMonth;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Months that finance has closed. */
@ApplicationScoped
public class MonthTable {

    /** A seal's number and time. */
    public record LatestSeal(long number, Instant at) {}

    public List<ClosedMonth> all(Connection connection) throws SQLException {
        List<ClosedMonth> months = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(
                        "SELECT month, postings, sha256, seal_no, frozen_at, actor FROM gl_month ORDER BY month");
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                months.add(new ClosedMonth(
                        YearMonth.from(row.getObject(1, LocalDate.class)),
                        row.getLong(2),
                        row.getBytes(3),
                        row.getLong(4),
                        Columns.instant(row, 5),
                        row.getString(6)));
            }
        }
        return months;
    }

    /** Closes a month, unless another was first. */
    public void insert(Connection connection, ClosedMonth month) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "INSERT INTO gl_month (month, postings, sha256, seal_no, frozen_at, actor) VALUES (?, ?, ?, ?, ?, ?)"
                        + " ON CONFLICT DO NOTHING")) {
            statement.setObject(1, month.month().atDay(1));
            statement.setLong(2, month.postings());
            statement.setBytes(3, month.sha256());
            statement.setLong(4, month.seal());
            Columns.set(statement, 5, month.frozenAt());
            statement.setString(6, month.actor());
            statement.executeUpdate();
        }
    }

    /** The latest seal; empty if nothing was ever sealed. */
    public Optional<LatestSeal> latestSeal(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                        "SELECT seal_no, sealed_at FROM ledger_seal ORDER BY seal_no DESC LIMIT 1");
                ResultSet row = statement.executeQuery()) {
            return row.next() ? Optional.of(new LatestSeal(row.getLong(1), Columns.instant(row, 2))) : Optional.empty();
        }
    }
}
