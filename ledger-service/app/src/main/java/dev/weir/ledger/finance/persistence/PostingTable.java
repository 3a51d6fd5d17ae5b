package dev.weir.ledger.finance.persistence;

import dev.weir.ledger.Columns;
import dev.weir.ledger.contract.WalletKind;
import dev.weir.ledger.finance.domain.BlockCost;
import dev.weir.ledger.finance.domain.GlAccount;
import dev.weir.ledger.finance.domain.Posting;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Postings, where blocks' money stands, and how far the projection has come. */
@ApplicationScoped
public class PostingTable {
    // "weir post" as a number.
    private static final long LOCK = 0x7765_6972_706f_7374L;

    /** A wallet with rows that are not posted. */
    public record Due(UUID wallet, String unit, WalletKind kind, long posted, long seq) {}

    /** Where a list of postings goes on. */
    public record Position(Instant postedAt, UUID wallet, long seq, int leg) {}

    /** Sums of one currency over a span, in minor units. */
    public record Sum(
            String currency,
            String debit,
            String credit,
            @Nullable String feature,
            long amountMinor) {}

    /** Becomes the one projector until the transaction ends. */
    public void lock(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("SELECT pg_advisory_xact_lock(?)")) {
            statement.setLong(1, LOCK);
            statement.execute();
        }
    }

    /** Postings can be made again, so their commits need not wait for the disk. */
    public void relax(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET LOCAL synchronous_commit = off");
        }
    }

    /** Wallets with rows that are not posted. */
    public List<Due> due(Connection connection, int most) throws SQLException {
        List<Due> due = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement("""
                SELECT w.wallet_id, w.unit, w.kind, coalesce(p.seq, 0), w.seq
                FROM wallet w LEFT JOIN gl_progress p USING (wallet_id)
                WHERE w.seq > coalesce(p.seq, 0) ORDER BY w.wallet_id LIMIT ?""")) {
            statement.setInt(1, most);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    due.add(new Due(
                            row.getObject(1, UUID.class),
                            row.getString(2),
                            WalletKind.values()[row.getInt(3)],
                            row.getLong(4),
                            row.getLong(5)));
                }
            }
        }
        return due;
    }

    /** The blocks of a wallet that cost something, each as far as it is posted. */
    public Map<UUID, BlockCost> blocks(Connection connection, UUID wallet) throws SQLException {
        Map<UUID, BlockCost> blocks = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement("""
                SELECT b.block_id, b.cost_ccy, b.cost_total, b.granted, coalesce(g.issued, 0), coalesce(g.consumed, 0),
                  coalesce(g.expired, 0), coalesce(g.voided, 0), coalesce(g.moved, 0), coalesce(g.recognized, 0),
                  coalesce(g.breakage, 0), coalesce(g.refunded, 0), coalesce(g.handed_on, 0)
                FROM credit_block b LEFT JOIN gl_block g USING (block_id)
                WHERE b.wallet_id = ? AND b.cost_total > 0 AND b.cost_ccy IS NOT NULL""")) {
            statement.setObject(1, wallet);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    UUID block = row.getObject(1, UUID.class);
                    blocks.put(
                            block,
                            new BlockCost(
                                    block,
                                    row.getString(2),
                                    row.getLong(3),
                                    row.getLong(4),
                                    row.getLong(5),
                                    row.getLong(6),
                                    row.getLong(7),
                                    row.getLong(8),
                                    row.getLong(9),
                                    row.getLong(10),
                                    row.getLong(11),
                                    row.getLong(12),
                                    row.getLong(13)));
                }
            }
        }
        return blocks;
    }

    /** Stores what a wallet's rows gave, up to a row. A posting that is there already stays. */
    public void write(
            Connection connection, UUID wallet, long upTo, Collection<BlockCost> blocks, List<Posting> postings)
            throws SQLException {
        writePostings(connection, postings);
        writeBlocks(connection, wallet, blocks);
        try (PreparedStatement statement = connection.prepareStatement("""
                INSERT INTO gl_progress (wallet_id, seq) VALUES (?, ?)
                ON CONFLICT (wallet_id) DO UPDATE SET seq = excluded.seq""")) {
            statement.setObject(1, wallet);
            statement.setLong(2, upTo);
            statement.executeUpdate();
        }
    }

    private static void writePostings(Connection connection, List<Posting> postings) throws SQLException {
        if (postings.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement("""
                INSERT INTO gl_posting (wallet_id, seq, leg, posted_at, period, dr, cr, amount_minor, ccy, block_id,
                  customer, feature, unit, quantity)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING""")) {
            for (Posting posting : postings) {
                statement.setObject(1, posting.wallet());
                statement.setLong(2, posting.seq());
                statement.setInt(3, posting.leg());
                Columns.set(statement, 4, posting.postedAt());
                statement.setObject(
                        5,
                        posting.postedAt().atZone(ZoneOffset.UTC).toLocalDate().withDayOfMonth(1));
                statement.setString(6, posting.debit().name());
                statement.setString(7, posting.credit().name());
                statement.setLong(8, posting.amountMinor());
                statement.setString(9, posting.currency());
                Columns.set(statement, 10, posting.block());
                statement.setString(11, posting.customer());
                statement.setString(12, posting.feature());
                statement.setString(13, posting.unit());
                statement.setLong(14, posting.quantity());
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    private static void writeBlocks(Connection connection, UUID wallet, Collection<BlockCost> blocks)
            throws SQLException {
        if (blocks.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement("""
                INSERT INTO gl_block (block_id, wallet_id, ccy, cost_total, issued, consumed, expired, voided, moved,
                  recognized, breakage, refunded, handed_on)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (block_id) DO UPDATE SET issued = excluded.issued, consumed = excluded.consumed,
                  expired = excluded.expired, voided = excluded.voided, moved = excluded.moved,
                  recognized = excluded.recognized, breakage = excluded.breakage, refunded = excluded.refunded,
                  handed_on = excluded.handed_on""")) {
            for (BlockCost block : blocks) {
                statement.setObject(1, block.block());
                statement.setObject(2, wallet);
                statement.setString(3, block.currency());
                statement.setLong(4, block.costTotal());
                statement.setLong(5, block.issued());
                statement.setLong(6, block.consumed());
                statement.setLong(7, block.expired());
                statement.setLong(8, block.voided());
                statement.setLong(9, block.moved());
                statement.setLong(10, block.recognized());
                statement.setLong(11, block.breakage());
                statement.setLong(12, block.refunded());
                statement.setLong(13, block.handedOn());
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    /** Forgets everything, to be made again. */
    public void clear(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("DELETE FROM gl_posting");
            statement.execute("DELETE FROM gl_block");
            statement.execute("DELETE FROM gl_progress");
        }
    }

    /** Postings of [from, to) in the order of time, after a position. */
    public List<Posting> page(Connection connection, Instant from, Instant to, @Nullable Position after, int most)
            throws SQLException {
        List<Posting> postings = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(
                """
                SELECT wallet_id, seq, leg, posted_at, dr, cr, amount_minor, ccy, block_id, customer, feature, unit, quantity
                FROM gl_posting WHERE posted_at >= ? AND posted_at < ?""" + (after == null ? "" : " AND (posted_at, wallet_id, seq, leg) > (?, ?, ?, ?)")
                        + " ORDER BY posted_at, wallet_id, seq, leg LIMIT ?")) {
            int i = 1;
            Columns.set(statement, i++, from);
            Columns.set(statement, i++, to);
            if (after != null) {
                Columns.set(statement, i++, after.postedAt());
                statement.setObject(i++, after.wallet());
                statement.setLong(i++, after.seq());
                statement.setInt(i++, after.leg());
            }
            statement.setInt(i, most);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    postings.add(new Posting(
                            row.getObject(1, UUID.class),
                            row.getLong(2),
                            row.getInt(3),
                            Columns.instant(row, 4),
                            GlAccount.valueOf(row.getString(5)),
                            GlAccount.valueOf(row.getString(6)),
                            row.getLong(7),
                            row.getString(8),
                            row.getObject(9, UUID.class),
                            row.getString(10),
                            row.getString(11),
                            row.getString(12),
                            row.getLong(13)));
                }
            }
        }
        return postings;
    }

    /** Sums of money by currency, accounts and feature over [from, to). */
    public List<Sum> sums(Connection connection, Instant from, Instant to) throws SQLException {
        List<Sum> sums = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement("""
                SELECT ccy, dr, cr, feature, sum(amount_minor)::bigint FROM gl_posting
                WHERE posted_at >= ? AND posted_at < ? AND ccy IS NOT NULL GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4""")) {
            Columns.set(statement, 1, from);
            Columns.set(statement, 2, to);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    sums.add(new Sum(
                            row.getString(1), row.getString(2), row.getString(3), row.getString(4), row.getLong(5)));
                }
            }
        }
        return sums;
    }
}
