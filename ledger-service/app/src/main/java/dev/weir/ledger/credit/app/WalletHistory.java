package dev.weir.ledger.credit.app;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.ledger.contract.WalletKind;
import dev.weir.ledger.contract.WalletState;
import dev.weir.ledger.posting.domain.WalletSpec;
import dev.weir.ledger.posting.persistence.JournalTables;
import dev.weir.ledger.posting.persistence.JournalTables.BlockFold;
import dev.weir.ledger.posting.persistence.WalletTables;
import dev.weir.ledger.wallet.domain.Account;
import dev.weir.ledger.wallet.domain.Block;
import dev.weir.ledger.wallet.domain.BurnOrder;
import dev.weir.ledger.wallet.domain.JournalRow;
import dev.weir.platform.kernel.Atoms;
import dev.weir.platform.servicekit.web.Cursor;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A wallet's past, folded from its journal. A block counts as there from its effectiveAt and as gone from its expiresAt,
 * whether or not that had been posted by then.
 */
@ApplicationScoped
public class WalletHistory {
    private final DataSource database;
    private final JournalTables journal;
    private final WalletTables wallets;

    WalletHistory(DataSource database, JournalTables journal, WalletTables wallets) {
        this.database = database;
        this.journal = journal;
        this.wallets = wallets;
    }

    /** The wallet at an instant. */
    ObjectNode at(WalletSpec spec, @Nullable WalletState now, Instant at) {
        try (Connection connection = database.getConnection()) {
            Map<UUID, BlockFold> folds = new HashMap<>();
            BlockFold rooms = new BlockFold(null, Map.of());
            for (BlockFold fold : journal.fold(connection, spec.key().id(), at)) {
                UUID block = fold.block();
                if (block == null) {
                    rooms = fold;
                } else {
                    folds.put(block, fold);
                }
            }
            List<Block> blocks = wallets.allBlocks(connection, spec.key().id()).stream()
                    .filter(block -> !block.effectiveAt().isAfter(at))
                    .sorted(BurnOrder.COMPARATOR)
                    .toList();
            return body(spec, now, at, folds, rooms, blocks);
        } catch (SQLException e) {
            throw new IllegalStateException("the past of " + spec.key() + " cannot be read", e);
        }
    }

    private static ObjectNode body(
            WalletSpec spec,
            @Nullable WalletState now,
            Instant at,
            Map<UUID, BlockFold> folds,
            BlockFold rooms,
            List<Block> blocks) {
        int scale = spec.scale();
        ArrayNode items = JsonNodeFactory.instance.arrayNode();
        long available = 0;
        long held = rooms.of(Account.HELD);
        for (Block block : blocks) {
            BlockFold fold = folds.get(block.id());
            Instant expires = block.expiresAt();
            boolean gone = expires != null && !expires.isAfter(at);
            // Not posted by then, though effective: it was there all the same.
            long free = fold == null ? block.granted() : fold.of(Account.AVAILABLE);
            long blockHeld = fold == null ? 0 : fold.of(Account.HELD);
            held += blockHeld;
            long live = gone ? 0 : free;
            available += live;
            long consumed = fold == null ? 0 : fold.of(Account.CONSUMED);
            long ended = fold == null ? 0 : fold.of(Account.CLOSING) + fold.of(Account.EXPIRED);
            if (gone && blockHeld == 0 && !stillClosing(block, at)) {
                continue;
            }
            items.addObject()
                    .put("id", block.id().toString())
                    .put("unit", spec.key().unit())
                    .put("source", block.source().name())
                    .put("category", block.category().name())
                    .put("priority", block.terms().priority())
                    .put("granted", Atoms.format(block.granted(), scale))
                    .put("remaining", Atoms.format(live + blockHeld, scale))
                    .put("held", Atoms.format(blockHeld, scale))
                    .put("consumed", Atoms.format(consumed, scale))
                    .put("expired", Atoms.format(gone ? free + ended : 0, scale))
                    .put("effectiveAt", block.effectiveAt().toString())
                    .put("expiresAt", expires == null ? null : expires.toString());
        }
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("unit", spec.key().unit());
        body.put("kind", spec.kind().name());
        body.put("available", Atoms.format(available, scale));
        body.put("held", Atoms.format(held, scale));
        long repaid = folds.values().stream()
                .mapToLong(fold -> fold.of(Account.OVERDRAFT))
                .sum();
        // The OVERDRAFT account's negative balance is debt booked and debt room held.
        long debt =
                spec.kind() == WalletKind.CREDIT ? -rooms.of(Account.OVERDRAFT) - rooms.of(Account.HELD) - repaid : 0;
        body.put("overdraft", Atoms.format(debt, scale));
        long floor = now == null ? 0 : now.floor();
        body.putObject("limit").put("kind", floor < 0 ? "SOFT" : "HARD").put("floor", Atoms.format(floor, scale));
        body.set("blocks", items);
        body.put("asOf", at.toString());
        return body;
    }

    private static boolean stillClosing(Block block, Instant at) {
        Instant closes = block.closesAt();
        return closes != null && closes.isAfter(at);
    }

    /** A block of the wallet, ended or not; empty if it has none of that id. */
    Optional<ObjectNode> block(WalletSpec spec, UUID id) {
        try (Connection connection = database.getConnection()) {
            List<Block> all = wallets.allBlocks(connection, spec.key().id());
            return all.stream()
                    .filter(block -> block.id().equals(id))
                    .findFirst()
                    .map(block -> BlockJson.detail(spec, block, all));
        } catch (SQLException e) {
            throw new IllegalStateException("block " + id + " cannot be read", e);
        }
    }

    /** A page of the journal, oldest first. */
    ObjectNode page(WalletSpec spec, JournalQuery query) {
        try (Connection connection = database.getConnection()) {
            List<JournalRow> rows = journal.page(
                    connection, spec.key().id(), query.after(), query.limit() + 1, query.event(), query.reservation());
            ObjectNode body = JsonNodeFactory.instance.objectNode();
            ArrayNode items = body.putArray("items");
            rows.stream().limit(query.limit()).forEach(row -> items.add(WalletJson.row(row, spec.scale())));
            if (rows.size() > query.limit()) {
                body.put(
                        "next",
                        Cursor.encode(Long.toString(rows.get(query.limit() - 1).seq())));
            }
            return body;
        } catch (SQLException e) {
            throw new IllegalStateException("the journal of " + spec.key() + " cannot be read", e);
        }
    }
}
