package dev.weir.platform.testkit;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A PostgreSQL server for tests. */
public final class PostgresServer {

    private static final AtomicInteger DATABASES = new AtomicInteger();
    private static @Nullable PostgresServer shared;

    /**
     * A database with its two roles.
     *
     * @param url the JDBC URL
     * @param app the role of the service, with password {@code weir}
     * @param owner the role of Flyway, which owns the tables, with password {@code weir}
     */
    public record Database(String url, String app, String owner) {

        /** The settings that a service of ours reads. */
        public Map<String, String> environment() {
            return Map.of(
                    "WEIR_DB_URL", url,
                    "WEIR_DB_USERNAME", app,
                    "WEIR_DB_PASSWORD", "weir",
                    "WEIR_DB_OWNER", owner,
                    "WEIR_DB_OWNER_PASSWORD", "weir");
        }
    }

    private final EmbeddedPostgres postgres;

    private PostgresServer() {
        try {
            postgres = EmbeddedPostgres.builder()
                    .setServerConfig("max_connections", "200")
                    .setServerConfig("timezone", "UTC")
                    .setLocaleConfig("locale", "C.UTF-8")
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL did not start", e);
        }
    }

    /** The server of this JVM. */
    public static synchronized PostgresServer shared() {
        PostgresServer known = shared;
        if (known == null) {
            known = new PostgresServer();
            shared = known;
        }
        return known;
    }

    /** A new, empty database. */
    public Database createDatabase() {
        String name = "weir_test_" + DATABASES.incrementAndGet();
        String owner = name + "_owner";
        execute(
                "postgres",
                "CREATE ROLE " + name + " LOGIN PASSWORD 'weir'",
                "CREATE ROLE " + owner + " LOGIN PASSWORD 'weir'",
                "CREATE DATABASE " + name + " OWNER " + owner);
        execute(
                name,
                "ALTER DEFAULT PRIVILEGES FOR ROLE " + owner + " GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO "
                        + name,
                "ALTER DEFAULT PRIVILEGES FOR ROLE " + owner + " GRANT USAGE, SELECT ON SEQUENCES TO " + name);
        return new Database("jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/" + name, name, owner);
    }

    private void execute(String database, String... statements) {
        try (Connection connection = postgres.getDatabase("postgres", database).getConnection();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("the test database could not be made", e);
        }
    }
}
