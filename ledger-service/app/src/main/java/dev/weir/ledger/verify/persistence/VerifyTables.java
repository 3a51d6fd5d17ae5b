package dev.weir.ledger.verify.persistence;

import dev.weir.ledger.Columns;
import dev.weir.ledger.contract.BlockStatus;
import dev.weir.ledger.contract.WalletKind;
import dev.weir.ledger.verify.domain.Misfit;
import dev.weir.ledger.verify.domain.Misfit.What;
import dev.weir.ledger.verify.domain.OpenHolds;
import dev.weir.ledger.verify.domain.StoredWallet;
import dev.weir.ledger.verify.domain.StoredWallet.Period;
import dev.weir.ledger.verify.domain.StoredWallet.StoredBlock;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads what stands beside the journal, as it is stored. */
@ApplicationScoped
public class VerifyTables {
    private static final int MOST = 20;

    /** A page of wallets in the order of their ids; null = from the first. */
    public List<StoredWallet> wallets(Connection connection, @Nullable UUID after, int most, Map<UUID, OpenHolds> holds)
            throws SQLException {
        List<StoredWallet> page = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(
                """
                SELECT wallet_id, kind, unit, available, held, overdraft, overdraft_held, overage_held, quarantined, state = 1, seq,
                  head_hash, last_posted_at
                FROM wallet""" + (after == null ? "" : " WHERE wallet_id > ?") + " ORDER BY wallet_id LIMIT ?")) {
            int i = 1;
            if (after != null) {
                statement.setObject(i++, after);
            }
            statement.setInt(i, most);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    UUID id = row.getObject(1, UUID.class);
                    page.add(new StoredWallet(
                            id,
                            WalletKind.values()[row.getInt(2)],
                            row.getString(3),
                            row.getLong(4),
                            row.getLong(5),
                            row.getLong(6),
                            row.getLong(7),
                            row.getLong(8),
                            row.getLong(9),
                            row.getBoolean(10),
                            row.getLong(11),
                            row.getBytes(12),
                            Columns.instantOrNull(row, 13),
                            List.of(),
                            Map.of(),
                            holds.getOrDefault(id, new OpenHolds())));
                }
            }
        }
        return page.isEmpty() ? page : complete(connection, page);
    }

    private static List<StoredWallet> complete(Connection connection, List<StoredWallet> page) throws SQLException {
        Object[] ids = page.stream().map(StoredWallet::id).toArray();
        Map<UUID, List<StoredBlock>> blocks = blocks(connection, ids);
        Map<UUID, Map<Instant, Period>> periods = periods(connection, ids);
        return page.stream()
                .map(wallet -> new StoredWallet(
                        wallet.id(),
                        wallet.kind(),
                        wallet.unit(),
                        wallet.available(),
                        wallet.held(),
                        wallet.overdraft(),
                        wallet.overdraftHeld(),
                        wallet.overageHeld(),
                        wallet.quarantined(),
                        wallet.frozen(),
                        wallet.seq(),
                        wallet.headHash(),
                        wallet.lastPostedAt(),
                        blocks.getOrDefault(wallet.id(), List.of()),
                        periods.getOrDefault(wallet.id(), Map.of()),
                        wallet.holds()))
                .toList();
    }

    private static Map<UUID, List<StoredBlock>> blocks(Connection connection, Object[] wallets) throws SQLException {
        Map<UUID, List<StoredBlock>> blocks = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement("""
                SELECT wallet_id, block_id, state, granted, remaining, held, consumed, expired, voided, closing, moved_out,
                  voided_for_good, cost_refunded, charged_back
                FROM credit_block WHERE wallet_id = ANY (?) ORDER BY block_id""")) {
            statement.setArray(1, connection.createArrayOf("uuid", wallets));
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    int state = row.getInt(3);
                    blocks.computeIfAbsent(row.getObject(1, UUID.class), id -> new ArrayList<>())
                            .add(new StoredBlock(
                                    row.getObject(2, UUID.class),
                                    state == BlockStatus.PENDING.code(),
                                    state == BlockStatus.ACTIVE.code(),
                                    row.getLong(4),
                                    row.getLong(5),
                                    row.getLong(6),
                                    row.getLong(7),
                                    row.getLong(8),
                                    row.getLong(9),
                                    row.getLong(10),
                                    row.getLong(11),
                                    row.getLong(12),
                                    row.getLong(13),
                                    row.getLong(14)));
                }
            }
        }
        return blocks;
    }

    private static Map<UUID, Map<Instant, Period>> periods(Connection connection, Object[] wallets)
            throws SQLException {
        Map<UUID, Map<Instant, Period>> periods = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement("""
                SELECT wallet_id, period_from, overage, overage_held, overrun
                FROM limit_period WHERE wallet_id = ANY (?)""")) {
            statement.setArray(1, connection.createArrayOf("uuid", wallets));
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    periods.computeIfAbsent(row.getObject(1, UUID.class), id -> new TreeMap<>())
                            .put(Columns.instant(row, 2), new Period(row.getLong(3), row.getLong(4), row.getLong(5)));
                }
            }
        }
        return periods;
    }

    /** What open reservations hold, by wallet. */
    public Map<UUID, OpenHolds> openHolds(Connection connection) throws SQLException {
        Map<UUID, OpenHolds> holds = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement("""
                        SELECT a.wallet_id, a.block_id, a.room, r.state = 2, sum(a.amount - a.spent - a.released)::bigint
                        FROM reservation r JOIN reservation_alloc a USING (resv_id)
                        WHERE r.state IN (0, 1, 2) GROUP BY 1, 2, 3, 4""");
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                OpenHolds wallet = holds.computeIfAbsent(row.getObject(1, UUID.class), id -> new OpenHolds());
                long amount = row.getLong(5);
                switch (row.getInt(3)) {
                    case 0 -> wallet.inBlock(row.getObject(2, UUID.class), amount);
                    case 1 -> wallet.inOverage(amount);
                    default -> wallet.inOverdraft(amount);
                }
                if (row.getBoolean(4)) {
                    wallet.inQuarantine(amount);
                }
            }
        }
        return holds;
    }

    /** Reservations that contradict themselves: closed and still holding, or a leg that its parts do not add up to. */
    public List<Misfit> reservations(Connection connection) throws SQLException {
        return misfits(connection, What.RESERVATIONS, """
                SELECT a.wallet_id, NULL::bigint, 'reservation ' || r.resv_id || ' is closed and still holds '
                  || (a.amount - a.spent - a.released)
                FROM reservation_alloc a JOIN reservation r USING (resv_id)
                WHERE a.spent + a.released < a.amount AND r.state IN (3, 4, 5)
                UNION ALL
                SELECT l.wallet_id, NULL, 'leg ' || l.ord || ' of reservation ' || l.resv_id || ' is not the sum of its parts'
                FROM reservation_leg l LEFT JOIN (
                  SELECT resv_id, leg, sum(amount) AS amount, sum(spent) AS spent, sum(released) AS released
                  FROM reservation_alloc GROUP BY resv_id, leg) a ON a.resv_id = l.resv_id AND a.leg = l.ord
                WHERE l.granted <> coalesce(a.amount, 0) OR l.spent <> coalesce(a.spent, 0)
                  OR l.released <> coalesce(a.released, 0)
                LIMIT\s""" + MOST);
    }

    /**
     * Keys under which two operations were done. Keys are remembered for {@code ledger.keys.kept}, so a later reuse is none; the
     * fixed words that stand in for a key are shorter.
     */
    public List<Misfit> repeated(Connection connection) throws SQLException {
        return misfits(connection, What.REPEATED, """
                SELECT wallet_id, max(seq), 'operation ' || op_key || ' was done ' || count(DISTINCT txn_id) || ' times'
                FROM journal WHERE length(op_key) = 32
                GROUP BY wallet_id, op_key
                HAVING min(txn_id::text) <> max(txn_id::text) AND max(posted_at) - min(posted_at) < interval '35 days'
                ORDER BY 1, 2 LIMIT\s""" + MOST);
    }

    /** Blocks that were opened before their time. */
    public List<Misfit> early(Connection connection) throws SQLException {
        return misfits(connection, What.EARLY, """
                SELECT j.wallet_id, j.seq, 'block ' || j.block_id || ' is effective from ' || b.effective_at
                FROM journal j JOIN credit_block b USING (block_id)
                WHERE j.kind IN (0, 11) AND j.posted_at < b.effective_at ORDER BY 1, 2 LIMIT\s""" + MOST);
    }

    /** Blocks of which nothing is left, while a part of their money is still deferred. */
    public List<Misfit> money(Connection connection) throws SQLException {
        return misfits(connection, What.MONEY, """
                SELECT g.wallet_id, w.seq, 'block ' || g.block_id || ' is used up, and of ' || g.cost_total || ' only '
                  || (g.recognized + g.breakage + g.refunded + g.handed_on) || ' is accounted for'
                FROM gl_block g JOIN gl_progress p USING (wallet_id) JOIN wallet w USING (wallet_id)
                WHERE p.seq = w.seq AND g.consumed + g.expired + g.voided + g.moved = g.issued
                  AND g.recognized + g.breakage + g.refunded + g.handed_on <> g.cost_total
                ORDER BY 1 LIMIT\s""" + MOST);
    }

    /** Sealed heads that the journal does not have any more. */
    public List<Misfit> sealedHeads(Connection connection) throws SQLException {
        return misfits(connection, What.SEAL, """
                SELECT l.wallet_id, l.seq, 'seal ' || l.seal_no || ' holds another hash for this row'
                FROM seal_leaf l LEFT JOIN journal j USING (wallet_id, seq)
                WHERE j.hash IS DISTINCT FROM l.head_hash ORDER BY 1, 2 LIMIT\s""" + MOST);
    }

    /** The instant of the snapshot that is read. */
    public Instant now(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("SELECT transaction_timestamp()");
                ResultSet row = statement.executeQuery()) {
            row.next();
            return Columns.instant(row, 1);
        }
    }

    private static List<Misfit> misfits(Connection connection, What what, String select) throws SQLException {
        List<Misfit> misfits = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(select);
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                misfits.add(
                        new Misfit(row.getObject(1, UUID.class), Columns.longOrNull(row, 2), what, row.getString(3)));
            }
        }
        return misfits;
    }
}
