package dev.weir.metering.window.persistence;

import dev.weir.metering.Database;
import dev.weir.metering.Parameters;
import dev.weir.metering.event.domain.Reversal;
import dev.weir.metering.event.domain.Settlement;
import dev.weir.metering.event.domain.UsageEvent;
import dev.weir.metering.window.app.WindowRows;
import dev.weir.metering.window.domain.CountedUsage;
import dev.weir.metering.window.domain.Recount.Period;
import dev.weir.metering.window.domain.UsageWindow;
import dev.weir.metering.window.domain.WindowFrame;
import dev.weir.metering.window.domain.WindowTotals;
import dev.weir.platform.kernel.Shard;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Counted usage and windows in PostgreSQL. */
@Singleton
class WindowStore implements WindowRows {

    private static final String SAVE = """
            INSERT INTO usage_window AS w (window_id, authority, work_shard, shard, customer, root, known, feature, feature_type, aggregation,
                resource, starts_at, ends_at, scale, unlimited, subscription, plan, plan_version, plan_hash, period_from,
                period_to, reported, reported_revision, enforced, unpriced, event_count, latest_event_at, dirty_since,
                changed_at, closed_revision)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0)
            ON CONFLICT (window_id) DO UPDATE SET authority = excluded.authority, shard = excluded.shard, root = excluded.root, known = excluded.known,
                aggregation = excluded.aggregation, ends_at = excluded.ends_at, scale = excluded.scale,
                unlimited = excluded.unlimited, subscription = excluded.subscription, plan = excluded.plan,
                plan_version = excluded.plan_version, plan_hash = excluded.plan_hash, period_from = excluded.period_from,
                period_to = excluded.period_to, reported = excluded.reported,
                reported_revision = excluded.reported_revision, enforced = excluded.enforced, unpriced = excluded.unpriced,
                event_count = excluded.event_count, latest_event_at = excluded.latest_event_at,
                dirty_since = coalesce(w.dirty_since, excluded.dirty_since), changed_at = excluded.changed_at""";

    private final Database database;

    WindowStore(Database database) {
        this.database = database;
    }

    @Override
    public List<Integer> pendingShards(int limit) {
        return database.query("""
                SELECT shard FROM (SELECT shard FROM pending_usage WHERE retry_at IS NULL OR retry_at <= now()
                                   ORDER BY id LIMIT 20000) p
                GROUP BY shard LIMIT ?""", p -> p.number(limit), row -> row.getInt(1));
    }

    @Override
    public List<Pending> pending(Set<Integer> shards, int limit) {
        return database.query(
                """
                SELECT p.id, p.customer AS for_customer, e.*
                FROM (SELECT * FROM pending_usage WHERE shard = ANY(?) AND (retry_at IS NULL OR retry_at <= now())
                      ORDER BY id LIMIT ?) p
                JOIN usage_event e ON e.seq = p.seq AND e.received_at = p.received_at
                ORDER BY p.id""",
                p -> p.column("int2", shards, Integer::shortValue).number(limit),
                row -> new Pending(row.getLong("id"), row.getString("for_customer"), WindowMapping.event(row)));
    }

    @Override
    public Map<Long, Integer> pendingIds(int limit) {
        Map<Long, Integer> ids = new LinkedHashMap<>();
        database.each(
                "SELECT id, shard FROM pending_usage WHERE retry_at IS NULL OR retry_at <= now() ORDER BY id LIMIT ?",
                p -> p.number(limit),
                row -> Map.entry(row.getLong(1), row.getInt(2)),
                entry -> ids.put(entry.getKey(), entry.getValue()));
        return ids;
    }

    @Override
    public Optional<Pending> pending(long id) {
        return database.first(
                """
                SELECT p.id, p.customer AS for_customer, e.*
                FROM pending_usage p JOIN usage_event e ON e.seq = p.seq AND e.received_at = p.received_at
                WHERE p.id = ?""",
                p -> p.number(id),
                row -> new Pending(row.getLong("id"), row.getString("for_customer"), WindowMapping.event(row)));
    }

    @Override
    public void setAside(long id, String error) {
        database.update("""
                UPDATE pending_usage SET attempts = least(attempts + 1, 12), error = ?,
                    retry_at = now() + interval '5 seconds' * 2 ^ least(attempts, 10)
                WHERE id = ?""", p -> p.text(error).number(id));
    }

    @Override
    public void deletePending(Collection<Pending> served) {
        database.update("DELETE FROM pending_usage WHERE id = ANY(?)", p -> p.column("int8", served, Pending::id));
    }

    @Override
    public boolean hasPending(String customer) {
        return database.first(
                        "SELECT 1 FROM pending_usage WHERE shard = ? AND customer = ? AND retry_at IS NULL LIMIT 1",
                        p -> p.small(Shard.number(customer)).text(customer),
                        row -> true)
                .isPresent();
    }

    @Override
    public Map<Long, List<Settlement>> settlements(Collection<UsageEvent> events) {
        Map<Long, List<Settlement>> bySeq = new HashMap<>();
        database.each(
                """
                SELECT s.* FROM usage_settlement s
                WHERE s.seq = ANY(?) AND s.received_at BETWEEN ? AND ? ORDER BY s.seq, s.reservation""",
                p -> keys(p, events),
                row -> Map.entry(row.getLong("seq"), WindowMapping.settlement(row)),
                entry -> bySeq.computeIfAbsent(entry.getKey(), seq -> new ArrayList<>())
                        .add(entry.getValue()));
        return bySeq;
    }

    @Override
    public Map<UUID, List<Reversal>> reversals(Collection<UsageEvent> events) {
        Map<UUID, List<Reversal>> byIdentity = new HashMap<>();
        database.each(
                "SELECT * FROM usage_reversal WHERE identity = ANY(?) ORDER BY reversal",
                p -> p.column("uuid", events, UsageEvent::identity),
                row -> new Reversal(
                        Database.uuid(row, "reversal"),
                        Database.uuid(row, "identity"),
                        row.getString("feature"),
                        Database.uuid(row, "reservation"),
                        row.getLong("quantity"),
                        Database.instant(row, "reversed_at")),
                reversal -> byIdentity
                        .computeIfAbsent(reversal.identity(), identity -> new ArrayList<>())
                        .add(reversal));
        return byIdentity;
    }

    @Override
    public Map<Long, List<CountedUsage>> counted(Collection<UsageEvent> events) {
        Map<Long, List<CountedUsage>> bySeq = new HashMap<>();
        database.each(
                "SELECT * FROM counted_usage WHERE seq = ANY(?) AND received_at BETWEEN ? AND ?",
                p -> keys(p, events),
                WindowMapping::counted,
                usage -> bySeq.computeIfAbsent(usage.seq(), seq -> new ArrayList<>())
                        .add(usage));
        return bySeq;
    }

    @Override
    public void delete(Collection<CountedUsage> removed) {
        if (removed.isEmpty()) {
            return;
        }
        database.update(
                """
                DELETE FROM counted_usage c
                USING unnest(?::bigint[], ?::text[], ?::uuid[], ?::uuid[], ?::timestamptz[])
                    AS gone (seq, feature, reservation, window_id, received_at)
                WHERE c.seq = gone.seq AND c.feature = gone.feature AND c.reservation = gone.reservation
                    AND c.window_id = gone.window_id AND c.received_at = gone.received_at""",
                p -> p.column("int8", removed, CountedUsage::seq)
                        .column("text", removed, CountedUsage::feature)
                        .column("uuid", removed, CountedUsage::reservation)
                        .column("uuid", removed, CountedUsage::window)
                        .column("timestamptz", removed, CountedUsage::receivedAt));
    }

    @Override
    public void insert(Collection<CountedUsage> added) {
        if (added.isEmpty()) {
            return;
        }
        database.update(
                """
                INSERT INTO counted_usage (seq, received_at, feature, reservation, identity, kind, window_id, event_time,
                    quantity, value)
                SELECT * FROM unnest(?::bigint[], ?::timestamptz[], ?::text[], ?::uuid[], ?::uuid[], ?::smallint[], ?::uuid[],
                    ?::timestamptz[], ?::bigint[], ?::text[])""",
                p -> p.column("int8", added, CountedUsage::seq)
                        .column("timestamptz", added, CountedUsage::receivedAt)
                        .column("text", added, CountedUsage::feature)
                        .column("uuid", added, CountedUsage::reservation)
                        .column("uuid", added, CountedUsage::identity)
                        .column("int2", added, usage -> (short) usage.kind().code())
                        .column("uuid", added, CountedUsage::window)
                        .column("timestamptz", added, CountedUsage::time)
                        .column("int8", added, CountedUsage::quantity)
                        .column("text", added, CountedUsage::value));
    }

    @Override
    public Map<UUID, UsageWindow> windows(Collection<UUID> ids) {
        Map<UUID, UsageWindow> windows = new HashMap<>();
        database.each(
                "SELECT * FROM usage_window WHERE window_id = ANY(?)",
                p -> p.all("uuid", ids),
                WindowMapping::window,
                window -> windows.put(window.frame().id(), window));
        return windows;
    }

    @Override
    public Map<UUID, UsageWindow> windows(Period period) {
        Map<UUID, UsageWindow> windows = new HashMap<>();
        database.each(
                """
                SELECT * FROM usage_window WHERE customer = ? AND feature = ? AND resource IS NOT DISTINCT FROM ?
                    AND period_from IS NOT DISTINCT FROM ?::timestamptz""",
                p -> p.text(period.customer())
                        .text(period.feature())
                        .text(period.resource())
                        .instant(period.from()),
                WindowMapping::window,
                window -> windows.put(window.frame().id(), window));
        return windows;
    }

    @Override
    public List<CountedUsage> reportedIn(Collection<UUID> windows) {
        return database.query(
                "SELECT * FROM counted_usage WHERE window_id = ANY(?) AND kind = 0",
                p -> p.all("uuid", windows),
                WindowMapping::counted);
    }

    @Override
    public void save(Collection<UsageWindow> windows, Instant now) {
        database.batch(SAVE, windows, (p, window) -> {
            bind(p, window.frame());
            WindowTotals totals = window.totals();
            p.number(totals.reported())
                    .number(window.reportedRevision())
                    .number(totals.enforced())
                    .number(totals.unpriced())
                    .number(totals.eventCount())
                    .instant(totals.latestEventAt())
                    .instant(now)
                    .instant(now);
        });
    }

    private static void bind(Parameters p, WindowFrame frame) throws SQLException {
        p.uuid(frame.id())
                .text(frame.authority().name())
                .small(Shard.number(frame.customer()))
                .text(Shard.of(frame.root()))
                .text(frame.customer())
                .text(frame.root())
                .flag(frame.known())
                .text(frame.feature())
                .text(frame.featureType().name())
                .text(frame.aggregation() == null ? null : frame.aggregation().name())
                .text(frame.resource())
                .instant(frame.start())
                .instant(frame.end())
                .small(frame.scale())
                .flag(frame.unlimited())
                .uuid(frame.subscription())
                .text(frame.plan())
                .number(frame.planVersion())
                .text(frame.planHash())
                .instant(frame.periodFrom())
                .instant(frame.periodTo());
    }

    /** The bounds let PostgreSQL leave out the months that none of the events was received in. */
    private static void keys(Parameters p, Collection<UsageEvent> events) throws SQLException {
        Instant first = events.stream()
                .map(UsageEvent::receivedAt)
                .min(Instant::compareTo)
                .orElse(Instant.EPOCH);
        Instant last = events.stream()
                .map(UsageEvent::receivedAt)
                .max(Instant::compareTo)
                .orElse(Instant.EPOCH);
        p.column("int8", events, UsageEvent::seq).instant(first).instant(last);
    }
}
