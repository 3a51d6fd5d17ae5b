package dev.weir.ledger.journal.persistence;

import dev.weir.ledger.Columns;
import dev.weir.ledger.RoundTrip;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Sums over the journal, from the nearest snapshot on. */
@ApplicationScoped
public class SnapshotTable {
    // What the accounts of each block hold as posted at an instant: the last snapshot before it and the rows since.
    private static final String SUMS = """
            WITH base AS (
              SELECT seq, sums FROM wallet_snapshot WHERE wallet_id = ? AND posted_at <= ? ORDER BY posted_at DESC LIMIT 1
            ), moves AS (
              SELECT block_id, from_acct, to_acct, amount FROM journal
              WHERE wallet_id = ? AND seq > coalesce((SELECT seq FROM base), 0) AND posted_at <= ?
            )
            SELECT block_id, account, sum(amount)::bigint AS amount FROM (
              SELECT (part->>'block')::uuid AS block_id, (part->>'account')::int AS account, (part->>'amount')::bigint AS amount
              FROM base, jsonb_array_elements(base.sums) AS part
              UNION ALL SELECT block_id, to_acct, amount FROM moves
              UNION ALL SELECT block_id, from_acct, -amount FROM moves) parts
            GROUP BY block_id, account HAVING sum(amount) <> 0""";

    /** What an account of a block holds; no block: overage, overdraft and overrun. */
    public record Sum(@Nullable UUID block, int account, long amount) {}

    /** A wallet with many rows since its last snapshot. */
    private record Due(UUID wallet, long seq, Instant postedAt) {}

    /** The sums as posted at an instant. */
    public List<Sum> sums(Connection connection, UUID wallet, Instant at) throws SQLException {
        List<Sum> sums = new ArrayList<>();
        new RoundTrip()
                .query(
                        SUMS,
                        rows -> {
                            while (rows.next()) {
                                sums.add(new Sum(rows.getObject(1, UUID.class), rows.getInt(2), rows.getLong(3)));
                            }
                        },
                        wallet,
                        at.atOffset(ZoneOffset.UTC),
                        wallet,
                        at.atOffset(ZoneOffset.UTC))
                .run(connection);
        return sums;
    }

    /** Makes snapshots of wallets that have that many rows since their last; answers how many it made. */
    public int make(Connection connection, long rows, int most) throws SQLException {
        List<Due> due = new ArrayList<>();
        new RoundTrip()
                .query(
                        """
                        SELECT w.wallet_id, w.seq, w.last_posted_at FROM wallet w LEFT JOIN LATERAL (
                          SELECT seq FROM wallet_snapshot s WHERE s.wallet_id = w.wallet_id ORDER BY posted_at DESC LIMIT 1) s ON true
                        WHERE w.seq >= ? AND w.seq - coalesce(s.seq, 0) >= ? ORDER BY w.wallet_id LIMIT ?""",
                        found -> {
                            while (found.next()) {
                                due.add(new Due(
                                        found.getObject(1, UUID.class), found.getLong(2), Columns.instant(found, 3)));
                            }
                        },
                        rows,
                        rows,
                        most)
                .run(connection);
        for (Due wallet : due) {
            new RoundTrip()
                    .update(
                            """
                            INSERT INTO wallet_snapshot (wallet_id, seq, posted_at, sums)
                            SELECT ?, ?, ?, coalesce(jsonb_agg(jsonb_strip_nulls(jsonb_build_object(
                              'block', block_id, 'account', account, 'amount', amount))), '[]')
                            FROM (%s) s ON CONFLICT DO NOTHING""".formatted(SUMS),
                            wallet.wallet(),
                            wallet.seq(),
                            wallet.postedAt().atOffset(ZoneOffset.UTC),
                            wallet.wallet(),
                            wallet.postedAt().atOffset(ZoneOffset.UTC),
                            wallet.wallet(),
                            wallet.postedAt().atOffset(ZoneOffset.UTC))
                    .run(connection);
        }
        return due.size();
    }
}
