package dev.weir.billing.payment.persistence;

import dev.weir.billing.provider.domain.PaymentReports.Notice;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/** The provider's notices, each taken once. Call within a transaction. */
@ApplicationScoped
public class NoticeTable {
    private final DataSource dataSource;

    @Inject
    public NoticeTable(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** Keeps a notice; false if it is known. */
    public boolean keep(String provider, Notice notice) {
        return update("""
                        INSERT INTO provider_notice (provider, notice_id, type, object_id) VALUES (?, ?, ?, ?)
                        ON CONFLICT DO NOTHING""", provider, notice.id(), notice.type(), notice.invoice()) == 1;
    }

    /** Claims notices that are due; until the lease ends nobody else takes them up. */
    public List<Notice> claim(String provider, int limit, Duration lease) {
        String sql = """
                UPDATE provider_notice SET attempts = attempts + 1,
                       next_at = clock_timestamp() + ? * interval '1 millisecond'
                WHERE (provider, notice_id) IN (
                    SELECT provider, notice_id FROM provider_notice
                    WHERE provider = ? AND state = 'OPEN' AND next_at <= clock_timestamp()
                    ORDER BY received_at LIMIT ? FOR UPDATE SKIP LOCKED)
                RETURNING notice_id, type, object_id
                """;
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, lease.toMillis());
            statement.setString(2, provider);
            statement.setInt(3, limit);
            List<Notice> claimed = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    claimed.add(new Notice(rows.getString(1), rows.getString(2), rows.getString(3)));
                }
            }
            return claimed;
        } catch (SQLException failure) {
            throw new IllegalStateException("claiming notices failed", failure);
        }
    }

    /** Done with: what it tells has been told on, or is not for us. */
    public void done(String provider, Notice notice, boolean ours) {
        update(
                "UPDATE provider_notice SET state = ?, error = NULL WHERE provider = ? AND notice_id = ?",
                ours ? "DONE" : "IGNORED",
                provider,
                notice.id());
    }

    /** To be tried again later: the more often it has failed, the later. */
    public void later(String provider, Notice notice, String error) {
        update("""
                UPDATE provider_notice SET error = ?,
                       next_at = clock_timestamp() + least(600, power(2, least(attempts, 10))) * interval '1 second'
                WHERE provider = ? AND notice_id = ?""", error, provider, notice.id());
    }

    /** Notes that the provider has told everything up to an instant. */
    public void asked(String provider, Instant at) {
        update("""
                INSERT INTO provider_asked (provider, asked_at) VALUES (?, ?)
                ON CONFLICT (provider) DO UPDATE SET asked_at = excluded.asked_at""", provider, at.atOffset(ZoneOffset.UTC));
    }

    /** Up to when the provider has told everything; empty if it was never asked. */
    public Optional<Instant> asked(String provider) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement =
                        connection.prepareStatement("SELECT asked_at FROM provider_asked WHERE provider = ?")) {
            statement.setString(1, provider);
            try (ResultSet row = statement.executeQuery()) {
                return row.next()
                        ? Optional.of(row.getObject(1, OffsetDateTime.class).toInstant())
                        : Optional.empty();
            }
        } catch (SQLException failure) {
            throw new IllegalStateException("reading when the provider was asked failed", failure);
        }
    }

    private int update(String sql, Object... parameters) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            return statement.executeUpdate();
        } catch (SQLException failure) {
            throw new IllegalStateException("writing a notice failed", failure);
        }
    }
}
