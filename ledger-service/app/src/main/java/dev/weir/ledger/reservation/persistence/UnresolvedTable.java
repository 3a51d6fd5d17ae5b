package dev.weir.ledger.reservation.persistence;

import dev.weir.ledger.Column;
import dev.weir.ledger.Columns;
import dev.weir.ledger.RoundTrip;
import dev.weir.ledger.posting.domain.HoldState;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Reservations that nobody reported on. */
@ApplicationScoped
public class UnresolvedTable {
    private static final UUID FIRST = new UUID(0, 0);

    private final DataSource database;

    UnresolvedTable(DataSource database) {
        this.database = database;
    }

    /** What a reservation still holds in one wallet, atoms. */
    public record Open(String unit, int scale, long amount) {}

    /**
     * One of them.
     *
     * @param state QUARANTINED while its credit is held, RELEASED once it was given back without a report
     */
    public record Unresolved(
            UUID id,
            String customer,
            String feature,
            HoldState state,
            Instant createdAt,
            Instant deadlineAt,
            @Nullable Instant closedAt,
            List<Open> held) {}

    /** How many there are in quarantine, and how many were closed without a report. */
    public record Count(long quarantined, long released) {}

    /** A page, the oldest first. */
    public List<Unresolved> page(@Nullable UUID after, @Nullable String customer, int most) {
        List<Unresolved> found = new ArrayList<>();
        try (Connection connection = database.getConnection()) {
            new RoundTrip()
                    .query(
                            """
                            SELECT resv_id, for_customer, feature, state, created_at, deadline_at, closed_at FROM reservation
                            WHERE lapsed AND state IN (1, 2, 4) AND resv_id > ? AND (?::text IS NULL OR for_customer = ?::text)
                            ORDER BY resv_id LIMIT ?""",
                            rows -> {
                                while (rows.next()) {
                                    found.add(new Unresolved(
                                            rows.getObject(1, UUID.class),
                                            rows.getString(2),
                                            rows.getString(3),
                                            HoldState.of(rows.getInt(4)),
                                            Columns.instant(rows, 5),
                                            Columns.instant(rows, 6),
                                            Columns.instantOrNull(rows, 7),
                                            List.of()));
                                }
                            },
                            after == null ? FIRST : after,
                            customer == null ? Column.absent() : customer,
                            customer == null ? Column.absent() : customer,
                            most)
                    .run(connection);
            Map<UUID, List<Open>> open =
                    open(connection, found.stream().map(Unresolved::id).toList());
            return found.stream()
                    .map(one -> new Unresolved(
                            one.id(),
                            one.customer(),
                            one.feature(),
                            one.state(),
                            one.createdAt(),
                            one.deadlineAt(),
                            one.closedAt(),
                            open.getOrDefault(one.id(), List.of())))
                    .toList();
        } catch (SQLException e) {
            throw new IllegalStateException("unresolved reservations cannot be read", e);
        }
    }

    private static Map<UUID, List<Open>> open(Connection connection, List<UUID> ids) throws SQLException {
        Map<UUID, List<Open>> open = new HashMap<>();
        new RoundTrip()
                .query(
                        """
                        SELECT a.resv_id, w.unit, w.scale, sum(a.amount - a.spent - a.released)::bigint
                        FROM reservation_alloc a JOIN wallet w USING (wallet_id)
                        WHERE a.resv_id = ANY (?) GROUP BY a.resv_id, a.leg, w.unit, w.scale
                        HAVING sum(a.amount - a.spent - a.released) > 0 ORDER BY a.resv_id, a.leg""",
                        rows -> {
                            while (rows.next()) {
                                open.computeIfAbsent(rows.getObject(1, UUID.class), id -> new ArrayList<>())
                                        .add(new Open(rows.getString(2), rows.getInt(3), rows.getLong(4)));
                            }
                        },
                        Column.uuids(ids))
                .run(connection);
        return open;
    }

    /** Counts them. */
    public Count count() {
        Count[] count = new Count[1];
        try (Connection connection = database.getConnection()) {
            new RoundTrip()
                    .query("""
                            SELECT count(*) FILTER (WHERE state <> 4), count(*) FILTER (WHERE state = 4) FROM reservation
                            WHERE lapsed AND state IN (1, 2, 4)""", rows -> {
                        rows.next();
                        count[0] = new Count(rows.getLong(1), rows.getLong(2));
                    })
                    .run(connection);
            return count[0];
        } catch (SQLException e) {
            throw new IllegalStateException("unresolved reservations cannot be counted", e);
        }
    }
}
