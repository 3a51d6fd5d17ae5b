package dev.weir.ledger.posting.persistence;

import dev.weir.ledger.Column;
import dev.weir.ledger.RoundTrip;
import dev.weir.ledger.wallet.domain.Block;
import dev.weir.ledger.wallet.domain.JournalRow;
import dev.weir.ledger.wallet.domain.LimitPeriod;
import dev.weir.ledger.wallet.domain.WalletBook;
import dev.weir.platform.kernel.CanonicalJson;
import dev.weir.platform.kernel.Shard;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Writes books back, one statement for each kind of change however many rows it has. A new wallet or block is inserted
 * plainly: if another instance made it meanwhile, the unique key fails the batch, which is then decided again on what is there.
 */
@ApplicationScoped
public class WalletWriter {
    private static final String HEAD = """
            level, floor, repay, state, available, held, overdraft, overdraft_held, overage_held, quarantined, seq, head_hash,
              last_posted_at, period_from, synced_to, next_due""";
    private static final String HEAD_VALUES =
            """
            g.level, g.floor, g.repay, g.state, g.available, g.held, g.overdraft, g.overdraft_held, g.overage_held,
              g.quarantined, g.seq, g.head_hash, %s, %s, %s, %s""".formatted(time("last_posted_at"), time("period_from"), time("synced_to"), time("next_due"));
    private static final String HEAD_ARRAYS =
            "?::bool[], ?::bigint[], ?::bool[], ?::int[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[],"
                    + " ?::bigint[], ?::bigint[], ?::bytea[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[]";

    private static final String INSERT_WALLETS =
            """
            INSERT INTO wallet (wallet_id, root_customer, shard, unit, resource, kind, scale, created_at, %s)
            SELECT g.wallet_id, g.root_customer, g.shard, g.unit, g.resource, g.kind, g.scale, %s, %s
            FROM unnest(?::uuid[], ?::text[], ?::int[], ?::text[], ?::text[], ?::int[], ?::int[], ?::bigint[], %s)
              AS g (wallet_id, root_customer, shard, unit, resource, kind, scale, created_at, %s)""".formatted(HEAD, time("created_at"), HEAD_VALUES, HEAD_ARRAYS, HEAD);

    private static final String UPDATE_WALLETS = """
            UPDATE wallet AS w SET (%s) = ROW (%s)
            FROM unnest(?::uuid[], %s) AS g (wallet_id, %s) WHERE w.wallet_id = g.wallet_id""".formatted(HEAD, HEAD_VALUES, HEAD_ARRAYS, HEAD);

    // A period's key is unique under the wallet's lock, so an upsert cannot hide a race here.
    private static final String WRITE_PERIODS =
            """
            INSERT INTO limit_period (wallet_id, period_from, period_to, closes_at, target, overage, overage_held, overrun,
              used_before)
            SELECT g.wallet_id, %s, %s, %s, g.target, g.overage, g.overage_held, g.overrun, g.used_before
            FROM unnest(?::uuid[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[],
                ?::bigint[])
              AS g (wallet_id, period_from, period_to, closes_at, target, overage, overage_held, overrun, used_before)
            ON CONFLICT (wallet_id, period_from) DO UPDATE SET target = excluded.target, overage = excluded.overage,
              overage_held = excluded.overage_held, overrun = excluded.overrun, used_before = excluded.used_before""".formatted(time("period_from"), time("period_to"), time("closes_at"));

    private static final String AMOUNTS =
            "expires_at, closes_at, state, remaining, held, consumed, expired, voided, closing, moved_out, void_due, refund_due,"
                    + " voided_for_good, cost_refunded, cost_moved, charged_back";
    private static final String AMOUNT_VALUES =
            "%s, %s, g.state, g.remaining, g.held, g.consumed, g.expired, g.voided, g.closing, g.moved_out,"
                    .concat(
                            " g.void_due, g.refund_due, g.voided_for_good, g.cost_refunded, g.cost_moved, g.charged_back")
                    .formatted(time("expires_at"), time("closes_at"));
    private static final String AMOUNT_ARRAYS =
            "?::bigint[], ?::bigint[], ?::int[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[],"
                    + " ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[]";

    // An array of arrays would have to be rectangular: a block's features travel as one text.
    private static final String INSERT_BLOCKS = """
            INSERT INTO credit_block (block_id, wallet_id, parent_block_id, source, source_ref, source_ord, category, priority,
              effective_at, features, period_from, granted, rollover_max, rollover_for, cost_ccy, cost_total, reference, reason,
              key_until, created_at, %s)
            SELECT g.block_id, g.wallet_id, g.parent_block_id, g.source, g.source_ref, g.source_ord, g.category, g.priority,
              %s, string_to_array(g.features, chr(10)), %s, g.granted, g.rollover_max, g.rollover_for, g.cost_ccy, g.cost_total,
              g.reference, g.reason, %s, %s, %s
            FROM unnest(?::uuid[], ?::uuid[], ?::uuid[], ?::int[], ?::text[], ?::int[], ?::int[], ?::int[], ?::bigint[],
                ?::text[], ?::bigint[], ?::bigint[], ?::bigint[], ?::text[], ?::text[], ?::bigint[], ?::text[], ?::text[],
                ?::bigint[], ?::bigint[], %s)
              AS g (block_id, wallet_id, parent_block_id, source, source_ref, source_ord, category, priority, effective_at,
                features, period_from, granted, rollover_max, rollover_for, cost_ccy, cost_total, reference, reason, key_until,
                created_at, %s)""".formatted(
                    AMOUNTS,
                    time("effective_at"),
                    time("period_from"),
                    time("key_until"),
                    time("created_at"),
                    AMOUNT_VALUES,
                    AMOUNT_ARRAYS,
                    AMOUNTS);

    private static final String UPDATE_BLOCKS = """
            UPDATE credit_block AS b SET (%s) = ROW (%s)
            FROM unnest(?::uuid[], %s) AS g (block_id, %s) WHERE b.block_id = g.block_id""".formatted(AMOUNTS, AMOUNT_VALUES, AMOUNT_ARRAYS, AMOUNTS);

    private static final String INSERT_ROWS =
            """
            INSERT INTO journal (wallet_id, seq, txn_id, for_customer, kind, from_acct, to_acct, amount, block_id, resv_id,
              reverses_seq, charge_key, feature, resource, rate_version, window_start, period_from, available_after, held_after,
              overdraft_after, block_remaining_after, effective_at, posted_at, late, op_key, actor, event_source, event_id, hash,
              meta)
            SELECT g.wallet_id, g.seq, g.txn_id, g.for_customer, g.kind, g.from_acct, g.to_acct, g.amount, g.block_id, g.resv_id,
              g.reverses_seq, g.charge_key, g.feature, g.resource, g.rate_version, %s, %s, g.available_after, g.held_after,
              g.overdraft_after, g.block_remaining_after, %s, %s, g.late, g.op_key, g.actor, g.event_source, g.event_id, g.hash,
              g.meta::jsonb
            FROM unnest(?::uuid[], ?::bigint[], ?::uuid[], ?::text[], ?::int[], ?::int[], ?::int[], ?::bigint[], ?::uuid[],
                ?::uuid[], ?::bigint[], ?::bytea[], ?::text[], ?::text[], ?::text[], ?::bigint[], ?::bigint[], ?::bigint[],
                ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bool[], ?::text[], ?::text[], ?::text[],
                ?::text[], ?::bytea[], ?::text[])
              AS g (wallet_id, seq, txn_id, for_customer, kind, from_acct, to_acct, amount, block_id, resv_id, reverses_seq,
                charge_key, feature, resource, rate_version, window_start, period_from, available_after, held_after,
                overdraft_after, block_remaining_after, effective_at, posted_at, late, op_key, actor, event_source, event_id,
                hash, meta)""".formatted(time("window_start"), time("period_from"), time("effective_at"), time("posted_at"));

    private record PeriodRow(WalletBook book, LimitPeriod period) {}

    /** Adds the books' changes to a round trip. */
    public void write(RoundTrip trip, Collection<WalletBook> books) {
        List<WalletBook> changed =
                books.stream().filter(WalletWriter::worthWriting).toList();
        insertWallets(trip, changed.stream().filter(WalletBook::fresh).toList());
        updateWallets(trip, changed.stream().filter(book -> !book.fresh()).toList());
        writePeriods(trip, changed);
        List<Block> blocks = changed.stream()
                .flatMap(book -> book.blocks().stream())
                .filter(Block::changed)
                .toList();
        insertBlocks(trip, blocks.stream().filter(Block::fresh).toList());
        updateBlocks(trip, blocks.stream().filter(block -> !block.fresh()).toList());
        insertRows(trip, changed.stream().flatMap(book -> book.rows().stream()).toList());
    }

    /** A wallet that was only looked at is not stored: a stream of denied requests must not fill the table. */
    public static boolean worthWriting(WalletBook book) {
        return book.changed()
                && (!book.fresh()
                        || !book.blocks().isEmpty()
                        || !book.rows().isEmpty()
                        || book.periods().stream().anyMatch(period -> period.usedBefore() > 0));
    }

    private static void insertWallets(RoundTrip trip, List<WalletBook> books) {
        if (books.isEmpty()) {
            return;
        }
        List<Object> columns = new ArrayList<>(List.of(
                Column.uuids(books, WalletBook::id),
                Column.texts(books, book -> book.key().root()),
                Column.ints(books, book -> Shard.number(book.key().root())),
                Column.texts(books, book -> book.key().unit()),
                Column.texts(books, book -> book.key().resource()),
                Column.ints(books, book -> book.kind().ordinal()),
                Column.ints(books, WalletBook::scale),
                Column.times(books, book -> book.head().createdAt())));
        columns.addAll(heads(books));
        trip.update(INSERT_WALLETS, columns.toArray());
    }

    private static void updateWallets(RoundTrip trip, List<WalletBook> books) {
        if (books.isEmpty()) {
            return;
        }
        List<Object> columns = new ArrayList<>(List.of(Column.uuids(books, WalletBook::id)));
        columns.addAll(heads(books));
        trip.update(UPDATE_WALLETS, columns.toArray());
    }

    private static List<Column> heads(List<WalletBook> books) {
        return List.of(
                Column.booleans(books, book -> book.head().level()),
                Column.longs(books, book -> book.head().floor()),
                Column.booleans(books, book -> book.head().repay()),
                Column.ints(books, book -> book.head().status().ordinal()),
                Column.longs(books, book -> book.head().available()),
                Column.longs(books, book -> book.head().held()),
                Column.longs(books, book -> book.head().overdraft()),
                Column.longs(books, book -> book.head().overdraftHeld()),
                Column.longs(books, book -> book.head().overageHeld()),
                Column.longs(books, book -> book.head().quarantined()),
                Column.longs(books, book -> book.head().seq()),
                Column.bytes(books, book -> book.head().hash()),
                Column.times(books, book -> book.head().lastPostedAt()),
                Column.times(books, book -> book.head().periodFrom()),
                Column.times(books, book -> book.head().syncedTo()),
                Column.times(books, book -> book.head().nextDue()));
    }

    private static void writePeriods(RoundTrip trip, List<WalletBook> books) {
        List<PeriodRow> rows = books.stream()
                .flatMap(book ->
                        book.periods().stream().filter(LimitPeriod::changed).map(period -> new PeriodRow(book, period)))
                .toList();
        if (rows.isEmpty()) {
            return;
        }
        trip.update(
                WRITE_PERIODS,
                Column.uuids(rows, row -> row.book().id()),
                Column.times(rows, row -> row.period().from()),
                Column.times(rows, row -> row.period().to()),
                Column.times(rows, row -> row.period().closesAt()),
                Column.longs(rows, row -> row.period().target()),
                Column.longs(rows, row -> row.period().overage()),
                Column.longs(rows, row -> row.period().overageHeld()),
                Column.longs(rows, row -> row.period().overrun()),
                Column.longs(rows, row -> row.period().usedBefore()));
    }

    private static void insertBlocks(RoundTrip trip, List<Block> blocks) {
        if (blocks.isEmpty()) {
            return;
        }
        List<Object> columns = new ArrayList<>(List.of(
                Column.uuids(blocks, Block::id),
                Column.uuids(blocks, Block::wallet),
                Column.uuids(blocks, block -> block.terms().parent()),
                Column.ints(blocks, block -> block.terms().source().code()),
                Column.texts(blocks, block -> block.terms().sourceReference()),
                Column.ints(blocks, block -> block.terms().ordinal()),
                Column.ints(blocks, block -> block.terms().category().ordinal()),
                Column.ints(blocks, block -> block.terms().priority()),
                Column.times(blocks, Block::effectiveAt),
                Column.texts(blocks, WalletWriter::features)));
        columns.addAll(List.of(
                Column.times(blocks, block -> block.terms().periodFrom()),
                Column.longs(blocks, Block::granted),
                Column.optionalLongs(blocks, block -> block.terms().rolloverMax()),
                Column.texts(blocks, block -> block.terms().rolloverFor()),
                Column.texts(blocks, block -> block.terms().costCurrency()),
                Column.longs(blocks, block -> block.terms().costTotal()),
                Column.texts(blocks, block -> block.terms().reference()),
                Column.texts(blocks, block -> block.terms().reason()),
                Column.times(blocks, block -> block.terms().keyUntil()),
                Column.times(blocks, Block::createdAt)));
        columns.addAll(amounts(blocks));
        trip.update(INSERT_BLOCKS, columns.toArray());
    }

    private static @org.jspecify.annotations.Nullable String features(Block block) {
        List<String> features = block.terms().features();
        return features == null ? null : String.join("\n", features);
    }

    private static void updateBlocks(RoundTrip trip, List<Block> blocks) {
        if (blocks.isEmpty()) {
            return;
        }
        List<Object> columns = new ArrayList<>(List.of(Column.uuids(blocks, Block::id)));
        columns.addAll(amounts(blocks));
        trip.update(UPDATE_BLOCKS, columns.toArray());
    }

    private static List<Column> amounts(List<Block> blocks) {
        return List.of(
                Column.times(blocks, Block::expiresAt),
                Column.times(blocks, Block::closesAt),
                Column.ints(blocks, block -> block.status().code()),
                Column.longs(blocks, Block::remaining),
                Column.longs(blocks, Block::held),
                Column.longs(blocks, Block::consumed),
                Column.longs(blocks, Block::expired),
                Column.longs(blocks, Block::voided),
                Column.longs(blocks, Block::closing),
                Column.longs(blocks, Block::movedOut),
                Column.longs(blocks, block -> block.takenBack().voidDue()),
                Column.longs(blocks, block -> block.takenBack().refundDue()),
                Column.longs(blocks, block -> block.takenBack().voidedForGood()),
                Column.longs(blocks, block -> block.takenBack().costRefunded()),
                Column.longs(blocks, block -> block.takenBack().costMoved()),
                Column.longs(blocks, block -> block.takenBack().chargedBack()));
    }

    private static void insertRows(RoundTrip trip, List<JournalRow> rows) {
        if (rows.isEmpty()) {
            return;
        }
        trip.update(
                INSERT_ROWS,
                Column.uuids(rows, JournalRow::wallet),
                Column.longs(rows, JournalRow::seq),
                Column.uuids(rows, JournalRow::transaction),
                Column.texts(rows, JournalRow::customer),
                Column.ints(rows, row -> row.kind().code()),
                Column.ints(rows, row -> row.from().code()),
                Column.ints(rows, row -> row.to().code()),
                Column.longs(rows, JournalRow::amount),
                Column.uuids(rows, JournalRow::block),
                Column.uuids(rows, JournalRow::reservation),
                Column.optionalLongs(rows, JournalRow::reversesSeq),
                Column.bytes(rows, JournalRow::chargeKey),
                Column.texts(rows, JournalRow::feature),
                Column.texts(rows, JournalRow::resource),
                Column.texts(rows, JournalRow::rateVersion),
                Column.times(rows, JournalRow::windowStart),
                Column.times(rows, JournalRow::periodFrom),
                Column.longs(rows, JournalRow::availableAfter),
                Column.longs(rows, JournalRow::heldAfter),
                Column.longs(rows, JournalRow::overdraftAfter),
                Column.optionalLongs(rows, JournalRow::blockRemainingAfter),
                Column.times(rows, JournalRow::effectiveAt),
                Column.times(rows, JournalRow::postedAt),
                Column.booleans(rows, JournalRow::late),
                Column.texts(rows, JournalRow::operationKey),
                Column.texts(rows, JournalRow::actor),
                Column.texts(rows, JournalRow::eventSource),
                Column.texts(rows, JournalRow::eventId),
                Column.bytes(rows, JournalRow::hash),
                Column.texts(rows, row -> row.meta().isEmpty() ? null : CanonicalJson.write(row.meta())));
    }

    private static String time(String column) {
        return Column.time("g." + column);
    }
}
