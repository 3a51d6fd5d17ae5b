package dev.weir.metering.event.persistence;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.metering.Database;
import dev.weir.metering.event.app.EventRows;
import dev.weir.metering.event.domain.EventContent;
import dev.weir.metering.event.domain.Reversal;
import dev.weir.metering.event.domain.Settlement;
import dev.weir.metering.event.domain.UsageEvent;
import dev.weir.platform.kernel.Json;
import dev.weir.platform.kernel.Shard;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Events, their identities and settlements in PostgreSQL. */
@Singleton
class EventStore implements EventRows {

    // One round trip: the identity decides, in the order of identities so that two batches never wait for each other in
    // a ring.
    private static final String INSERT = """
            WITH input AS (
                SELECT * FROM unnest(?::uuid[], ?::text[], ?::smallint[], ?::text[], ?::text[], ?::text[], ?::text[],
                                     ?::timestamptz[], ?::text[], ?::boolean[], ?::uuid[], ?::uuid[], ?::timestamptz[])
                    AS i (identity, customer, shard, source, event_id, type, resource, event_time, data, reported,
                          content, given_data, given_time)
            ), taken AS (
                INSERT INTO event_identity (identity, received_at, seq, content, data, event_time)
                SELECT identity, ?, nextval('usage_event_seq'), content, given_data, given_time FROM input ORDER BY identity
                ON CONFLICT DO NOTHING
                RETURNING identity, received_at, seq
            ), kept AS (
                INSERT INTO usage_event (seq, received_at, identity, customer, source, event_id, type, resource, event_time,
                                         data, reported)
                SELECT t.seq, t.received_at, identity, i.customer, i.source, i.event_id, i.type, i.resource, i.event_time,
                       i.data::jsonb, i.reported
                FROM input i JOIN taken t USING (identity)
            ), pending AS (
                INSERT INTO pending_usage (shard, customer, seq, received_at)
                SELECT i.shard, i.customer, t.seq, t.received_at FROM input i JOIN taken t USING (identity)
            )
            SELECT identity, seq FROM taken""";

    private static final String EVENT_COLUMNS =
            "seq, received_at, identity, customer, source, event_id, type, resource, event_time, data, reported";

    private final Database database;

    EventStore(Database database) {
        this.database = database;
    }

    @Override
    public Map<UUID, Long> insertNew(List<NewEvent> events, Instant receivedAt) {
        Map<UUID, Long> inserted = new HashMap<>();
        database.each(
                INSERT,
                p -> p.column("uuid", events, NewEvent::identity)
                        .column("text", events, NewEvent::customer)
                        .column("int2", events, event -> (short) Shard.number(event.customer()))
                        .column("text", events, NewEvent::source)
                        .column("text", events, NewEvent::id)
                        .column("text", events, NewEvent::type)
                        .column("text", events, NewEvent::resource)
                        .column("timestamptz", events, NewEvent::time)
                        .column("text", events, event -> json(event.data()))
                        .column("bool", events, NewEvent::reported)
                        .column("uuid", events, event -> event.content().what())
                        .column("uuid", events, event -> event.content().data())
                        .column("timestamptz", events, event -> event.content().time())
                        .instant(receivedAt),
                row -> Map.entry(Database.uuid(row, "identity"), row.getLong("seq")),
                entry -> inserted.put(entry.getKey(), entry.getValue()));
        return inserted;
    }

    @Override
    public Map<UUID, KnownEvent> known(Collection<UUID> identities) {
        Map<UUID, KnownEvent> known = new HashMap<>();
        database.each(
                "SELECT * FROM event_identity WHERE identity = ANY(?)",
                p -> p.all("uuid", identities),
                row -> new KnownEvent(
                        Database.uuid(row, "identity"),
                        row.getLong("seq"),
                        Database.instant(row, "received_at"),
                        new EventContent(
                                Database.uuid(row, "content"),
                                Database.uuidOrNull(row, "data"),
                                Database.instantOrNull(row, "event_time"))),
                event -> known.put(event.identity(), event));
        return known;
    }

    @Override
    public Optional<UsageEvent> lock(KnownEvent known) {
        return database.first(
                "SELECT " + EVENT_COLUMNS + " FROM usage_event WHERE seq = ? AND received_at = ? FOR UPDATE",
                p -> p.number(known.seq()).instant(known.receivedAt()),
                EventStore::event);
    }

    @Override
    public void replace(UsageEvent event, EventContent content) {
        database.update(
                """
                UPDATE usage_event SET customer = ?, type = ?, resource = ?, event_time = ?, data = ?::jsonb
                WHERE seq = ? AND received_at = ?""",
                p -> p.text(event.customer())
                        .text(event.type())
                        .text(event.resource())
                        .instant(event.time())
                        .text(json(event.data()))
                        .number(event.seq())
                        .instant(event.receivedAt()));
        database.update(
                "UPDATE event_identity SET content = ?, data = ?, event_time = ? WHERE identity = ?",
                p -> p.uuid(content.what())
                        .uuid(content.data())
                        .instant(content.time())
                        .uuid(event.identity()));
    }

    @Override
    public void insertConflict(UsageEvent gaveWay, UUID reservation, Instant foundAt) {
        database.update(
                """
                INSERT INTO event_conflict (seq, customer, source, event_id, reservation, replaced, found_at)
                VALUES (?, ?, ?, ?, ?, ?::jsonb, ?)""",
                p -> p.number(gaveWay.seq())
                        .text(gaveWay.customer())
                        .text(gaveWay.source())
                        .text(gaveWay.id())
                        .uuid(reservation)
                        .text(json(Json.mapper().valueToTree(gaveWay)))
                        .instant(foundAt));
    }

    @Override
    public boolean insertSettlement(long seq, Instant receivedAt, Settlement s) {
        return database.update(
                        """
                        INSERT INTO usage_settlement (reservation, received_at, seq, feature, feature_type, root, resource,
                            quantity, scale, effective_at, unlimited, subscription, plan, plan_version, plan_hash, period_from,
                            period_to, window_start, window_end, already_charged)
                        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                        ON CONFLICT DO NOTHING""",
                        p -> p.uuid(s.reservation())
                                .instant(receivedAt)
                                .number(seq)
                                .text(s.feature())
                                .text(s.featureType())
                                .text(s.root())
                                .text(s.resource())
                                .number(s.quantity())
                                .small(s.scale())
                                .instant(s.effectiveAt())
                                .flag(s.unlimited())
                                .uuid(s.subscription())
                                .text(s.plan())
                                .number(s.planVersion())
                                .text(s.planHash())
                                .instant(s.periodFrom())
                                .instant(s.periodTo())
                                .instant(s.windowStart())
                                .instant(s.windowEnd())
                                .flag(s.alreadyCharged()))
                == 1;
    }

    @Override
    public boolean insertReversal(Reversal reversal) {
        return database.update(
                        """
                        INSERT INTO usage_reversal (reversal, identity, feature, reservation, quantity, reversed_at)
                        VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING""",
                        p -> p.uuid(reversal.reversal())
                                .uuid(reversal.identity())
                                .text(reversal.feature())
                                .uuid(reversal.reservation())
                                .number(reversal.quantity())
                                .instant(reversal.reversedAt()))
                == 1;
    }

    @Override
    public boolean hasSettlement(long seq, Instant receivedAt) {
        return database.first(
                        "SELECT 1 FROM usage_settlement WHERE seq = ? AND received_at = ? LIMIT 1",
                        p -> p.number(seq).instant(receivedAt),
                        row -> true)
                .isPresent();
    }

    @Override
    public void insertPending(String customer, long seq, Instant receivedAt) {
        database.update(
                "INSERT INTO pending_usage (shard, customer, seq, received_at) VALUES (?, ?, ?, ?)",
                p -> p.small(Shard.number(customer)).text(customer).number(seq).instant(receivedAt));
    }

    @Override
    public int insertPendingSince(String customer, Instant from, Instant receivedSince) {
        return database.update(
                """
                INSERT INTO pending_usage (shard, customer, seq, received_at)
                SELECT ?, customer, seq, received_at FROM usage_event
                WHERE customer = ? AND event_time >= ? AND received_at >= ?""",
                p -> p.small(Shard.number(customer))
                        .text(customer)
                        .instant(from)
                        .instant(receivedSince));
    }

    @Override
    public Set<Integer> lockShards(Collection<Integer> shards, boolean wait) {
        return new HashSet<>(database.query(
                "SELECT shard FROM work_shard WHERE shard = ANY(?) ORDER BY shard FOR UPDATE"
                        + (wait ? "" : " SKIP LOCKED"),
                p -> p.column("int2", shards, Integer::shortValue),
                row -> row.getInt(1)));
    }

    @Override
    public List<UsageEvent> list(String customer, Instant before, long beforeSeq, int limit) {
        return database.query(
                "SELECT " + EVENT_COLUMNS + """
                         FROM usage_event WHERE customer = ? AND (event_time, seq) < (?, ?)
                        ORDER BY event_time DESC, seq DESC LIMIT ?""",
                p -> p.text(customer).instant(before).number(beforeSeq).number(limit),
                EventStore::event);
    }

    @Override
    public int purgeIdentities(Instant before, int limit) {
        return database.update("""
                DELETE FROM event_identity WHERE identity IN (
                    SELECT identity FROM event_identity WHERE received_at < ? LIMIT ?)""", p -> p.instant(before).number(limit));
    }

    @Override
    public int purgeEvents(Instant receivedBefore, Instant periodsEnded, int limit) {
        return database.update(
                """
                WITH gone AS (
                    SELECT e.seq, e.received_at FROM usage_event e
                    WHERE e.received_at < ?
                        AND NOT EXISTS (SELECT 1 FROM pending_usage p WHERE p.seq = e.seq)
                        AND NOT EXISTS (
                            SELECT 1 FROM counted_usage c JOIN usage_window w ON w.window_id = c.window_id
                            WHERE c.seq = e.seq AND c.received_at = e.received_at
                                AND w.aggregation NOT IN ('SUM', 'COUNT')
                                AND (w.period_to IS NULL OR w.period_to > ?))
                    ORDER BY e.received_at LIMIT ?),
                settlements AS (
                    DELETE FROM usage_settlement s USING gone g WHERE s.seq = g.seq AND s.received_at = g.received_at),
                counted AS (
                    DELETE FROM counted_usage c USING gone g WHERE c.seq = g.seq AND c.received_at = g.received_at)
                DELETE FROM usage_event e USING gone g WHERE e.seq = g.seq AND e.received_at = g.received_at""", p -> p.instant(receivedBefore).instant(periodsEnded).number(limit));
    }

    @Override
    public int dropEmptyPartitions(Instant before) {
        return database.first("SELECT drop_empty_usage_partitions(?)", p -> p.instant(before), row -> row.getInt(1))
                .orElse(0);
    }

    @Override
    public void ensurePartitions(Instant around) {
        database.query(
                "SELECT ensure_usage_partitions((?::timestamptz + n * interval '1 month')::date) FROM generate_series(0, 2) n",
                p -> p.instant(around),
                row -> true);
    }

    private static UsageEvent event(ResultSet row) throws SQLException {
        return new UsageEvent(
                row.getLong("seq"),
                Database.instant(row, "received_at"),
                Database.uuid(row, "identity"),
                row.getString("customer"),
                row.getString("source"),
                row.getString("event_id"),
                Database.textOrNull(row, "type"),
                Database.textOrNull(row, "resource"),
                Database.instant(row, "event_time"),
                object(row.getString("data")),
                row.getBoolean("reported"));
    }

    private static ObjectNode object(String json) {
        try {
            return (ObjectNode) Json.lenientMapper().readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the database keeps only JSON objects", e);
        }
    }

    private static String json(com.fasterxml.jackson.databind.JsonNode node) {
        try {
            return Json.mapper().writeValueAsString(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a JSON tree can always be written", e);
        }
    }
}
