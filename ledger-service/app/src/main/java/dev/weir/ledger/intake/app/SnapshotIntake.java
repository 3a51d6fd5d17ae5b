package dev.weir.ledger.intake.app;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.weir.entitlement.contract.CustomerSnapshot;
import dev.weir.ledger.contract.CustomerApplied;
import dev.weir.ledger.directory.app.Directory;
import dev.weir.ledger.directory.persistence.DirectoryTables;
import dev.weir.ledger.directory.persistence.DirectoryTables.Head;
import dev.weir.ledger.directory.persistence.DirectoryTables.Waiting;
import dev.weir.ledger.posting.app.Ledger;
import dev.weir.ledger.posting.app.NamedWallets;
import dev.weir.ledger.posting.domain.Operation;
import dev.weir.ledger.posting.domain.WalletSpec;
import dev.weir.ledger.posting.persistence.WalletTables;
import dev.weir.ledger.usage.app.UsageIntake;
import dev.weir.platform.kernel.Ids;
import dev.weir.platform.kernel.Json;
import dev.weir.platform.kernel.Shard;
import dev.weir.platform.servicekit.events.Outbox;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;

/**
 * Makes a customer's new snapshot the one that the ledger works by. First every period that began before the change is
 * opened under the old one, then the new one is applied to every wallet: limits raised and cut, credit that is due issued. A
 * snapshot that names bodies which have not arrived waits for them. Runs in the consumer's transaction.
 */
@ApplicationScoped
public class SnapshotIntake {
    private final DataSource database;
    private final Directory directory;
    private final DirectoryTables tables;
    private final WalletTables wallets;
    private final NamedWallets named;
    private final Ledger ledger;
    private final UsageIntake usage;
    private final Outbox outbox;

    SnapshotIntake(
            DataSource database,
            Directory directory,
            DirectoryTables tables,
            WalletTables wallets,
            NamedWallets named,
            Ledger ledger,
            UsageIntake usage,
            Outbox outbox) {
        this.database = database;
        this.directory = directory;
        this.tables = tables;
        this.wallets = wallets;
        this.named = named;
        this.ledger = ledger;
        this.usage = usage;
        this.outbox = outbox;
    }

    /** Takes a snapshot: applies it, or keeps it until its bodies are here. */
    public void received(CustomerSnapshot snapshot, String json) {
        try (Connection connection = database.getConnection()) {
            tables.lockBodies(connection, false);
            take(connection, snapshot, json);
        } catch (SQLException e) {
            throw new IllegalStateException("the snapshot of " + snapshot.customer() + " cannot be taken", e);
        }
    }

    /** Applies those waiting snapshots to which a body that has just come was the last missing one. */
    void bodyArrived(Connection connection, String hash) throws SQLException {
        for (String json : tables.waitingFor(connection, hash)) {
            take(connection, parse(json), json);
        }
    }

    private void take(Connection connection, CustomerSnapshot snapshot, String json) throws SQLException {
        Optional<Head> known = tables.head(connection, snapshot.customer());
        if (known.isPresent() && known.get().version() >= snapshot.version()) {
            tables.removeWaiting(connection, snapshot.customer(), snapshot.version());
            return;
        }
        Set<String> missing = new HashSet<>(snapshot.bodyHashes());
        missing.removeAll(tables.present(connection, snapshot.bodyHashes()));
        if (!missing.isEmpty()) {
            tables.putWaiting(connection, new Waiting(snapshot.customer(), snapshot.version(), json, missing));
            return;
        }
        apply(connection, snapshot, json, known);
    }

    private void apply(Connection connection, CustomerSnapshot snapshot, String json, Optional<Head> known)
            throws SQLException {
        String customer = snapshot.customer();
        String root = snapshot.root();
        if (known.isPresent()) {
            refresh(customer, wallets.walletsOf(connection, customer), false);
        }
        tables.putSnapshot(connection, customer, root, snapshot.version(), json);
        tables.removeWaiting(connection, customer, snapshot.version());
        List<WalletSpec> all = named.of(
                connection,
                customer,
                customer.equals(root) ? directory.view(connection, snapshot) : null,
                tables.now(connection));
        refresh(customer, all, true);
        outbox.state(
                "ledger.customer-applied",
                customer,
                snapshot.version(),
                Shard.of(root),
                new CustomerApplied(customer, snapshot.version()));
        usage.retry(connection, customer);
    }

    private void refresh(String root, List<WalletSpec> specs, boolean force) {
        if (!specs.isEmpty()) {
            ledger.execute(List.of(new Operation.Refresh(root, Set.copyOf(specs), force, Ids.next())));
        }
    }

    private static CustomerSnapshot parse(String json) {
        try {
            return Json.lenientMapper().readValue(json, CustomerSnapshot.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a waiting snapshot cannot be read", e);
        }
    }
}
