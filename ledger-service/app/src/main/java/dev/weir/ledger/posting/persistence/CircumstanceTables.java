package dev.weir.ledger.posting.persistence;

import dev.weir.ledger.Columns;
import dev.weir.ledger.wallet.domain.PaidPeriod;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What others have told that decides about wallets: invoices that were paid, and usage from before there was a limit. */
@ApplicationScoped
public class CircumstanceTables {

    /** A paid invoice of a subscription's period. */
    public record Payment(
            PaidPeriod period, String invoice, String customer, BigDecimal amount, String currency, Instant paidAt) {}

    /**
     * What one customer used of a wallet's unit in a period before there was a limit, in atoms.
     *
     * @param id of what metering counts; a later revision replaces an earlier one
     */
    public record EarlierUsage(UUID id, UUID wallet, Instant periodFrom, long revision, long total) {}

    /** Stores a payment; false if it was known. */
    public boolean put(Connection connection, Payment payment) throws SQLException {
        String insert = """
                INSERT INTO invoice_paid (subscription, period_from, period_to, invoice, customer, amount, currency, paid_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING""";
        try (PreparedStatement statement = connection.prepareStatement(insert)) {
            statement.setObject(1, payment.period().subscription());
            Columns.set(statement, 2, payment.period().from());
            Columns.set(statement, 3, payment.period().to());
            statement.setString(4, payment.invoice());
            statement.setString(5, payment.customer());
            statement.setBigDecimal(6, payment.amount());
            statement.setString(7, payment.currency());
            Columns.set(statement, 8, payment.paidAt());
            return statement.executeUpdate() > 0;
        }
    }

    /** The periods of those subscriptions that were paid. */
    public List<PaidPeriod> paid(Connection connection, Collection<UUID> subscriptions) throws SQLException {
        String select = """
                SELECT DISTINCT subscription, period_from, period_to FROM invoice_paid WHERE subscription = ANY (?)
                ORDER BY subscription, period_from, period_to""";
        List<PaidPeriod> periods = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(select)) {
            statement.setArray(1, WalletTables.uuids(connection, subscriptions));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    periods.add(new PaidPeriod(
                            rows.getObject(1, UUID.class), Columns.instant(rows, 2), Columns.instant(rows, 3)));
                }
            }
        }
        return periods;
    }

    /** Stores what was used before a limit, unless a later revision is known; false if it changes nothing. */
    public boolean put(Connection connection, EarlierUsage usage, @Nullable String resource) throws SQLException {
        String upsert = """
                INSERT INTO usage_before AS u (usage_id, wallet_id, resource, period_from, revision, total)
                VALUES (?, ?, ?, ?, ?, ?)
                ON CONFLICT (usage_id) DO UPDATE SET revision = excluded.revision, total = excluded.total
                WHERE u.revision < excluded.revision""";
        try (PreparedStatement statement = connection.prepareStatement(upsert)) {
            statement.setObject(1, usage.id());
            statement.setObject(2, usage.wallet());
            statement.setString(3, resource);
            Columns.set(statement, 4, usage.periodFrom());
            statement.setLong(5, usage.revision());
            statement.setLong(6, usage.total());
            return statement.executeUpdate() > 0;
        }
    }

    /** What all customers used of those wallets before they had limits, by period; every wallet is in the answer. */
    public Map<UUID, Map<Instant, Long>> usedBefore(Connection connection, Collection<UUID> wallets)
            throws SQLException {
        Map<UUID, Map<Instant, Long>> found = new HashMap<>();
        wallets.forEach(wallet -> found.put(wallet, new HashMap<>()));
        String select = "SELECT wallet_id, period_from, total FROM usage_before WHERE wallet_id = ANY (?)";
        try (PreparedStatement statement = connection.prepareStatement(select)) {
            statement.setArray(1, WalletTables.uuids(connection, wallets));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.computeIfAbsent(rows.getObject(1, UUID.class), wallet -> new HashMap<>())
                            .merge(Columns.instant(rows, 2), Math.max(0, rows.getLong(3)), Math::addExact);
                }
            }
        }
        return found;
    }
}
