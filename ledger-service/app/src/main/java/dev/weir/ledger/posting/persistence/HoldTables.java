package dev.weir.ledger.posting.persistence;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.weir.ledger.Columns;
import dev.weir.ledger.posting.domain.Alloc;
import dev.weir.ledger.posting.domain.Hold;
import dev.weir.ledger.posting.domain.HoldState;
import dev.weir.ledger.posting.domain.Leg;
import dev.weir.ledger.posting.domain.OnLapse;
import dev.weir.ledger.posting.domain.Room;
import dev.weir.ledger.posting.domain.Terms;
import dev.weir.platform.kernel.CanonicalJson;
import dev.weir.platform.kernel.Json;
import dev.weir.platform.kernel.Sha256;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Reads and writes reservations with their legs and parts, and the terms they share. */
@ApplicationScoped
public class HoldTables {
    private static final int REMEMBERED_TERMS = 5_000;

    // Terms by hash and hashes by terms: both sides never change. Dropped whole when they grow too many.
    private final Map<String, Terms> termsByHash = new ConcurrentHashMap<>();
    private final Map<Terms, byte[]> hashByTerms = new ConcurrentHashMap<>();

    /** Who may have a say in a reservation, without its lock. */
    public record Owner(UUID reservation, String root, String customer, Terms terms) {}

    /** A hold whose deadline has passed. */
    public record Due(UUID reservation, String root, String customer) {}

    /** Reads reservations; the wallets of their legs must be locked for them to be changed. */
    public Map<UUID, Hold> load(Connection connection, Collection<UUID> ids) throws SQLException {
        Map<UUID, Hold> holds = new LinkedHashMap<>();
        if (ids.isEmpty()) {
            return holds;
        }
        String select = """
                SELECT r.resv_id, r.root_customer, r.for_customer, r.resource, r.terms_hash, r.on_lapse, r.op_key, r.actor,
                  r.created_at, r.state, r.lapsed, r.quantity, r.used, r.at_least, r.deadline_at, r.closed_at, t.body
                FROM reservation r JOIN terms t USING (terms_hash) WHERE r.resv_id = ANY (?)
                ORDER BY r.resv_id FOR UPDATE OF r""";
        try (PreparedStatement statement = connection.prepareStatement(select)) {
            statement.setArray(1, WalletTables.uuids(connection, ids));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    Hold hold = hold(rows);
                    holds.put(hold.id(), hold);
                }
            }
        }
        loadLegs(connection, holds);
        return holds;
    }

    private static void loadLegs(Connection connection, Map<UUID, Hold> holds) throws SQLException {
        String select = """
                SELECT l.resv_id, l.ord, l.wallet_id, l.factor, l.overrun, a.ord, a.room, a.block_id, a.period_from,
                  a.amount, a.spent, a.released
                FROM reservation_leg l LEFT JOIN reservation_alloc a ON a.resv_id = l.resv_id AND a.leg = l.ord
                WHERE l.resv_id = ANY (?) ORDER BY l.resv_id, l.ord, a.ord""";
        try (PreparedStatement statement = connection.prepareStatement(select)) {
            statement.setArray(1, WalletTables.uuids(connection, holds.keySet()));
            try (ResultSet rows = statement.executeQuery()) {
                Leg leg = null;
                Hold of = null;
                while (rows.next()) {
                    Hold hold = holds.get(rows.getObject(1, UUID.class));
                    if (hold == null) {
                        throw new IllegalStateException("a leg without its reservation");
                    }
                    if (leg == null || of != hold || leg.ordinal() != rows.getInt(2)) {
                        leg = new Leg(rows.getInt(2), rows.getObject(3, UUID.class), rows.getLong(4), rows.getLong(5));
                        hold.attach(leg);
                        of = hold;
                    }
                    int ordinal = rows.getInt(6);
                    if (!rows.wasNull()) {
                        leg.attach(new Alloc(
                                ordinal,
                                Room.values()[rows.getInt(7)],
                                rows.getObject(8, UUID.class),
                                Columns.instantOrNull(rows, 9),
                                rows.getLong(10),
                                rows.getLong(11),
                                rows.getLong(12)));
                    }
                }
            }
        }
    }

    /** Whose reservations those are, and on what terms: tells which wallets to lock. */
    public Map<UUID, Owner> owners(Connection connection, Collection<UUID> ids) throws SQLException {
        Map<UUID, Owner> owners = new LinkedHashMap<>();
        if (ids.isEmpty()) {
            return owners;
        }
        String select = """
                SELECT r.resv_id, r.root_customer, r.for_customer, r.terms_hash, t.body
                FROM reservation r JOIN terms t USING (terms_hash) WHERE r.resv_id = ANY (?)""";
        try (PreparedStatement statement = connection.prepareStatement(select)) {
            statement.setArray(1, WalletTables.uuids(connection, ids));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    UUID id = rows.getObject(1, UUID.class);
                    owners.put(
                            id,
                            new Owner(
                                    id,
                                    rows.getString(2),
                                    rows.getString(3),
                                    terms(rows.getBytes(4), rows.getString(5))));
                }
            }
        }
        return owners;
    }

    /** Holds whose deadline has passed, claimed so that several instances do not sweep the same. */
    public List<Due> claimDue(Connection connection, Instant now, int most) throws SQLException {
        List<Due> due = new ArrayList<>();
        String select = """
                SELECT resv_id, root_customer, for_customer FROM reservation
                WHERE state IN (0, 1, 2) AND deadline_at <= ? ORDER BY deadline_at LIMIT ? FOR UPDATE SKIP LOCKED""";
        try (PreparedStatement statement = connection.prepareStatement(select)) {
            Columns.set(statement, 1, now);
            statement.setInt(2, most);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    due.add(new Due(rows.getObject(1, UUID.class), rows.getString(2), rows.getString(3)));
                }
            }
        }
        return due;
    }

    /** The reservations with open overage room in a wallet's period, the oldest first. */
    public List<UUID> openOverage(Connection connection, UUID wallet, Instant periodFrom) throws SQLException {
        List<UUID> ids = new ArrayList<>();
        String select = """
                SELECT DISTINCT resv_id FROM reservation_alloc
                WHERE wallet_id = ? AND period_from = ? AND room = 1 AND spent + released < amount ORDER BY resv_id""";
        try (PreparedStatement statement = connection.prepareStatement(select)) {
            statement.setObject(1, wallet);
            Columns.set(statement, 2, periodFrom);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    ids.add(rows.getObject(1, UUID.class));
                }
            }
        }
        return ids;
    }

    public void write(Connection connection, Collection<Hold> holds) throws SQLException {
        List<Hold> changed = holds.stream().filter(Hold::changed).toList();
        List<Hold> fresh = changed.stream().filter(Hold::fresh).toList();
        insertTerms(connection, fresh);
        insert(connection, fresh);
        update(connection, changed.stream().filter(hold -> !hold.fresh()).toList());
        writeLegs(connection, changed);
        writeAllocs(connection, changed);
    }

    private void insertTerms(Connection connection, List<Hold> holds) throws SQLException {
        List<Terms> unknown = holds.stream()
                .map(Hold::terms)
                .distinct()
                .filter(terms -> !hashByTerms.containsKey(terms))
                .toList();
        if (unknown.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement(
                "INSERT INTO terms (terms_hash, body) VALUES (?, ?) ON CONFLICT (terms_hash) DO NOTHING")) {
            for (Terms terms : unknown) {
                statement.setBytes(1, hash(terms));
                statement.setString(2, json(terms));
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    private void insert(Connection connection, List<Hold> holds) throws SQLException {
        if (holds.isEmpty()) {
            return;
        }
        String insert = """
                INSERT INTO reservation (resv_id, kind, root_customer, for_customer, feature, resource, rate_version,
                  terms_hash, on_lapse, op_key, actor, created_at, state, lapsed, quantity, used, at_least, deadline_at,
                  closed_at)
                VALUES (?, 0, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""";
        try (PreparedStatement statement = connection.prepareStatement(insert)) {
            for (Hold hold : holds) {
                statement.setObject(1, hold.id());
                statement.setString(2, hold.root());
                statement.setString(3, hold.customer());
                statement.setString(4, hold.terms().feature());
                statement.setString(5, hold.resource());
                statement.setString(6, hold.terms().rateVersion());
                statement.setBytes(7, hash(hold.terms()));
                statement.setInt(8, hold.onLapse().ordinal());
                statement.setBytes(9, hold.operationKey());
                statement.setString(10, hold.actor());
                Columns.set(statement, 11, hold.createdAt());
                bindState(statement, 12, hold);
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    private static void update(Connection connection, List<Hold> holds) throws SQLException {
        if (holds.isEmpty()) {
            return;
        }
        String update = """
                UPDATE reservation SET state = ?, lapsed = ?, quantity = ?, used = ?, at_least = ?, deadline_at = ?,
                  closed_at = ?
                WHERE resv_id = ?""";
        try (PreparedStatement statement = connection.prepareStatement(update)) {
            for (Hold hold : holds) {
                int next = bindState(statement, 1, hold);
                statement.setObject(next, hold.id());
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    private static int bindState(PreparedStatement statement, int from, Hold hold) throws SQLException {
        int i = from;
        statement.setInt(i++, hold.state().code());
        statement.setBoolean(i++, hold.lapsed());
        statement.setLong(i++, hold.quantity());
        Columns.set(statement, i++, hold.used());
        Columns.set(statement, i++, hold.atLeast());
        Columns.set(statement, i++, hold.deadlineAt());
        Columns.set(statement, i++, hold.closedAt());
        return i;
    }

    private static void writeLegs(Connection connection, List<Hold> holds) throws SQLException {
        if (holds.stream().allMatch(hold -> hold.legs().isEmpty())) {
            return;
        }
        String upsert = """
                INSERT INTO reservation_leg (resv_id, ord, wallet_id, factor, granted, spent, released, overrun)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (resv_id, ord) DO UPDATE SET granted = excluded.granted, spent = excluded.spent,
                  released = excluded.released, overrun = excluded.overrun""";
        try (PreparedStatement statement = connection.prepareStatement(upsert)) {
            for (Hold hold : holds) {
                for (Leg leg : hold.legs()) {
                    statement.setObject(1, hold.id());
                    statement.setInt(2, leg.ordinal());
                    statement.setObject(3, leg.wallet());
                    statement.setLong(4, leg.factor());
                    statement.setLong(5, leg.granted());
                    statement.setLong(6, leg.spent());
                    statement.setLong(7, leg.released());
                    statement.setLong(8, leg.overrun());
                    statement.addBatch();
                }
            }
            statement.executeBatch();
        }
    }

    private static void writeAllocs(Connection connection, List<Hold> holds) throws SQLException {
        String upsert = """
                INSERT INTO reservation_alloc (resv_id, leg, ord, wallet_id, block_id, room, period_from, amount, spent,
                  released)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (resv_id, leg, ord) DO UPDATE SET amount = excluded.amount, spent = excluded.spent,
                  released = excluded.released""";
        boolean any = false;
        try (PreparedStatement statement = connection.prepareStatement(upsert)) {
            for (Hold hold : holds) {
                for (Leg leg : hold.legs()) {
                    for (Alloc alloc : leg.allocs()) {
                        statement.setObject(1, hold.id());
                        statement.setInt(2, leg.ordinal());
                        statement.setInt(3, alloc.ordinal());
                        statement.setObject(4, leg.wallet());
                        Columns.set(statement, 5, alloc.block());
                        statement.setInt(6, alloc.room().ordinal());
                        Columns.set(statement, 7, alloc.periodFrom());
                        statement.setLong(8, alloc.amount());
                        statement.setLong(9, alloc.spent());
                        statement.setLong(10, alloc.released());
                        statement.addBatch();
                        any = true;
                    }
                }
            }
            if (any) {
                statement.executeBatch();
            }
        }
    }

    private Hold hold(ResultSet row) throws SQLException {
        return new Hold(
                row.getObject(1, UUID.class),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                terms(row.getBytes(5), row.getString(17)),
                OnLapse.values()[row.getInt(6)],
                row.getBytes(7),
                row.getString(8),
                Columns.instant(row, 9),
                HoldState.of(row.getInt(10)),
                row.getBoolean(11),
                row.getLong(12),
                Columns.longOrNull(row, 13),
                Columns.longOrNull(row, 14),
                Columns.instant(row, 15),
                Columns.instantOrNull(row, 16));
    }

    private Terms terms(byte[] hash, String body) {
        String key = HexFormat.of().formatHex(hash);
        Terms known = termsByHash.get(key);
        if (known != null) {
            return known;
        }
        try {
            Terms terms = Json.lenientMapper().readValue(body, Terms.class);
            remember(key, terms, hash);
            return terms;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("stored terms cannot be read", e);
        }
    }

    /** Only after their row is committed may terms be believed to be stored. */
    public void committed(Collection<Hold> holds) {
        for (Hold hold : holds) {
            if (hold.fresh() && !hashByTerms.containsKey(hold.terms())) {
                byte[] hash = hash(hold.terms());
                remember(HexFormat.of().formatHex(hash), hold.terms(), hash);
            }
        }
    }

    private void remember(String key, Terms terms, byte[] hash) {
        if (termsByHash.size() > REMEMBERED_TERMS) {
            termsByHash.clear();
            hashByTerms.clear();
        }
        termsByHash.put(key, terms);
        hashByTerms.put(terms, hash);
    }

    private byte[] hash(Terms terms) {
        byte[] known = hashByTerms.get(terms);
        return known != null ? known : Sha256.digest(json(terms).getBytes(StandardCharsets.UTF_8));
    }

    private static String json(Terms terms) {
        return CanonicalJson.write(terms);
    }
}
