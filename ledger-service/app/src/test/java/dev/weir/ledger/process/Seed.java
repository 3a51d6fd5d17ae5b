package dev.weir.ledger.process;

import dev.weir.entitlement.contract.CustomerSnapshot;
import dev.weir.ledger.Catalogue;
import dev.weir.platform.kernel.Json;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Puts a catalog and customers where the ledger's consumers would have put them. */
final class Seed {
    private Seed() {}

    static void catalog(Connection connection) throws SQLException, IOException {
        execute(
                connection,
                "INSERT INTO catalog_body (hash, kind, body) VALUES (?, 'PLAN', ?)",
                Catalogue.starter().hash(),
                Json.mapper().writeValueAsString(Catalogue.starter()));
        execute(
                connection,
                "INSERT INTO catalog_in_force (version, body, applied) VALUES (1, ?, true)",
                Json.mapper().writeValueAsString(Catalogue.inForce(1, Catalogue.starter())));
        execute(
                connection,
                "INSERT INTO unit (code, kind, scale, name) VALUES (?, 0, 6, 'AI credit')",
                Catalogue.CREDITS.key());
    }

    static void customer(Connection connection, String customer) throws SQLException, IOException {
        Instant start = Instant.now().minus(1, ChronoUnit.HOURS).truncatedTo(ChronoUnit.SECONDS);
        CustomerSnapshot snapshot =
                Catalogue.customer(customer, 1, start, List.of(), Catalogue.phase(start, null, Catalogue.starter()));
        execute(
                connection,
                "INSERT INTO customer_snapshot (customer, root, version, body) VALUES (?, ?, 1, ?)",
                customer,
                customer,
                Json.mapper().writeValueAsString(snapshot));
    }

    private static void execute(Connection connection, String sql, String... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setString(i + 1, values[i]);
            }
            statement.executeUpdate();
        }
    }
}
