package dev.weir.ledger.threshold.persistence;

import dev.weir.ledger.Column;
import dev.weir.ledger.Columns;
import dev.weir.ledger.RoundTrip;
import dev.weir.ledger.contract.RechargeRequested;
import dev.weir.ledger.threshold.domain.RechargeRule;
import dev.weir.ledger.threshold.domain.RechargeRule.History;
import dev.weir.ledger.threshold.domain.Threshold;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Thresholds, recharge rules and their requests. */
@ApplicationScoped
public class ThresholdTables {
    private static final String RULE = """
            SELECT r.wallet_id, r.scale, r.threshold, r.target, r.amount, r.unit_price, r.currency, r.monthly_cap,
              q.state, q.attempt, q.retry_at,
              (SELECT coalesce(sum(m.cost), 0) FROM recharge_request m WHERE m.wallet_id = r.wallet_id AND m.state <> 2
                AND m.requested_at >= date_trunc('month', clock_timestamp(), 'UTC'))
            FROM recharge_rule r LEFT JOIN LATERAL (
              SELECT state, attempt, retry_at FROM recharge_request WHERE wallet_id = r.wallet_id
              ORDER BY requested_at DESC LIMIT 1) q ON true
            WHERE r.wallet_id = ANY (?)""";
    private static final String REQUEST = """
            SELECT request_id, wallet_id, root_customer, unit, scale, quantity, cost, currency, attempt, state, requested_at,
              closed_at, retry_at, invoice, failure
            FROM recharge_request""";
    private static final int OPEN = 0;
    private static final int PAID = 1;
    private static final int FAILED = 2;

    /** A threshold as it stands; when it was crossed last. */
    public record StoredThreshold(
            Threshold threshold, @Nullable Instant lastCrossedAt) {}

    /** A rule and what has become of it. */
    public record StoredRule(RechargeRule rule, History history) {}

    /** A request and what has become of it. */
    public record StoredRequest(
            UUID id,
            UUID wallet,
            String root,
            String unit,
            int scale,
            long quantity,
            BigDecimal cost,
            String currency,
            int attempt,
            String state,
            Instant requestedAt,
            @Nullable Instant closedAt,
            @Nullable Instant retryAt,
            @Nullable String invoice,
            @Nullable String failure) {}

    /** Adds the wallets' thresholds to a round trip. */
    public Map<UUID, List<StoredThreshold>> thresholds(RoundTrip trip, Collection<UUID> wallets) {
        Map<UUID, List<StoredThreshold>> found = new HashMap<>();
        trip.query(
                """
                SELECT wallet_id, name, amount, percent, last_crossed_at FROM wallet_threshold
                WHERE wallet_id = ANY (?) ORDER BY name""",
                rows -> {
                    while (rows.next()) {
                        found.computeIfAbsent(rows.getObject(1, UUID.class), id -> new ArrayList<>())
                                .add(new StoredThreshold(
                                        new Threshold(
                                                rows.getString(2), Columns.longOrNull(rows, 3), rows.getBigDecimal(4)),
                                        Columns.instantOrNull(rows, 5)));
                    }
                },
                Column.uuids(wallets));
        return found;
    }

    /** Adds the wallets' recharge rules to a round trip. */
    public Map<UUID, StoredRule> rules(RoundTrip trip, Collection<UUID> wallets) {
        Map<UUID, StoredRule> found = new HashMap<>();
        trip.query(
                RULE,
                rows -> {
                    while (rows.next()) {
                        found.put(rows.getObject(1, UUID.class), new StoredRule(rule(rows), history(rows)));
                    }
                },
                Column.uuids(wallets));
        return found;
    }

    private static RechargeRule rule(ResultSet row) throws SQLException {
        return new RechargeRule(
                row.getInt(2),
                row.getLong(3),
                Columns.longOrNull(row, 4),
                Columns.longOrNull(row, 5),
                row.getBigDecimal(6),
                row.getString(7),
                row.getBigDecimal(8));
    }

    private static History history(ResultSet row) throws SQLException {
        int state = row.getInt(9);
        boolean known = !row.wasNull();
        return new History(
                known && state == OPEN,
                known && state == FAILED ? row.getInt(10) : 0,
                known && state == FAILED ? Columns.instantOrNull(row, 11) : null,
                row.getBigDecimal(12));
    }

    /** Adds the mark that a threshold was crossed. */
    public void crossed(RoundTrip trip, UUID wallet, String name, Instant at) {
        trip.update(
                "UPDATE wallet_threshold SET last_crossed_at = ? WHERE wallet_id = ? AND name = ?",
                at.atOffset(ZoneOffset.UTC),
                wallet,
                name);
    }

    /** Adds a request; the unique index keeps a second open one of the wallet out. */
    public void request(RoundTrip trip, RechargeRequested request) {
        trip.update(
                """
                INSERT INTO recharge_request (request_id, wallet_id, root_customer, unit, scale, quantity, cost, currency, attempt,
                  requested_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
                request.request(),
                request.wallet(),
                request.customer(),
                request.unit(),
                request.scale(),
                request.quantity(),
                request.cost(),
                request.currency(),
                request.attempt(),
                request.at().atOffset(ZoneOffset.UTC));
    }

    /** Puts other thresholds in the place of a wallet's; one that stays as it was keeps what it has seen. */
    public void replace(Connection connection, UUID wallet, List<Threshold> thresholds) throws SQLException {
        RoundTrip trip = new RoundTrip();
        trip.update(
                "DELETE FROM wallet_threshold WHERE wallet_id = ? AND NOT name = ANY (?)",
                wallet,
                Column.texts(thresholds, Threshold::name));
        for (Threshold threshold : thresholds) {
            Long amount = threshold.amount();
            BigDecimal percent = threshold.percent();
            trip.update(
                    """
                    INSERT INTO wallet_threshold (wallet_id, name, amount, percent)
                    VALUES (?, ?, ?::bigint, ?::numeric)
                    ON CONFLICT (wallet_id, name) DO UPDATE SET amount = excluded.amount, percent = excluded.percent""",
                    wallet,
                    threshold.name(),
                    amount == null ? Column.absent() : amount,
                    percent == null ? Column.absent() : percent);
        }
        trip.run(connection);
    }

    /** Puts a wallet's rule. */
    public void put(Connection connection, UUID wallet, String root, String unit, RechargeRule rule, String actor)
            throws SQLException {
        Long target = rule.target();
        Long amount = rule.amount();
        BigDecimal cap = rule.monthlyCap();
        new RoundTrip()
                .update(
                        """
                        INSERT INTO recharge_rule (wallet_id, root_customer, unit, scale, threshold, target, amount, unit_price,
                          currency, monthly_cap, actor) VALUES (?, ?, ?, ?, ?, ?::bigint, ?::bigint, ?, ?, ?::numeric, ?)
                        ON CONFLICT (wallet_id) DO UPDATE SET threshold = excluded.threshold, target = excluded.target,
                          amount = excluded.amount, unit_price = excluded.unit_price, currency = excluded.currency,
                          monthly_cap = excluded.monthly_cap, actor = excluded.actor, changed_at = clock_timestamp()""",
                        wallet,
                        root,
                        unit,
                        rule.scale(),
                        rule.threshold(),
                        target == null ? Column.absent() : target,
                        amount == null ? Column.absent() : amount,
                        rule.unitPrice(),
                        rule.currency(),
                        cap == null ? Column.absent() : cap,
                        actor)
                .run(connection);
    }

    /** Removes a wallet's rule; an open request is still answered. */
    public void removeRule(Connection connection, UUID wallet) throws SQLException {
        new RoundTrip()
                .update("DELETE FROM recharge_rule WHERE wallet_id = ?", wallet)
                .run(connection);
    }

    /** A wallet's last requests, the newest first. */
    public List<StoredRequest> requests(Connection connection, UUID wallet, int most) throws SQLException {
        return requests(connection, REQUEST + " WHERE wallet_id = ? ORDER BY requested_at DESC LIMIT ?", wallet, most);
    }

    /** Failed requests that may be tried again by now and are their wallet's last. */
    public List<StoredRequest> toRetry(Connection connection, int most) throws SQLException {
        return requests(
                connection,
                REQUEST + " AS r WHERE retry_at <= clock_timestamp() AND NOT EXISTS (SELECT FROM recharge_request n"
                        + " WHERE n.wallet_id = r.wallet_id AND n.requested_at > r.requested_at) ORDER BY retry_at LIMIT ?",
                most);
    }

    /** Locks an open request; empty if there is none of that id or it has been answered. */
    public List<StoredRequest> lockOpen(Connection connection, UUID request) throws SQLException {
        return requests(connection, REQUEST + " WHERE request_id = ? AND state = 0 FOR UPDATE", request);
    }

    /** It was paid. */
    public void paid(Connection connection, UUID request, String invoice) throws SQLException {
        new RoundTrip()
                .update(
                        "UPDATE recharge_request SET state = " + PAID
                                + ", closed_at = clock_timestamp(), invoice = ? WHERE request_id = ?",
                        invoice,
                        request)
                .run(connection);
    }

    /** It failed; not again before then. */
    public void failed(Connection connection, UUID request, String reason, Instant retryAt) throws SQLException {
        new RoundTrip()
                .update(
                        "UPDATE recharge_request SET state = " + FAILED
                                + ", closed_at = clock_timestamp(), failure = ?, retry_at = ? WHERE request_id = ?",
                        reason,
                        retryAt.atOffset(ZoneOffset.UTC),
                        request)
                .run(connection);
    }

    private static List<StoredRequest> requests(Connection connection, String select, Object... parameters)
            throws SQLException {
        List<StoredRequest> requests = new ArrayList<>();
        new RoundTrip()
                .query(
                        select,
                        rows -> {
                            while (rows.next()) {
                                requests.add(request(rows));
                            }
                        },
                        parameters)
                .run(connection);
        return requests;
    }

    private static StoredRequest request(ResultSet row) throws SQLException {
        return new StoredRequest(
                row.getObject(1, UUID.class),
                row.getObject(2, UUID.class),
                row.getString(3),
                row.getString(4),
                row.getInt(5),
                row.getLong(6),
                row.getBigDecimal(7),
                row.getString(8),
                row.getInt(9),
                List.of("OPEN", "PAID", "FAILED").get(row.getInt(10)),
                Columns.instant(row, 11),
                Columns.instantOrNull(row, 12),
                Columns.instantOrNull(row, 13),
                row.getString(14),
                row.getString(15));
    }
}
