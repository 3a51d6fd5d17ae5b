package dev.weir.ledger.posting.persistence;

import dev.weir.ledger.Columns;
import dev.weir.ledger.wallet.domain.Block;
import dev.weir.ledger.wallet.domain.BlockTerms;
import dev.weir.ledger.wallet.domain.JournalRow;
import dev.weir.ledger.wallet.domain.LimitPeriod;
import dev.weir.ledger.wallet.domain.WalletBook;
import dev.weir.ledger.wallet.domain.WalletHead;
import dev.weir.platform.kernel.CanonicalJson;
import dev.weir.platform.kernel.Shard;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/**
 * Writes books back, one batched statement for each kind of change. A new wallet or block is inserted plainly: if another
 * instance made it meanwhile, the unique key fails the batch, which is then decided again on what is there.
 */
@ApplicationScoped
public class WalletWriter {

    public void write(Connection connection, Collection<WalletBook> books) throws SQLException {
        List<WalletBook> changed =
                books.stream().filter(WalletWriter::worthWriting).toList();
        insertWallets(connection, changed.stream().filter(WalletBook::fresh).toList());
        updateWallets(connection, changed.stream().filter(book -> !book.fresh()).toList());
        writePeriods(connection, changed);
        List<Block> blocks = changed.stream()
                .flatMap(book -> book.blocks().stream())
                .filter(Block::changed)
                .toList();
        insertBlocks(connection, blocks.stream().filter(Block::fresh).toList());
        updateBlocks(connection, blocks.stream().filter(block -> !block.fresh()).toList());
        insertRows(
                connection,
                changed.stream().flatMap(book -> book.rows().stream()).toList());
    }

    /** A wallet that was only looked at is not stored: a stream of denied requests must not fill the table. */
    public static boolean worthWriting(WalletBook book) {
        return book.changed()
                && (!book.fresh()
                        || !book.blocks().isEmpty()
                        || !book.rows().isEmpty()
                        || book.periods().stream().anyMatch(period -> period.usedBefore() > 0));
    }

    private static void insertWallets(Connection connection, List<WalletBook> books) throws SQLException {
        if (books.isEmpty()) {
            return;
        }
        String insert = """
                INSERT INTO wallet (wallet_id, root_customer, shard, unit, resource, kind, scale, created_at, level, floor,
                  repay, state, available, held, overdraft, overdraft_held, overage_held, quarantined, seq, head_hash,
                  last_posted_at, period_from, synced_to, next_due)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""";
        try (PreparedStatement statement = connection.prepareStatement(insert)) {
            for (WalletBook book : books) {
                statement.setObject(1, book.id());
                statement.setString(2, book.key().root());
                statement.setInt(3, Shard.number(book.key().root()));
                statement.setString(4, book.key().unit());
                statement.setString(5, book.key().resource());
                statement.setInt(6, book.kind().ordinal());
                statement.setInt(7, book.scale());
                Columns.set(statement, 8, book.head().createdAt());
                bindHead(statement, 9, book.head());
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    private static void updateWallets(Connection connection, List<WalletBook> books) throws SQLException {
        if (books.isEmpty()) {
            return;
        }
        String update = """
                UPDATE wallet SET level = ?, floor = ?, repay = ?, state = ?, available = ?, held = ?, overdraft = ?,
                  overdraft_held = ?, overage_held = ?, quarantined = ?, seq = ?, head_hash = ?, last_posted_at = ?,
                  period_from = ?, synced_to = ?, next_due = ?
                WHERE wallet_id = ?""";
        try (PreparedStatement statement = connection.prepareStatement(update)) {
            for (WalletBook book : books) {
                int next = bindHead(statement, 1, book.head());
                statement.setObject(next, book.id());
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    private static int bindHead(PreparedStatement statement, int from, WalletHead head) throws SQLException {
        int i = from;
        statement.setBoolean(i++, head.level());
        statement.setLong(i++, head.floor());
        statement.setBoolean(i++, head.repay());
        statement.setInt(i++, head.status().ordinal());
        statement.setLong(i++, head.available());
        statement.setLong(i++, head.held());
        statement.setLong(i++, head.overdraft());
        statement.setLong(i++, head.overdraftHeld());
        statement.setLong(i++, head.overageHeld());
        statement.setLong(i++, head.quarantined());
        statement.setLong(i++, head.seq());
        statement.setBytes(i++, head.hash());
        Columns.set(statement, i++, head.lastPostedAt());
        Columns.set(statement, i++, head.periodFrom());
        Columns.set(statement, i++, head.syncedTo());
        Columns.set(statement, i++, head.nextDue());
        return i;
    }

    private static void writePeriods(Connection connection, List<WalletBook> books) throws SQLException {
        // A period's key is unique under the wallet's lock, so an upsert cannot hide a race here.
        String upsert = """
                INSERT INTO limit_period (wallet_id, period_from, period_to, closes_at, target, overage, overage_held, overrun,
                  used_before)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (wallet_id, period_from) DO UPDATE SET target = excluded.target, overage = excluded.overage,
                  overage_held = excluded.overage_held, overrun = excluded.overrun,
                  used_before = excluded.used_before""";
        boolean any = false;
        try (PreparedStatement statement = connection.prepareStatement(upsert)) {
            for (WalletBook book : books) {
                for (LimitPeriod period : book.periods()) {
                    if (period.changed()) {
                        statement.setObject(1, book.id());
                        Columns.set(statement, 2, period.from());
                        Columns.set(statement, 3, period.to());
                        Columns.set(statement, 4, period.closesAt());
                        statement.setLong(5, period.target());
                        statement.setLong(6, period.overage());
                        statement.setLong(7, period.overageHeld());
                        statement.setLong(8, period.overrun());
                        statement.setLong(9, period.usedBefore());
                        statement.addBatch();
                        any = true;
                    }
                }
            }
            if (any) {
                statement.executeBatch();
            }
        }
    }

    private static void insertBlocks(Connection connection, List<Block> blocks) throws SQLException {
        if (blocks.isEmpty()) {
            return;
        }
        String insert = """
                INSERT INTO credit_block (block_id, wallet_id, parent_block_id, source, source_ref, source_ord, category,
                  priority, effective_at, features, period_from, granted, rollover_max, rollover_for, cost_ccy, cost_total,
                  reference, reason, key_until, created_at, expires_at, closes_at, state, remaining, held, consumed, expired,
                  voided, closing, moved_out, void_due, refund_due, voided_for_good, cost_refunded, cost_moved)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,
                  ?, ?)""";
        try (PreparedStatement statement = connection.prepareStatement(insert)) {
            for (Block block : blocks) {
                BlockTerms terms = block.terms();
                statement.setObject(1, block.id());
                statement.setObject(2, block.wallet());
                Columns.set(statement, 3, terms.parent());
                statement.setInt(4, terms.source().code());
                statement.setString(5, terms.sourceReference());
                statement.setInt(6, terms.ordinal());
                statement.setInt(7, terms.category().ordinal());
                statement.setInt(8, terms.priority());
                Columns.set(statement, 9, block.effectiveAt());
                List<String> features = terms.features();
                if (features == null) {
                    statement.setNull(10, Types.ARRAY);
                } else {
                    statement.setArray(10, connection.createArrayOf("text", features.toArray()));
                }
                Columns.set(statement, 11, terms.periodFrom());
                statement.setLong(12, block.granted());
                Columns.set(statement, 13, terms.rolloverMax());
                statement.setString(14, terms.rolloverFor());
                statement.setString(15, terms.costCurrency());
                statement.setLong(16, terms.costTotal());
                statement.setString(17, terms.reference());
                statement.setString(18, terms.reason());
                Columns.set(statement, 19, terms.keyUntil());
                Columns.set(statement, 20, block.createdAt());
                bindAmounts(statement, 21, block);
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    private static void updateBlocks(Connection connection, List<Block> blocks) throws SQLException {
        if (blocks.isEmpty()) {
            return;
        }
        String update = """
                UPDATE credit_block SET expires_at = ?, closes_at = ?, state = ?, remaining = ?, held = ?, consumed = ?,
                  expired = ?, voided = ?, closing = ?, moved_out = ?, void_due = ?, refund_due = ?, voided_for_good = ?,
                  cost_refunded = ?, cost_moved = ?
                WHERE block_id = ?""";
        try (PreparedStatement statement = connection.prepareStatement(update)) {
            for (Block block : blocks) {
                int next = bindAmounts(statement, 1, block);
                statement.setObject(next, block.id());
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    private static int bindAmounts(PreparedStatement statement, int from, Block block) throws SQLException {
        int i = from;
        Columns.set(statement, i++, block.expiresAt());
        Columns.set(statement, i++, block.closesAt());
        statement.setInt(i++, block.status().code());
        statement.setLong(i++, block.remaining());
        statement.setLong(i++, block.held());
        statement.setLong(i++, block.consumed());
        statement.setLong(i++, block.expired());
        statement.setLong(i++, block.voided());
        statement.setLong(i++, block.closing());
        statement.setLong(i++, block.movedOut());
        Block.TakenBack taken = block.takenBack();
        statement.setLong(i++, taken.voidDue());
        statement.setLong(i++, taken.refundDue());
        statement.setLong(i++, taken.voidedForGood());
        statement.setLong(i++, taken.costRefunded());
        statement.setLong(i++, taken.costMoved());
        return i;
    }

    private static void insertRows(Connection connection, List<JournalRow> rows) throws SQLException {
        if (rows.isEmpty()) {
            return;
        }
        String insert = """
                INSERT INTO journal (wallet_id, seq, txn_id, for_customer, kind, from_acct, to_acct, amount, block_id,
                  resv_id, reverses_seq, charge_key, feature, resource, rate_version, window_start, period_from,
                  available_after, held_after, overdraft_after, block_remaining_after, effective_at, posted_at, late,
                  op_key, actor, event_source, event_id, hash, meta)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb)""";
        try (PreparedStatement statement = connection.prepareStatement(insert)) {
            for (JournalRow row : rows) {
                bind(statement, row);
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    private static void bind(PreparedStatement statement, JournalRow row) throws SQLException {
        statement.setObject(1, row.wallet());
        statement.setLong(2, row.seq());
        statement.setObject(3, row.transaction());
        statement.setString(4, row.customer());
        statement.setInt(5, row.kind().code());
        statement.setInt(6, row.from().code());
        statement.setInt(7, row.to().code());
        statement.setLong(8, row.amount());
        Columns.set(statement, 9, row.block());
        UUID reservation = row.reservation();
        Columns.set(statement, 10, reservation);
        Columns.set(statement, 11, row.reversesSeq());
        statement.setBytes(12, row.chargeKey());
        statement.setString(13, row.feature());
        statement.setString(14, row.resource());
        statement.setString(15, row.rateVersion());
        Columns.set(statement, 16, row.windowStart());
        Columns.set(statement, 17, row.periodFrom());
        statement.setLong(18, row.availableAfter());
        statement.setLong(19, row.heldAfter());
        statement.setLong(20, row.overdraftAfter());
        Columns.set(statement, 21, row.blockRemainingAfter());
        Columns.set(statement, 22, row.effectiveAt());
        Columns.set(statement, 23, row.postedAt());
        statement.setBoolean(24, row.late());
        statement.setString(25, row.operationKey());
        statement.setString(26, row.actor());
        statement.setString(27, row.eventSource());
        statement.setString(28, row.eventId());
        statement.setBytes(29, row.hash());
        statement.setString(30, row.meta().isEmpty() ? null : CanonicalJson.write(row.meta()));
    }
}
