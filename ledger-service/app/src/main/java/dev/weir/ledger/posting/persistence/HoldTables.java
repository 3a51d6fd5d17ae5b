package dev.weir.ledger.posting.persistence;

import dev.weir.ledger.Column;
import dev.weir.ledger.Columns;
import dev.weir.ledger.RoundTrip;
import dev.weir.ledger.posting.domain.Alloc;
import dev.weir.ledger.posting.domain.Hold;
import dev.weir.ledger.posting.domain.HoldState;
import dev.weir.ledger.posting.domain.Leg;
import dev.weir.ledger.posting.domain.OnLapse;
import dev.weir.ledger.posting.domain.Room;
import dev.weir.ledger.posting.domain.Terms;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Reads reservations with their legs and parts. */
@ApplicationScoped
public class HoldTables {
    private static final int REMEMBERED_OWNERS = 50_000;

    private final TermsTable terms;

    // A reservation's owner and terms never change. Dropped whole when they grow too many.
    private final Map<UUID, Owner> owners = new ConcurrentHashMap<>();

    HoldTables(TermsTable terms) {
        this.terms = terms;
    }

    /** Who may have a say in a reservation, without its lock. */
    public record Owner(UUID reservation, String root, String customer, Terms terms) {}

    /** Reservations that a round trip reads; they are there once it has run, see {@link #holds}. */
    public static final class Reading {
        private final List<Stored> stored = new ArrayList<>();
        private final Map<UUID, List<Leg>> legs = new HashMap<>();

        private Reading() {}

        private void reservations(ResultSet rows) throws SQLException {
            while (rows.next()) {
                stored.add(new Stored(
                        rows.getObject(1, UUID.class),
                        rows.getString(2),
                        rows.getString(3),
                        rows.getString(4),
                        hex(rows.getBytes(5)),
                        OnLapse.values()[rows.getInt(6)],
                        rows.getBytes(7),
                        rows.getString(8),
                        Columns.instant(rows, 9),
                        HoldState.of(rows.getInt(10)),
                        rows.getBoolean(11),
                        rows.getLong(12),
                        Columns.longOrNull(rows, 13),
                        Columns.longOrNull(rows, 14),
                        Columns.instant(rows, 15),
                        Columns.instantOrNull(rows, 16),
                        rows.getObject(17, UUID.class),
                        rows.getLong(18)));
            }
        }

        private void legs(ResultSet rows) throws SQLException {
            while (rows.next()) {
                List<Leg> ofHold = legs.computeIfAbsent(rows.getObject(1, UUID.class), id -> new ArrayList<>());
                int ordinal = rows.getInt(2);
                if (ofHold.isEmpty() || ofHold.getLast().ordinal() != ordinal) {
                    ofHold.add(new Leg(ordinal, rows.getObject(3, UUID.class), rows.getLong(4), rows.getLong(5)));
                }
                int part = rows.getInt(6);
                if (!rows.wasNull()) {
                    ofHold.getLast()
                            .attach(new Alloc(
                                    part,
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

    private record Stored(
            UUID id,
            String root,
            String customer,
            @Nullable String resource,
            String termsHash,
            OnLapse onLapse,
            byte[] operationKey,
            String actor,
            Instant createdAt,
            HoldState state,
            boolean lapsed,
            long quantity,
            @Nullable Long used,
            @Nullable Long atLeast,
            Instant deadlineAt,
            @Nullable Instant closedAt,
            @Nullable UUID budget,
            long budgetHeld) {
        Hold hold(Terms terms) {
            Hold hold = new Hold(
                    id,
                    root,
                    customer,
                    resource,
                    terms,
                    onLapse,
                    operationKey,
                    actor,
                    createdAt,
                    state,
                    lapsed,
                    quantity,
                    used,
                    atLeast,
                    deadlineAt,
                    closedAt);
            hold.attachBudget(budget, budgetHeld);
            return hold;
        }
    }

    /** A hold whose deadline has passed. */
    public record Due(UUID reservation, String root, String customer) {}

    /** Reads reservations; the wallets of their legs must be locked for them to be changed. */
    public Map<UUID, Hold> load(Connection connection, Collection<UUID> ids) throws SQLException {
        if (ids.isEmpty()) {
            return Map.of();
        }
        RoundTrip trip = new RoundTrip();
        Reading reading = load(trip, ids);
        trip.run(connection);
        return holds(connection, reading);
    }

    /** Adds reservations to a round trip; once it has run, {@link #holds} has them. */
    public Reading load(RoundTrip trip, Collection<UUID> ids) {
        Reading reading = new Reading();
        if (ids.isEmpty()) {
            return reading;
        }
        Column wanted = Column.uuids(ids);
        trip.query("""
                SELECT resv_id, root_customer, for_customer, resource, terms_hash, on_lapse, op_key, actor, created_at, state,
                  lapsed, quantity, used, at_least, deadline_at, closed_at, budget_id, budget_held
                FROM reservation WHERE resv_id = ANY (?) ORDER BY resv_id FOR UPDATE""", rows -> reading.reservations(rows), wanted);
        trip.query("""
                SELECT l.resv_id, l.ord, l.wallet_id, l.factor, l.overrun, a.ord, a.room, a.block_id, a.period_from,
                  a.amount, a.spent, a.released
                FROM reservation_leg l LEFT JOIN reservation_alloc a ON a.resv_id = l.resv_id AND a.leg = l.ord
                WHERE l.resv_id = ANY (?) ORDER BY l.resv_id, l.ord, a.ord""", rows -> reading.legs(rows), wanted);
        return reading;
    }

    /** The reservations that a round trip has read. */
    public Map<UUID, Hold> holds(Connection connection, Reading reading) throws SQLException {
        Map<String, Terms> byHash = terms.read(
                connection, reading.stored.stream().map(Stored::termsHash).toList());
        Map<UUID, Hold> holds = new LinkedHashMap<>();
        for (Stored stored : reading.stored) {
            Hold hold = stored.hold(Objects.requireNonNull(byHash.get(stored.termsHash())));
            reading.legs.getOrDefault(hold.id(), List.of()).forEach(hold::attach);
            holds.put(hold.id(), hold);
        }
        return holds;
    }

    /** Whose reservation it is, if this process made it or met it of late. */
    public Optional<Owner> remembered(UUID id) {
        return Optional.ofNullable(owners.get(id));
    }

    /** Whose reservations those are, and on what terms: tells which wallets to lock. */
    public Map<UUID, Owner> owners(Connection connection, Collection<UUID> ids) throws SQLException {
        Map<UUID, Owner> all = new LinkedHashMap<>();
        List<UUID> unknown = new ArrayList<>();
        for (UUID id : ids) {
            Owner owner = owners.get(id);
            if (owner == null) {
                unknown.add(id);
            } else {
                all.put(id, owner);
            }
        }
        if (unknown.isEmpty()) {
            return all;
        }
        record Found(UUID id, String root, String customer, String hash) {}
        List<Found> found = new ArrayList<>();
        new RoundTrip()
                .query(
                        "SELECT resv_id, root_customer, for_customer, terms_hash FROM reservation WHERE resv_id = ANY (?)",
                        rows -> {
                            while (rows.next()) {
                                found.add(new Found(
                                        rows.getObject(1, UUID.class),
                                        rows.getString(2),
                                        rows.getString(3),
                                        hex(rows.getBytes(4))));
                            }
                        },
                        Column.uuids(unknown))
                .run(connection);
        Map<String, Terms> byHash =
                terms.read(connection, found.stream().map(Found::hash).toList());
        for (Found row : found) {
            all.put(
                    row.id(),
                    new Owner(row.id(), row.root(), row.customer(), Objects.requireNonNull(byHash.get(row.hash()))));
        }
        return all;
    }

    private static String hex(byte[] hash) {
        return HexFormat.of().formatHex(hash);
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

    /** Only after their rows are committed may holds and their terms be believed to be stored. */
    public void committed(Collection<Hold> holds) {
        for (Hold hold : holds) {
            terms.stored(hold.terms());
            if (owners.size() > REMEMBERED_OWNERS) {
                owners.clear();
            }
            owners.put(hold.id(), new Owner(hold.id(), hold.root(), hold.customer(), hold.terms()));
        }
    }
}
