package dev.weir.metering.window.persistence;

import dev.weir.metering.Database;
import dev.weir.metering.window.app.ClosingRows;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What has been closed, in PostgreSQL. */
@Singleton
class ClosingStore implements ClosingRows {

    private final Database database;

    ClosingStore(Database database) {
        this.database = database;
    }

    @Override
    public long nextPass() {
        return database.first("SELECT nextval('close_pass_seq')", p -> {}, row -> row.getLong(1))
                .orElseThrow();
    }

    @Override
    public List<Dirty> dirty(int workShard, Instant ended, @Nullable Instant begun) {
        return database.query(
                """
                SELECT * FROM usage_window WHERE work_shard = ? AND dirty_since IS NOT NULL AND known
                    AND (ends_at <= ? OR starts_at < ?::timestamptz)
                ORDER BY starts_at, window_id""",
                p -> p.small(workShard).instant(ended).instant(begun),
                row -> new Dirty(WindowMapping.window(row), Database.uuidOrNull(row, "closed_content")));
    }

    @Override
    public List<Integer> quietDirtyShards(
            Instant ended, @Nullable Instant begun, Instant quietSince, Instant dirtySince) {
        return database.query(
                """
                SELECT DISTINCT work_shard FROM usage_window WHERE dirty_since IS NOT NULL AND known
                    AND (ends_at <= ? OR starts_at < ?::timestamptz) AND (changed_at <= ? OR dirty_since <= ?)""",
                p -> p.instant(ended).instant(begun).instant(quietSince).instant(dirtySince),
                row -> row.getInt(1));
    }

    @Override
    public List<Integer> unfinishedShards(Instant begun) {
        return database.query("""
                SELECT work_shard FROM usage_window WHERE dirty_since IS NOT NULL AND starts_at < ?
                UNION SELECT shard FROM pending_usage ORDER BY 1""", p -> p.instant(begun), row -> row.getInt(1));
    }

    @Override
    public Map<UUID, String> contentHashes(Collection<UUID> windows) {
        Map<UUID, String> hashes = new HashMap<>();
        database.each(
                """
                SELECT w AS window_id, encode(sha256(convert_to(coalesce(
                    (SELECT string_agg(DISTINCT identity::text, E'\\n' ORDER BY identity::text)
                     FROM counted_usage c WHERE c.window_id = w), ''), 'UTF8')), 'hex') AS hash
                FROM unnest(?::uuid[]) AS w""",
                p -> p.all("uuid", windows),
                row -> Map.entry(Database.uuid(row, "window_id"), row.getString("hash")),
                entry -> hashes.put(entry.getKey(), entry.getValue()));
        return hashes;
    }

    @Override
    public void close(Collection<Closing> closings, long pass) {
        if (closings.isEmpty()) {
            return;
        }
        database.update(
                """
                UPDATE usage_window w SET dirty_since = NULL, closed_revision = c.revision, closed_content = c.content,
                    closed_pass = ?
                FROM unnest(?::uuid[], ?::bigint[], ?::uuid[]) AS c (window_id, revision, content)
                WHERE w.window_id = c.window_id""",
                p -> p.number(pass)
                        .column("uuid", closings, Closing::window)
                        .column("int8", closings, Closing::revision)
                        .column("uuid", closings, Closing::content));
    }

    @Override
    public void clean(Collection<UUID> windows) {
        if (!windows.isEmpty()) {
            database.update(
                    "UPDATE usage_window SET dirty_since = NULL WHERE window_id = ANY(?)", p -> p.all("uuid", windows));
        }
    }

    @Override
    public Map<String, ShardPass> passed(Collection<Long> passes) {
        Map<String, ShardPass> byShard = new HashMap<>();
        database.each(
                """
                SELECT shard, count(*) AS windows, encode(sha256(convert_to(
                    string_agg(window_id || ':' || closed_revision, E'\\n' ORDER BY window_id), 'UTF8')), 'hex') AS hash
                FROM usage_window WHERE closed_pass = ANY(?) GROUP BY shard""",
                p -> p.all("int8", passes),
                row -> new ShardPass(row.getString("shard"), row.getLong("windows"), row.getString("hash")),
                pass -> byShard.put(pass.shard(), pass));
        return byShard;
    }

    @Override
    public List<Integer> shardsBehind(Instant until) {
        return database.query(
                "SELECT shard FROM work_shard WHERE closed_until IS NULL OR closed_until < ? ORDER BY shard",
                p -> p.instant(until),
                row -> row.getInt(1));
    }

    @Override
    public void shardClosed(int workShard, Instant until) {
        database.update(
                "UPDATE work_shard SET closed_until = greatest(closed_until, ?::timestamptz) WHERE shard = ?",
                p -> p.instant(until).small(workShard));
    }

    @Override
    public Mark mark() {
        return database.first("SELECT * FROM watermark", p -> {}, ClosingStore::mark)
                .orElseThrow();
    }

    @Override
    public Optional<Mark> lockMark() {
        return database.first("SELECT * FROM watermark FOR UPDATE SKIP LOCKED", p -> {}, ClosingStore::mark);
    }

    @Override
    public void passUntil(Instant until) {
        database.update("UPDATE watermark SET passed_until = ?", p -> p.instant(until));
    }

    @Override
    public void requestUntil(Instant until) {
        database.update(
                "UPDATE watermark SET requested_until = greatest(requested_until, ?::timestamptz)",
                p -> p.instant(until));
    }

    private static Mark mark(ResultSet row) throws SQLException {
        return new Mark(Database.instantOrNull(row, "passed_until"), Database.instantOrNull(row, "requested_until"));
    }
}
