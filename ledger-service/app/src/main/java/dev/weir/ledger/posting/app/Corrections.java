package dev.weir.ledger.posting.app;

import dev.weir.ledger.posting.domain.BatchState;
import dev.weir.ledger.posting.domain.ByHand;
import dev.weir.ledger.posting.domain.Operation;
import dev.weir.ledger.posting.persistence.ChargedRows;
import dev.weir.ledger.posting.persistence.HoldTables;
import dev.weir.ledger.posting.persistence.JournalTables;
import dev.weir.ledger.posting.persistence.ReversalTable;
import dev.weir.ledger.posting.persistence.WalletTables;
import dev.weir.ledger.wallet.domain.Block;
import dev.weir.ledger.wallet.domain.JournalRow;
import dev.weir.ledger.wallet.domain.WalletBook;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Loads, under the locks, what corrections by hand need beyond their wallets' live blocks, and lists them. */
@ApplicationScoped
class Corrections {
    private final WalletTables wallets;
    private final JournalTables journal;
    private final HoldTables holds;
    private final ChargedRows charged;
    private final ReversalTable reversals;

    Corrections(
            WalletTables wallets,
            JournalTables journal,
            HoldTables holds,
            ChargedRows charged,
            ReversalTable reversals) {
        this.wallets = wallets;
        this.journal = journal;
        this.holds = holds;
        this.charged = charged;
        this.reversals = reversals;
    }

    void load(Connection connection, BatchState state, List<Operation> operations) throws SQLException {
        Set<UUID> blocks = new HashSet<>();
        List<byte[]> charges = new ArrayList<>();
        for (Operation operation : operations) {
            if (operation instanceof ByHand hand) {
                hand.named().ifPresent(blocks::add);
            }
            if (operation instanceof ByHand.Reverse reverse) {
                charges.add(reverse.chargeKey());
            }
        }
        Map<UUID, WalletBook> books = new HashMap<>();
        state.books().forEach(book -> books.put(book.id(), book));
        if (!charges.isEmpty()) {
            usage(connection, state, charges, books, blocks);
        }
        for (Block block : wallets.blocks(connection, blocks)) {
            WalletBook book = books.get(block.wallet());
            if (book != null) {
                book.attach(block);
            }
        }
    }

    /** Lists what was taken back. */
    void write(Connection connection, BatchState state) throws SQLException {
        reversals.insert(connection, state.reversed());
    }

    private void usage(
            Connection connection,
            BatchState state,
            List<byte[]> charges,
            Map<UUID, WalletBook> books,
            Set<UUID> blocks)
            throws SQLException {
        List<JournalRow> rows = journal.charged(connection, charges);
        state.addUsage(rows);
        Set<UUID> reservations = new HashSet<>();
        Map<UUID, Set<Instant>> periods = new HashMap<>();
        for (JournalRow row : rows) {
            if (row.block() != null) {
                blocks.add(row.block());
            }
            UUID reservation = row.reservation();
            if (reservation != null && state.hold(reservation) == null) {
                reservations.add(reservation);
            }
            if (row.periodFrom() != null) {
                periods.computeIfAbsent(row.wallet(), id -> new HashSet<>()).add(row.periodFrom());
            }
        }
        holds.load(connection, reservations).values().forEach(state::add);
        for (Map.Entry<UUID, Set<Instant>> entry : periods.entrySet()) {
            WalletBook book = books.get(entry.getKey());
            if (book != null) {
                charged.attach(connection, book, entry.getValue());
                blocks.addAll(charged.blocks(connection, book.id(), entry.getValue()));
            }
        }
    }
}
