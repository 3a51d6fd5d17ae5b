package dev.weir.ledger.posting.persistence;

import dev.weir.ledger.Column;
import dev.weir.ledger.RoundTrip;
import dev.weir.ledger.posting.domain.Alloc;
import dev.weir.ledger.posting.domain.Hold;
import dev.weir.ledger.posting.domain.Leg;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** Writes reservations with their legs and parts, one statement for each kind of change however many rows it has. */
@ApplicationScoped
public class HoldWriter {
    private static final String INSERT =
            """
            INSERT INTO reservation (resv_id, kind, root_customer, for_customer, feature, resource, rate_version, terms_hash,
              on_lapse, op_key, actor, created_at, state, lapsed, quantity, used, at_least, deadline_at, closed_at,
              budget_id, budget_held)
            SELECT g.resv_id, 0, g.root_customer, g.for_customer, g.feature, g.resource, g.rate_version, g.terms_hash,
              g.on_lapse, g.op_key, g.actor, %s, g.state, g.lapsed, g.quantity, g.used, g.at_least, %s, %s,
              g.budget_id, g.budget_held
            FROM unnest(?::uuid[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::bytea[], ?::int[], ?::bytea[],
                ?::text[], ?::bigint[], ?::int[], ?::bool[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[],
                ?::uuid[], ?::bigint[])
              AS g (resv_id, root_customer, for_customer, feature, resource, rate_version, terms_hash, on_lapse, op_key, actor,
                created_at, state, lapsed, quantity, used, at_least, deadline_at, closed_at, budget_id, budget_held)""".formatted(Column.time("g.created_at"), Column.time("g.deadline_at"), Column.time("g.closed_at"));

    private static final String UPDATE = """
            UPDATE reservation AS r SET state = g.state, lapsed = g.lapsed, quantity = g.quantity, used = g.used,
              at_least = g.at_least, deadline_at = %s, closed_at = %s, budget_id = g.budget_id, budget_held = g.budget_held
            FROM unnest(?::uuid[], ?::int[], ?::bool[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[],
                ?::uuid[], ?::bigint[])
              AS g (resv_id, state, lapsed, quantity, used, at_least, deadline_at, closed_at, budget_id, budget_held)
            WHERE r.resv_id = g.resv_id""".formatted(Column.time("g.deadline_at"), Column.time("g.closed_at"));

    private final TermsTable terms;

    HoldWriter(TermsTable terms) {
        this.terms = terms;
    }

    /** Adds the reservations' changes to a round trip. */
    public void write(RoundTrip trip, Collection<Hold> holds) {
        List<Hold> changed = holds.stream().filter(Hold::changed).toList();
        List<Hold> fresh = changed.stream().filter(Hold::fresh).toList();
        List<Hold> known = changed.stream().filter(hold -> !hold.fresh()).toList();
        terms.insert(trip, fresh.stream().map(Hold::terms).toList());
        insert(trip, fresh);
        update(trip, known);
        insertLegs(trip, LegRow.of(fresh));
        updateLegs(trip, LegRow.of(known));
        insertParts(trip, AllocRow.of(fresh));
        updateParts(trip, AllocRow.of(known));
    }

    private void insert(RoundTrip trip, List<Hold> holds) {
        if (holds.isEmpty()) {
            return;
        }
        trip.update(
                INSERT,
                Column.uuids(holds, Hold::id),
                Column.texts(holds, Hold::root),
                Column.texts(holds, Hold::customer),
                Column.texts(holds, hold -> hold.terms().feature()),
                Column.texts(holds, Hold::resource),
                Column.texts(holds, hold -> hold.terms().rateVersion()),
                Column.bytes(holds, hold -> terms.hash(hold.terms())),
                Column.ints(holds, hold -> hold.onLapse().ordinal()),
                Column.bytes(holds, Hold::operationKey),
                Column.texts(holds, Hold::actor),
                Column.times(holds, Hold::createdAt),
                Column.ints(holds, hold -> hold.state().code()),
                Column.booleans(holds, Hold::lapsed),
                Column.longs(holds, Hold::quantity),
                Column.optionalLongs(holds, Hold::used),
                Column.optionalLongs(holds, Hold::atLeast),
                Column.times(holds, Hold::deadlineAt),
                Column.times(holds, Hold::closedAt),
                Column.uuids(holds, Hold::budget),
                Column.longs(holds, Hold::budgetHeld));
    }

    private static void update(RoundTrip trip, List<Hold> holds) {
        if (holds.isEmpty()) {
            return;
        }
        trip.update(
                UPDATE,
                Column.uuids(holds, Hold::id),
                Column.ints(holds, hold -> hold.state().code()),
                Column.booleans(holds, Hold::lapsed),
                Column.longs(holds, Hold::quantity),
                Column.optionalLongs(holds, Hold::used),
                Column.optionalLongs(holds, Hold::atLeast),
                Column.times(holds, Hold::deadlineAt),
                Column.times(holds, Hold::closedAt),
                Column.uuids(holds, Hold::budget),
                Column.longs(holds, Hold::budgetHeld));
    }

    private record LegRow(UUID hold, Leg leg) {
        static List<LegRow> of(List<Hold> holds) {
            return holds.stream()
                    .flatMap(hold -> hold.legs().stream().map(leg -> new LegRow(hold.id(), leg)))
                    .toList();
        }
    }

    private static final String LEG_ROWS = """
            FROM unnest(?::uuid[], ?::int[], ?::uuid[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[])
              AS g (resv_id, ord, wallet_id, factor, granted, spent, released, overrun)""";

    private static void insertLegs(RoundTrip trip, List<LegRow> rows) {
        if (!rows.isEmpty()) {
            trip.update(
                    "INSERT INTO reservation_leg (resv_id, ord, wallet_id, factor, granted, spent, released, overrun)"
                            + " SELECT g.* " + LEG_ROWS,
                    legs(rows));
        }
    }

    /** A leg is in the primary key's order: a hold may get one more when it is extended. */
    private static void updateLegs(RoundTrip trip, List<LegRow> rows) {
        if (!rows.isEmpty()) {
            trip.update(
                    "INSERT INTO reservation_leg (resv_id, ord, wallet_id, factor, granted, spent, released, overrun)"
                            + " SELECT g.* " + LEG_ROWS + """
                             ON CONFLICT (resv_id, ord) DO UPDATE SET granted = excluded.granted, spent = excluded.spent,
                              released = excluded.released, overrun = excluded.overrun""",
                    legs(rows));
        }
    }

    private static Object[] legs(List<LegRow> rows) {
        return new Object[] {
            Column.uuids(rows, LegRow::hold),
            Column.ints(rows, row -> row.leg().ordinal()),
            Column.uuids(rows, row -> row.leg().wallet()),
            Column.longs(rows, row -> row.leg().factor()),
            Column.longs(rows, row -> row.leg().granted()),
            Column.longs(rows, row -> row.leg().spent()),
            Column.longs(rows, row -> row.leg().released()),
            Column.longs(rows, row -> row.leg().overrun())
        };
    }

    private record AllocRow(UUID hold, Leg leg, Alloc alloc) {
        static List<AllocRow> of(List<Hold> holds) {
            return holds.stream()
                    .flatMap(hold -> hold.legs().stream()
                            .flatMap(leg -> leg.allocs().stream().map(alloc -> new AllocRow(hold.id(), leg, alloc))))
                    .toList();
        }
    }

    private static final String INSERT_PARTS = """
            INSERT INTO reservation_alloc (resv_id, leg, ord, wallet_id, block_id, room, period_from, amount, spent, released)
            SELECT g.resv_id, g.leg, g.ord, g.wallet_id, g.block_id, g.room, %s, g.amount, g.spent, g.released
            FROM unnest(?::uuid[], ?::int[], ?::int[], ?::uuid[], ?::uuid[], ?::int[], ?::bigint[], ?::bigint[], ?::bigint[],
                ?::bigint[])
              AS g (resv_id, leg, ord, wallet_id, block_id, room, period_from, amount, spent, released)""".formatted(Column.time("g.period_from"));

    private static void insertParts(RoundTrip trip, List<AllocRow> rows) {
        if (!rows.isEmpty()) {
            trip.update(INSERT_PARTS, parts(rows));
        }
    }

    /** An extend or a raise may add parts to a hold that is stored. */
    private static void updateParts(RoundTrip trip, List<AllocRow> rows) {
        if (!rows.isEmpty()) {
            trip.update(INSERT_PARTS + """
                     ON CONFLICT (resv_id, leg, ord) DO UPDATE SET amount = excluded.amount, spent = excluded.spent,
                      released = excluded.released""", parts(rows));
        }
    }

    private static Object[] parts(List<AllocRow> rows) {
        return new Object[] {
            Column.uuids(rows, AllocRow::hold),
            Column.ints(rows, row -> row.leg().ordinal()),
            Column.ints(rows, row -> row.alloc().ordinal()),
            Column.uuids(rows, row -> row.leg().wallet()),
            Column.uuids(rows, row -> row.alloc().block()),
            Column.ints(rows, row -> row.alloc().room().ordinal()),
            Column.times(rows, row -> row.alloc().periodFrom()),
            Column.longs(rows, row -> row.alloc().amount()),
            Column.longs(rows, row -> row.alloc().spent()),
            Column.longs(rows, row -> row.alloc().released())
        };
    }
}
