package dev.weir.entitlement.planusage.persistence;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.weir.entitlement.contract.PlanUsage;
import dev.weir.entitlement.contract.PlanUsage.Held;
import dev.weir.entitlement.contract.PlanUsage.Kind;
import dev.weir.entitlement.sql.persistence.Sql;
import dev.weir.platform.kernel.Json;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Counts who holds what, and keeps what was counted last. */
@Singleton
public class PlanUsageTable {

    /** A plan or add-on. */
    public record Key(Kind kind, String key) {}

    /** What was counted last of a plan or add-on. */
    public record Counted(long revision, List<Held> versions) {}

    /**
     * The last count.
     *
     * @param seq the latest row of any timeline that it has seen
     */
    public record Count(long seq, Instant at) {}

    private final Sql sql;

    PlanUsageTable(Sql sql) {
        this.sql = sql;
    }

    /** The last count, locked; empty if another instance is counting. */
    public Optional<Count> lock() {
        return sql.first(
                "SELECT last_seq, counted_at FROM plan_usage_count WHERE one FOR UPDATE SKIP LOCKED",
                row -> new Count(row.number("last_seq"), row.instant("counted_at")));
    }

    /** The latest row of any timeline; every change of a subscription adds one. */
    public long latestSeq() {
        return sql.first("SELECT max(seq) AS seq FROM subscription_phase", row -> row.number("seq"))
                .orElse(0L);
    }

    /** Notes a count. */
    public void counted(Count count) {
        sql.update("UPDATE plan_usage_count SET last_seq = ?, counted_at = ? WHERE one", count.seq(), count.at());
    }

    /** Counts the subscriptions that hold each version at an instant. */
    public Map<Key, List<Held>> count(Instant at) {
        Map<Key, List<Held>> counts = new LinkedHashMap<>();
        sql.list(
                        """
                        WITH held AS (
                            SELECT plan, plan_version, plan_hash, trial_plan, trial_version, trial_hash, addons
                            FROM subscription_phase
                            WHERE superseded_by IS NULL AND from_at <= ? AND (to_at IS NULL OR to_at > ?)),
                        named AS (
                            SELECT 'PLAN' AS kind, plan AS key, plan_version AS version, plan_hash AS hash FROM held
                            UNION ALL
                            SELECT 'PLAN', trial_plan, trial_version, trial_hash FROM held
                            WHERE trial_hash IS NOT NULL AND trial_hash <> plan_hash
                            UNION ALL
                            SELECT 'ADDON', a.addon, a.version, a.hash
                            FROM held CROSS JOIN LATERAL
                                jsonb_to_recordset(held.addons) AS a (addon text, version integer, hash text))
                        SELECT kind, key, version, hash, count(*) AS subscriptions FROM named
                        GROUP BY kind, key, version, hash ORDER BY kind, key, version""",
                        row -> Map.entry(
                                new Key(Kind.valueOf(row.text("kind")), row.text("key")),
                                new Held(row.integer("version"), row.text("hash"), row.number("subscriptions"))),
                        at,
                        at)
                .forEach(entry -> counts.computeIfAbsent(entry.getKey(), absent -> new ArrayList<>())
                        .add(entry.getValue()));
        return counts;
    }

    /** What was published last, by plan and add-on. */
    public Map<Key, Counted> published() {
        Map<Key, Counted> published = new LinkedHashMap<>();
        sql.list(
                        "SELECT kind, key, revision, versions FROM plan_usage",
                        row -> Map.entry(
                                new Key(Kind.valueOf(row.text("kind")), row.text("key")),
                                new Counted(row.number("revision"), versions(row.text("versions")))))
                .forEach(entry -> published.put(entry.getKey(), entry.getValue()));
        return published;
    }

    /** Notes what is published. */
    public void put(PlanUsage usage) {
        sql.update("""
                INSERT INTO plan_usage (kind, key, revision, versions) VALUES (?, ?, ?, ?::jsonb)
                ON CONFLICT (kind, key) DO UPDATE SET revision = EXCLUDED.revision, versions = EXCLUDED.versions""", usage.kind(), usage.key(), usage.revision(), write(usage.versions()));
    }

    private static List<Held> versions(String json) {
        try {
            return List.of(Json.lenientMapper().readValue(json, Held[].class));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what this table holds was written by it", e);
        }
    }

    private static String write(List<Held> versions) {
        try {
            return Json.mapper().writeValueAsString(versions);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a record can be written", e);
        }
    }
}
