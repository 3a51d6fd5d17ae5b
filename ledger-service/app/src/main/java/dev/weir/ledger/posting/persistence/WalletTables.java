package dev.weir.ledger.posting.persistence;

import dev.weir.catalog.contract.Category;
import dev.weir.ledger.Column;
import dev.weir.ledger.Columns;
import dev.weir.ledger.RoundTrip;
import dev.weir.ledger.contract.BlockSource;
import dev.weir.ledger.contract.BlockStatus;
import dev.weir.ledger.contract.WalletKind;
import dev.weir.ledger.contract.WalletStatus;
import dev.weir.ledger.posting.domain.WalletSpec;
import dev.weir.ledger.wallet.domain.Block;
import dev.weir.ledger.wallet.domain.BlockTerms;
import dev.weir.ledger.wallet.domain.LimitPeriod;
import dev.weir.ledger.wallet.domain.WalletBook;
import dev.weir.ledger.wallet.domain.WalletHead;
import dev.weir.ledger.wallet.domain.WalletKey;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads wallets, their periods and blocks under their locks. */
@ApplicationScoped
public class WalletTables {
    private static final String WALLET = """
            SELECT wallet_id, root_customer, unit, resource, kind, scale, level, floor, repay, state, available, held,
              overdraft, overdraft_held, overage_held, quarantined, seq, head_hash, last_posted_at, period_from,
              synced_to, next_due, created_at
            FROM wallet""";
    private static final String BLOCK = """
            SELECT block_id, wallet_id, parent_block_id, source, source_ref, source_ord, category, priority, effective_at,
              expires_at, closes_at, features, period_from, granted, remaining, held, consumed, expired, voided, closing,
              moved_out, rollover_max, rollover_for, cost_ccy, cost_total, reference, reason, key_until, state, created_at,
              void_due, refund_due, voided_for_good, cost_refunded, cost_moved, charged_back
            FROM credit_block""";
    private static final String PERIOD = """
            SELECT wallet_id, period_from, period_to, closes_at, target, overage, overage_held, overrun, used_before
            FROM limit_period""";

    private static final String LIVE_BLOCKS = BLOCK + " WHERE wallet_id = ANY (?) AND state <> 3 UNION ALL " + BLOCK
            + " WHERE wallet_id = ANY (?) AND state = 3 AND key_until > now()";
    private static final String OPEN_PERIODS =
            PERIOD + " WHERE wallet_id = ANY (?) AND (closes_at IS NULL OR closes_at > now() OR overage_held > 0)";

    private record Row(WalletKey key, WalletKind kind, int scale, WalletHead head) {}

    /** Wallets that a round trip reads; they are there once it has run. */
    public static final class Reading {
        private final Map<UUID, Row> rows = new LinkedHashMap<>();
        private final Map<UUID, List<Block>> blocks = new HashMap<>();
        private final Map<UUID, List<LimitPeriod>> periods = new HashMap<>();

        private Reading() {}

        /** The books, in the order of their ids. */
        public List<WalletBook> books() {
            List<WalletBook> books = new ArrayList<>();
            rows.forEach((id, row) -> books.add(new WalletBook(
                    row.key(),
                    row.kind(),
                    row.scale(),
                    row.head(),
                    blocks.getOrDefault(id, List.of()),
                    periods.getOrDefault(id, List.of()))));
            return books;
        }
    }

    /** Locks those of the wallets that exist, in the order of their ids, and reads them. */
    public Reading lock(RoundTrip trip, Collection<UUID> ids) {
        return read(trip, WALLET + " WHERE wallet_id = ANY (?) ORDER BY wallet_id FOR UPDATE", ids);
    }

    private static Reading read(RoundTrip trip, String wallets, Collection<UUID> ids) {
        Reading reading = new Reading();
        Column wanted = Column.uuids(ids);
        trip.query(
                wallets,
                rows -> {
                    while (rows.next()) {
                        reading.rows.put(rows.getObject(1, UUID.class), wallet(rows));
                    }
                },
                wanted);
        trip.query(
                LIVE_BLOCKS,
                rows -> {
                    while (rows.next()) {
                        Block block = block(rows);
                        reading.blocks
                                .computeIfAbsent(block.wallet(), id -> new ArrayList<>())
                                .add(block);
                    }
                },
                wanted,
                wanted);
        trip.query(
                OPEN_PERIODS,
                rows -> {
                    while (rows.next()) {
                        reading.periods
                                .computeIfAbsent(rows.getObject(1, UUID.class), id -> new ArrayList<>())
                                .add(period(rows));
                    }
                },
                wanted);
        return reading;
    }

    private static LimitPeriod period(ResultSet rows) throws SQLException {
        return new LimitPeriod(
                Columns.instant(rows, 2),
                Columns.instantOrNull(rows, 3),
                Columns.instantOrNull(rows, 4),
                rows.getLong(5),
                rows.getLong(6),
                rows.getLong(7),
                rows.getLong(8),
                rows.getLong(9));
    }

    /** Every wallet of a root customer. */
    public List<WalletSpec> walletsOf(Connection connection, String root) throws SQLException {
        List<WalletSpec> wallets = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement("""
                SELECT unit, resource, kind, scale FROM wallet WHERE root_customer = ?
                ORDER BY unit, resource NULLS FIRST""")) {
            statement.setString(1, root);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    wallets.add(new WalletSpec(
                            new WalletKey(root, rows.getString(1), rows.getString(2)),
                            WalletKind.values()[rows.getInt(3)],
                            rows.getInt(4)));
                }
            }
        }
        return wallets;
    }

    /** Blocks by id, whatever their state: a hold may still name one that has expired. */
    public List<Block> blocks(Connection connection, Collection<UUID> ids) throws SQLException {
        List<Block> blocks = new ArrayList<>();
        if (ids.isEmpty()) {
            return blocks;
        }
        try (PreparedStatement statement = connection.prepareStatement(BLOCK + " WHERE block_id = ANY (?)")) {
            statement.setArray(1, uuids(connection, ids));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    blocks.add(block(rows));
                }
            }
        }
        return blocks;
    }

    /** Every block of a wallet, expired ones too. */
    public List<Block> allBlocks(Connection connection, UUID wallet) throws SQLException {
        List<Block> blocks = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(BLOCK + " WHERE wallet_id = ?")) {
            statement.setObject(1, wallet);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    blocks.add(block(rows));
                }
            }
        }
        return blocks;
    }

    private static Row wallet(ResultSet row) throws SQLException {
        WalletHead head = new WalletHead(
                row.getBoolean(7),
                row.getLong(8),
                row.getBoolean(9),
                WalletStatus.values()[row.getInt(10)],
                row.getLong(11),
                row.getLong(12),
                row.getLong(13),
                row.getLong(14),
                row.getLong(15),
                row.getLong(16),
                row.getLong(17),
                row.getBytes(18),
                Columns.instantOrNull(row, 19),
                Columns.instantOrNull(row, 20),
                Columns.instantOrNull(row, 21),
                Columns.instantOrNull(row, 22),
                Columns.instant(row, 23));
        return new Row(
                new WalletKey(row.getString(2), row.getString(3), row.getString(4)),
                WalletKind.values()[row.getInt(5)],
                row.getInt(6),
                head);
    }

    private static Block block(ResultSet row) throws SQLException {
        BlockTerms terms = new BlockTerms(
                source(row.getInt(4)),
                row.getString(5),
                row.getInt(6),
                row.getObject(3, UUID.class),
                Category.values()[row.getInt(7)],
                row.getInt(8),
                features(row.getArray(12)),
                Columns.instantOrNull(row, 13),
                Columns.longOrNull(row, 22),
                row.getString(23),
                row.getString(24),
                row.getLong(25),
                row.getString(26),
                row.getString(27),
                Columns.instantOrNull(row, 28));
        Block block = new Block(
                row.getObject(1, UUID.class),
                row.getObject(2, UUID.class),
                terms,
                row.getLong(14),
                Columns.instant(row, 9),
                Columns.instantOrNull(row, 10),
                Columns.instantOrNull(row, 11),
                Columns.instant(row, 30),
                BlockStatus.values()[row.getInt(29)],
                new Block.Amounts(
                        row.getLong(15),
                        row.getLong(16),
                        row.getLong(17),
                        row.getLong(18),
                        row.getLong(19),
                        row.getLong(20),
                        row.getLong(21)));
        return block.withTakenBack(new Block.TakenBack(
                row.getLong(31), row.getLong(32), row.getLong(33), row.getLong(34), row.getLong(35), row.getLong(36)));
    }

    private static BlockSource source(int code) {
        return Arrays.stream(BlockSource.values())
                .filter(source -> source.code() == code)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no block source has the number " + code));
    }

    private static @Nullable List<String> features(@Nullable Array array) throws SQLException {
        return array == null ? null : List.of((String[]) array.getArray());
    }

    static Array uuids(Connection connection, Collection<UUID> ids) throws SQLException {
        return connection.createArrayOf("uuid", ids.toArray());
    }
}
