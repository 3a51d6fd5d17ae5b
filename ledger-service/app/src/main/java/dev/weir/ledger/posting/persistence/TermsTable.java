package dev.weir.ledger.posting.persistence;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.weir.ledger.Column;
import dev.weir.ledger.RoundTrip;
import dev.weir.ledger.posting.domain.Terms;
import dev.weir.platform.kernel.CanonicalJson;
import dev.weir.platform.kernel.Json;
import dev.weir.platform.kernel.Sha256;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The terms that reservations share, stored once by their hash. */
@ApplicationScoped
public class TermsTable {
    private static final int REMEMBERED = 50_000;

    // Both sides of a pair never change. Dropped whole when they grow too many.
    private final Map<Terms, byte[]> hashes = new ConcurrentHashMap<>();

    // Those that are known to be stored.
    private final Map<String, Terms> byHash = new ConcurrentHashMap<>();

    /** Terms by the hex of their hashes. */
    Map<String, Terms> read(Connection connection, Collection<String> wanted) throws SQLException {
        Map<String, Terms> found = new HashMap<>();
        List<String> unknown = new ArrayList<>();
        for (String hash : wanted) {
            Terms terms = byHash.get(hash);
            if (terms != null) {
                found.put(hash, terms);
            } else {
                unknown.add(hash);
            }
        }
        if (!unknown.isEmpty()) {
            new RoundTrip()
                    .query(
                            "SELECT terms_hash, body FROM terms WHERE terms_hash = ANY (?)",
                            rows -> {
                                while (rows.next()) {
                                    byte[] hash = rows.getBytes(1);
                                    Terms terms = parse(rows.getString(2));
                                    found.put(hex(hash), terms);
                                    remember(terms);
                                }
                            },
                            Column.bytes(unknown, HexFormat.of()::parseHex))
                    .run(connection);
        }
        return found;
    }

    /** Adds those that may not be stored yet to a round trip. */
    void insert(RoundTrip trip, Collection<Terms> all) {
        List<Terms> unknown = all.stream()
                .distinct()
                .filter(terms -> !byHash.containsKey(hex(hash(terms))))
                .toList();
        if (!unknown.isEmpty()) {
            // In one order, so that two batches with the same new terms do not wait for each other in a circle.
            trip.update(
                    "INSERT INTO terms (terms_hash, body) SELECT * FROM unnest(?::bytea[], ?::text[]) ORDER BY 1"
                            + " ON CONFLICT (terms_hash) DO NOTHING",
                    Column.bytes(unknown, this::hash),
                    Column.texts(unknown, TermsTable::json));
        }
    }

    /** Their row is committed. */
    void stored(Terms terms) {
        if (!byHash.containsKey(hex(hash(terms)))) {
            remember(terms);
        }
    }

    byte[] hash(Terms terms) {
        return hashes.computeIfAbsent(
                terms, unknown -> Sha256.digest(json(unknown).getBytes(StandardCharsets.UTF_8)));
    }

    private void remember(Terms terms) {
        if (byHash.size() > REMEMBERED) {
            byHash.clear();
            hashes.clear();
        }
        byHash.put(hex(hash(terms)), terms);
    }

    private static String hex(byte[] hash) {
        return HexFormat.of().formatHex(hash);
    }

    private static Terms parse(String body) {
        try {
            return Json.lenientMapper().readValue(body, Terms.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("stored terms cannot be read", e);
        }
    }

    private static String json(Terms terms) {
        return CanonicalJson.write(terms);
    }
}
