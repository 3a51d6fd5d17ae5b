package dev.weir.ledger.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Compares what a client was told with what the database holds. */
final class Books {
    private Books() {}

    /** Everything acknowledged is there once, and nothing else. */
    static void agree(Client client, Connection connection) throws SQLException {
        assertThat(texts(connection, "SELECT resv_id::text FROM reservation"))
                .containsExactlyInAnyOrderElementsOf(client.held);
        assertThat(texts(connection, "SELECT resv_id::text FROM reservation WHERE state = 4"))
                .containsExactlyInAnyOrderElementsOf(client.released);
        assertThat(numbers(connection, "SELECT resv_id::text, (used / 1000000)::int FROM reservation WHERE state = 3"))
                .isEqualTo(new TreeMap<>(client.settled));
        // What was consumed, by the journal and not by the reservations' own word.
        Map<String, Integer> spent = new TreeMap<>(client.settled);
        spent.values().removeIf(credits -> credits == 0);
        assertThat(numbers(connection, """
                SELECT resv_id::text, (sum(amount) / 1000000)::int FROM journal
                WHERE resv_id IS NOT NULL AND to_acct = 3 GROUP BY 1""")).isEqualTo(spent);
        assertThat(texts(connection, "SELECT reference FROM credit_block WHERE reference IS NOT NULL"))
                .containsExactlyInAnyOrderElementsOf(client.granted);
    }

    /** The ledger's own verification, with a seal: no process may have lived long enough to set one before. */
    static void fit(Client client, LedgerProcess ledger) throws InterruptedException {
        Instant deadline = Instant.now().plusSeconds(60);
        JsonNode verification = client.until(ledger, "/v1/ledger/verify", "{}");
        while (verification.path("seals").asInt() == 0 && Instant.now().isBefore(deadline)) {
            Thread.sleep(500);
            verification = client.until(ledger, "/v1/ledger/verify", "{}");
        }
        assertThat(verification.path("fits").asBoolean())
                .as(verification.toString())
                .isTrue();
        assertThat(verification.path("seals").asInt()).isPositive();
    }

    private static List<String> texts(Connection connection, String select) throws SQLException {
        List<String> texts = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(select)) {
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
        }
        return texts;
    }

    private static Map<String, Integer> numbers(Connection connection, String select) throws SQLException {
        Map<String, Integer> numbers = new TreeMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(select)) {
            while (rows.next()) {
                numbers.put(rows.getString(1), rows.getInt(2));
            }
        }
        return numbers;
    }
}
