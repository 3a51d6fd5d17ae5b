package dev.weir.bench.rollout;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Entitlement's tables: filled before the run, looked at during it; and plain copies of those that a rollout writes. */
final class Tables implements AutoCloseable {
    private static final String URL = System.getenv("WEIR_DB_URL");

    private final Connection app;

    Tables() throws SQLException {
        app = connect("WEIR_DB_USERNAME", "WEIR_DB_PASSWORD");
    }

    private static Connection connect(String user, String password) throws SQLException {
        return DriverManager.getConnection(URL, System.getenv(user), System.getenv(password));
    }

    /** Customers with a subscription of the plan's first version each, whose first snapshot is due. */
    void fill(int customers) throws SQLException {
        app.setAutoCommit(false);
        try (Statement statement = app.createStatement()) {
            statement.execute("""
                    CREATE TEMPORARY TABLE made AS
                    SELECT 'c' || lpad(n::text, 9, '0') AS customer,
                           ('019b0000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid AS id,
                           ('019b0000-0000-7000-9000-' || lpad(to_hex(n), 12, '0'))::uuid AS change,
                           timestamptz '2026-01-01' + mod(n, 40000000) * interval '0.5 s' AS began
                    FROM generate_series(1, %d) n""".formatted(customers));
            statement.execute("""
                    INSERT INTO customer (customer, root, time_zone, metadata, version, created_at, updated_at)
                    SELECT customer, customer, 'Europe/Berlin', '{}', 0, began, began FROM made""");
            statement.execute("""
                    INSERT INTO subscription (id, customer, product, anchor, plan, plan_version, created_at)
                    SELECT id, customer, '%s', began, '%s', 1, began FROM made""".formatted(Offer.PRODUCT, Offer.PLAN));
            statement.execute("""
                    INSERT INTO subscription_change (id, subscription, kind, effective_at, recorded_at, author)
                    SELECT change, id, 'CREATED', began, began, 'bench' FROM made""");
            statement.execute("""
                    INSERT INTO subscription_phase (subscription, kind, from_at, plan, plan_version, plan_hash, addons, usage,
                                                    change, catalog_version)
                    SELECT id, 'ACTIVE', began, '%s', 1, '%s', '[]', 'KEEP', change, 1 FROM made""".formatted(Offer.PLAN, Offer.hash(1)));
            statement.execute("INSERT INTO snapshot_due SELECT customer, clock_timestamp() FROM made");
        }
        app.commit();
        app.setAutoCommit(true);
        try (Connection owner = connect("WEIR_DB_OWNER", "WEIR_DB_OWNER_PASSWORD");
                Statement statement = owner.createStatement()) {
            statement.execute("ANALYZE");
        }
    }

    /** One number. */
    long number(String sql) throws SQLException {
        try (Statement statement = app.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    /** What a rollout writes of each customer, in tables alike, with nothing read and nothing decided. */
    void writePlainly(int customers, int batch) throws SQLException {
        try (Connection owner = connect("WEIR_DB_OWNER", "WEIR_DB_OWNER_PASSWORD");
                Statement statement = owner.createStatement()) {
            for (String table : List.of("subscription_change", "subscription_phase", "outbox_state", "outbox_due")) {
                statement.execute("CREATE TABLE plain_" + table + " (LIKE " + table + " INCLUDING ALL)");
            }
            String body = text(
                    statement, "SELECT body FROM outbox_state WHERE name = 'entitlement.customer-snapshot' LIMIT 1");
            owner.setAutoCommit(false);
            for (int done = 0; done < customers; done += batch) {
                write(owner, done, Math.min(batch, customers - done), body);
                owner.commit();
            }
        }
    }

    private static void write(Connection owner, int first, int count, String body) throws SQLException {
        List<String> customers = new ArrayList<>(count);
        List<String> bodies = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            customers.add("c" + (first + i));
            bodies.add(body);
        }
        for (String sql : List.of("""
                INSERT INTO plain_subscription_change (id, subscription, kind, effective_at, recorded_at, author)
                SELECT gen_random_uuid(), gen_random_uuid(), 'REPINNED', now(), now(), 'rollout'
                FROM unnest(?::text[], ?::text[]) AS given (customer, body)""", """
                INSERT INTO plain_subscription_phase (subscription, kind, from_at, plan, plan_version, plan_hash, addons, usage,
                                                      change, catalog_version)
                SELECT gen_random_uuid(), 'ACTIVE', now() + piece * interval '1 s', 'pro', piece, 'pro-2', '[]', 'KEEP',
                       gen_random_uuid(), 2
                FROM unnest(?::text[], ?::text[]) AS given (customer, body) CROSS JOIN generate_series(1, 2) piece""", """
                INSERT INTO plain_outbox_state (name, aggregate_id, version, shard, body)
                SELECT 'entitlement.customer-snapshot', customer, 2, '00', body
                FROM unnest(?::text[], ?::text[]) AS given (customer, body)""", """
                INSERT INTO plain_outbox_due (name, aggregate_id)
                SELECT 'entitlement.customer-snapshot', customer FROM unnest(?::text[], ?::text[]) AS given (customer, body)""")) {
            try (PreparedStatement statement = owner.prepareStatement(sql)) {
                statement.setArray(1, owner.createArrayOf("text", customers.toArray()));
                statement.setArray(2, owner.createArrayOf("text", bodies.toArray()));
                statement.executeUpdate();
            }
        }
    }

    private static String text(Statement statement, String sql) throws SQLException {
        try (ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    @Override
    public void close() throws SQLException {
        app.close();
    }
}
