package dev.weir.ledger.posting.app;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.ledger.contract.BudgetState;
import dev.weir.ledger.directory.app.Directory;
import dev.weir.ledger.directory.domain.CustomerView;
import dev.weir.ledger.directory.domain.ViewEntitlements;
import dev.weir.ledger.directory.persistence.DirectoryTables;
import dev.weir.ledger.posting.domain.Hold;
import dev.weir.ledger.posting.domain.Leg;
import dev.weir.ledger.posting.domain.ListedReversal;
import dev.weir.ledger.posting.domain.Outcome.UnitAmount;
import dev.weir.ledger.posting.domain.WalletSpec;
import dev.weir.ledger.posting.persistence.BudgetTables;
import dev.weir.ledger.posting.persistence.ChargedRows;
import dev.weir.ledger.posting.persistence.HoldTables;
import dev.weir.ledger.posting.persistence.HoldTables.Owner;
import dev.weir.ledger.posting.persistence.JournalTables;
import dev.weir.ledger.posting.persistence.ReversalTable;
import dev.weir.ledger.wallet.domain.JournalRow;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Reads without locks. */
@ApplicationScoped
public class LedgerReads {
    private final DataSource database;
    private final Directory directory;
    private final DirectoryTables tables;
    private final HoldTables holds;
    private final NamedWallets named;
    private final BudgetTables budgets;
    private final JournalTables journal;
    private final ChargedRows charged;
    private final ReversalTable reversals;

    LedgerReads(
            DataSource database,
            Directory directory,
            DirectoryTables tables,
            HoldTables holds,
            NamedWallets named,
            BudgetTables budgets,
            JournalTables journal,
            ChargedRows charged,
            ReversalTable reversals) {
        this.budgets = budgets;
        this.database = database;
        this.directory = directory;
        this.tables = tables;
        this.holds = holds;
        this.named = named;
        this.journal = journal;
        this.charged = charged;
        this.reversals = reversals;
    }

    /** Whose reservation it is. */
    public Optional<Owner> owner(UUID reservation) {
        Optional<Owner> remembered = holds.remembered(reservation);
        return remembered.isPresent()
                ? remembered
                : read(connection -> Optional.ofNullable(
                        holds.owners(connection, List.of(reservation)).get(reservation)));
    }

    /** A reservation as it stands. */
    public Optional<JsonNode> reservation(UUID id) {
        return read(connection -> {
            Hold hold = holds.load(connection, List.of(id)).get(id);
            if (hold == null) {
                return Optional.empty();
            }
            List<UnitAmount> held = new ArrayList<>();
            for (Leg leg : hold.legs()) {
                for (WalletSpec spec : hold.terms().wallets(hold.root())) {
                    if (spec.key().id().equals(leg.wallet()) && leg.open() > 0) {
                        held.add(new UnitAmount(spec.key().unit(), spec.scale(), leg.open()));
                    }
                }
            }
            return Optional.of(Answers.reservation(hold, held));
        });
    }

    /** Whether any source names the feature for the customer now. */
    public boolean entitled(String customer, String feature, @Nullable String resource) {
        return read(connection -> {
            Map<String, CustomerView> views =
                    directory.views(connection, directory.heads(connection, Set.of(customer)));
            Instant now = tables.now(connection);
            return new ViewEntitlements(views)
                    .feature(customer, feature, resource, now)
                    .isPresent();
        });
    }

    /** Every wallet that a root customer has or that its snapshot speaks of. */
    public List<WalletSpec> wallets(String root) {
        return read(connection -> {
            Map<String, CustomerView> views = directory.views(connection, directory.heads(connection, Set.of(root)));
            return named.of(connection, root, views.get(root), tables.now(connection));
        });
    }

    /** The budgets of a root whose period runs. */
    public List<BudgetState> budgets(String root) {
        return read(connection -> budgets.of(connection, root, tables.now(connection)));
    }

    /** Every row by which an event was charged in a feature, and taken back. */
    public List<JournalRow> charged(byte[] chargeKey) {
        return read(connection -> journal.charged(connection, List.of(chargeKey)));
    }

    /** The units of wallets, by their ids. */
    public Map<UUID, WalletSpec> drawnOn(byte[] chargeKey) {
        return read(connection -> {
            Map<UUID, WalletSpec> specs = new HashMap<>();
            charged.wallets(connection, chargeKey)
                    .forEach(spec -> specs.put(spec.key().id(), spec));
            return specs;
        });
    }

    /** A customer's reversals, the oldest first, after one. */
    public List<ListedReversal> reversals(String customer, @Nullable UUID after, int most) {
        return read(connection -> reversals.list(connection, customer, after, most));
    }

    private interface Query<T> {
        T run(Connection connection) throws SQLException;
    }

    private <T> T read(Query<T> query) {
        try (Connection connection = database.getConnection()) {
            return query.run(connection);
        } catch (SQLException e) {
            throw new LedgerException("the ledger cannot be read", e);
        }
    }
}
