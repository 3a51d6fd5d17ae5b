package dev.weir.ledger.posting.app;

import dev.weir.ledger.posting.domain.BatchState;
import dev.weir.ledger.posting.domain.Hold;
import dev.weir.ledger.posting.domain.TakeOver;
import dev.weir.ledger.posting.persistence.HoldTables;
import dev.weir.ledger.wallet.app.WindowBookings;
import dev.weir.ledger.wallet.domain.Block;
import dev.weir.ledger.wallet.domain.LimitPeriod;
import dev.weir.ledger.wallet.domain.MoveContext;
import dev.weir.ledger.wallet.domain.OpenOverage;
import dev.weir.ledger.wallet.domain.Timeline;
import dev.weir.ledger.wallet.domain.WalletBook;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** What a raise looks up: it happens seldom, so nothing is loaded for it in advance. */
record StoredOverage(Connection connection, WindowBookings windows, HoldTables tables, BatchState state)
        implements Timeline.OverageSource {

    @Override
    public List<OpenOverage> openOverage(WalletBook book, LimitPeriod period) {
        try {
            return windows.openOverage(
                    connection, book.id(), book.key().root(), book.key().unit(), period.from());
        } catch (SQLException e) {
            throw new LedgerException("the overage of " + book.key() + " cannot be read", e);
        }
    }

    @Override
    public void takeOver(WalletBook book, LimitPeriod period, Block block, MoveContext context) {
        try {
            Set<UUID> missing = new HashSet<>(tables.openOverage(connection, book.id(), period.from()));
            state.holds().forEach(hold -> missing.remove(hold.id()));
            tables.load(connection, missing).values().forEach(state::add);
        } catch (SQLException e) {
            throw new LedgerException("the overage holds of " + book.key() + " cannot be read", e);
        }
        List<Hold> oldestFirst = new ArrayList<>(state.holds());
        oldestFirst.sort(java.util.Comparator.comparing(Hold::createdAt).thenComparing(Hold::id));
        TakeOver.apply(book, period, block, oldestFirst, context);
    }
}
