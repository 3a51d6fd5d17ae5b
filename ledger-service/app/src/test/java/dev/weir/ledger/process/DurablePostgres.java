package dev.weir.ledger.process;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A PostgreSQL of its own that keeps what it has acknowledged, and can be stopped the hard way and started again. */
final class DurablePostgres implements AutoCloseable {
    private final Path data;
    private final int port;
    private final Path program;

    private DurablePostgres(Path data, int port, Path program) {
        this.data = data;
        this.port = port;
        this.program = program;
    }

    /** A new server with the ledger's database and its two roles. */
    static DurablePostgres start(Path folder) throws IOException, InterruptedException, SQLException {
        Path data = folder.resolve("postgres");
        // zonky's library unpacks the binaries, makes the cluster and starts it; from then on the program is started as
        // it is.
        EmbeddedPostgres first = EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setServerConfig("fsync", "on")
                .setLocaleConfig("locale", "C.UTF-8")
                .start();
        Path program = Path.of(ProcessHandle.of(pid(data))
                .flatMap(server -> server.info().command())
                .orElseThrow());
        DurablePostgres postgres = new DurablePostgres(data, first.getPort(), program);
        first.close();
        postgres.launch();
        postgres.execute(
                "postgres",
                "CREATE ROLE weir_ledger LOGIN PASSWORD 'weir'",
                "CREATE ROLE weir_ledger_owner LOGIN PASSWORD 'weir'",
                "CREATE DATABASE weir_ledger OWNER weir_ledger_owner");
        postgres.execute(
                "weir_ledger",
                "ALTER DEFAULT PRIVILEGES FOR ROLE weir_ledger_owner GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO"
                        + " weir_ledger",
                "ALTER DEFAULT PRIVILEGES FOR ROLE weir_ledger_owner GRANT USAGE, SELECT ON SEQUENCES TO weir_ledger");
        return postgres;
    }

    /** What a ledger process reads from its environment. */
    Map<String, String> environment() {
        return Map.of(
                "WEIR_DB_URL", "jdbc:postgresql://127.0.0.1:" + port + "/weir_ledger",
                "WEIR_DB_USERNAME", "weir_ledger",
                "WEIR_DB_PASSWORD", "weir",
                "WEIR_DB_OWNER", "weir_ledger_owner",
                "WEIR_DB_OWNER_PASSWORD", "weir");
    }

    /** A superuser's connection. */
    Connection connect() throws SQLException {
        return connect("weir_ledger");
    }

    private Connection connect(String database) throws SQLException {
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/" + database, "postgres", "");
    }

    /** {@code pg_ctl stop -m immediate}: no checkpoint, no word to anybody. */
    void stopImmediately() throws IOException, InterruptedException {
        ProcessHandle server = ProcessHandle.of(pid(data)).orElseThrow();
        run(List.of("kill", "-QUIT", Long.toString(server.pid())));
        Instant deadline = Instant.now().plus(Duration.ofSeconds(20));
        while (server.isAlive() && Instant.now().isBefore(deadline)) {
            Thread.sleep(20);
        }
    }

    /** Starts it again; it recovers from its log. */
    void launch() throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        if ("root".equals(System.getProperty("user.name"))) {
            // PostgreSQL refuses to run as root: a user namespace of its own makes it an ordinary user.
            command.addAll(List.of("unshare", "-U"));
        }
        command.addAll(List.of(
                program.resolveSibling("pg_ctl").toString(),
                "-D",
                data.toString(),
                "-l",
                data.resolveSibling("postgres.log").toString(),
                "-w",
                "-t",
                "60",
                "-o",
                "-p " + port + " -c listen_addresses=127.0.0.1 -c fsync=on -c max_connections=200 -c timezone=UTC",
                "start"));
        run(command);
    }

    private void execute(String database, String... statements) throws SQLException {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    @Override
    public void close() throws IOException, InterruptedException {
        stopImmediately();
    }

    private static long pid(Path data) throws IOException {
        return Long.parseLong(
                Files.readAllLines(data.resolve("postmaster.pid")).getFirst().strip());
    }

    private static void run(List<String> command) throws IOException, InterruptedException {
        int status = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
        if (status != 0) {
            throw new IllegalStateException(command + " ended with " + status);
        }
    }
}
