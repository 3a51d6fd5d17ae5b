package dev.weir.bench.ledger;

import dev.weir.bench.ledger.Callers.Measured;
import dev.weir.bench.ledger.Callers.Work;
import dev.weir.ledger.contract.WalletKind;
import dev.weir.ledger.posting.domain.WalletSpec;
import dev.weir.ledger.wallet.domain.WalletKey;
import dev.weir.platform.kernel.Ids;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Objects;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.function.Supplier;

/** The baselines, called over JDBC by clients with a connection each: {@code plain.sql} says what they do. */
final class PlainWay {
    private static final long HELD = 1_000_000;
    private static final long USED = 700_000;

    private final String url;

    PlainWay() throws SQLException, IOException {
        url = Options.environment("WEIR_DB_URL");
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(script());
            statement.execute("INSERT INTO plain.wallet SELECT * FROM public.wallet");
            statement.execute("INSERT INTO plain.credit_block SELECT * FROM public.credit_block");
            statement.execute("ANALYZE");
        }
    }

    /** Empties what grew, so that each round begins alike. */
    void vacuum() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute("VACUUM ANALYZE plain.wallet");
            statement.execute("VACUUM ANALYZE plain.credit_block");
        }
    }

    private static String script() throws IOException {
        try (InputStream in = Objects.requireNonNull(
                PlainWay.class.getResourceAsStream("/plain.sql"), "plain.sql belongs to the bench")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Its tables are empty when its plans are made: it is kept from plans that are good for empty tables only. */
    private Connection connect() throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", Options.environment("WEIR_DB_OWNER"));
        properties.setProperty("password", Options.environment("WEIR_DB_OWNER_PASSWORD"));
        properties.setProperty("options", "-c enable_seqscan=off -c enable_hashjoin=off -c enable_mergejoin=off");
        return DriverManager.getConnection(url, properties);
    }

    /** Pairs of reserve and settle, a transaction each. */
    Measured pairs(ExecutorService threads, int clients, Supplier<String> customers, Duration time) throws Exception {
        return Callers.measure(threads, clients, Options.WARM_UP, time, caller -> new Pair(connect(), customers));
    }

    /** Debits of the minimal kind. */
    Measured debits(ExecutorService threads, int clients, Supplier<Integer> wallets, Duration time) throws Exception {
        return Callers.measure(threads, clients, Options.WARM_UP, time, caller -> new Debit(connect(), wallets));
    }

    private static byte[] bytes(UUID id, int padding) {
        return ByteBuffer.allocate(32)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .putInt(padding)
                .array();
    }

    private static final class Pair implements Work {
        private final Connection connection;
        private final PreparedStatement reserve;
        private final PreparedStatement settle;
        private final Supplier<String> customers;

        Pair(Connection connection, Supplier<String> customers) throws SQLException {
            this.connection = connection;
            this.customers = customers;
            this.reserve = connection.prepareStatement("SELECT plain.reserve(?, ?, ?, ?, ?, ?)");
            this.settle = connection.prepareStatement("SELECT plain.settle(?, ?, ?, ?, ?, ?)");
        }

        @Override
        public int once() throws SQLException {
            UUID wallet = new WalletSpec(new WalletKey(customers.get(), World.UNIT, null), WalletKind.CREDIT, 6)
                    .key()
                    .id();
            UUID reservation = Ids.next();
            call(reserve, "HELD", bytes(reservation, 1), wallet, reservation, HELD);
            call(settle, "SETTLED", bytes(reservation, 2), wallet, reservation, USED);
            return 1;
        }

        private static void call(
                PreparedStatement statement, String expected, byte[] key, UUID wallet, UUID reservation, long amount)
                throws SQLException {
            statement.setBytes(1, key);
            statement.setBytes(2, bytes(reservation, 3));
            statement.setObject(3, wallet);
            statement.setObject(4, reservation);
            statement.setBytes(5, bytes(reservation, 4));
            statement.setLong(6, amount);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                if (!row.getString(1).contains(expected)) {
                    throw new IllegalStateException(row.getString(1));
                }
            }
        }

        @Override
        public void close() throws SQLException {
            connection.close();
        }
    }

    private static final class Debit implements Work {
        private final Connection connection;
        private final PreparedStatement debit;
        private final Supplier<Integer> wallets;

        Debit(Connection connection, Supplier<Integer> wallets) throws SQLException {
            this.connection = connection;
            this.wallets = wallets;
            this.debit = connection.prepareStatement("""
                    WITH fresh AS (
                      INSERT INTO plain.small_op (op_key) VALUES (?) ON CONFLICT DO NOTHING RETURNING op_key
                    ), paid AS (
                      UPDATE plain.small_wallet SET balance = balance - 1
                      WHERE id = ? AND balance >= 1 AND EXISTS (SELECT FROM fresh) RETURNING id, balance
                    )
                    INSERT INTO plain.small_entry (wallet, amount, balance_after) SELECT id, 1, balance FROM paid""");
        }

        @Override
        public int once() throws SQLException {
            debit.setObject(1, Ids.next());
            debit.setInt(2, wallets.get());
            if (debit.executeUpdate() != 1) {
                throw new IllegalStateException("a minimal debit did nothing");
            }
            return 1;
        }

        @Override
        public void close() throws SQLException {
            connection.close();
        }
    }
}
