package dev.weir.ledger.threshold.app;

import dev.weir.ledger.RoundTrip;
import dev.weir.ledger.contract.WalletKind;
import dev.weir.ledger.directory.app.Directory;
import dev.weir.ledger.directory.persistence.DirectoryTables.Head;
import dev.weir.ledger.posting.app.LedgerReads;
import dev.weir.ledger.posting.domain.WalletSpec;
import dev.weir.ledger.threshold.domain.RechargeRule;
import dev.weir.ledger.threshold.domain.Threshold;
import dev.weir.ledger.threshold.persistence.ThresholdTables;
import dev.weir.ledger.threshold.persistence.ThresholdTables.StoredRequest;
import dev.weir.ledger.threshold.persistence.ThresholdTables.StoredRule;
import dev.weir.ledger.threshold.persistence.ThresholdTables.StoredThreshold;
import dev.weir.ledger.wallet.domain.WalletKey;
import dev.weir.platform.kernel.Problem;
import dev.weir.platform.servicekit.events.KeyWait;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Thresholds and recharge rules of customers' wallets, as operators set and see them. */
@ApplicationScoped
public class WatchedWallets {
    private static final int REQUESTS = 20;

    private final DataSource database;
    private final Directory directory;
    private final KeyWait keyWait;
    private final LedgerReads reads;
    private final ThresholdTables tables;
    private final Recharges recharges;

    /** A rule with what has become of it, and the last requests, the newest first. */
    public record Recharging(WalletSpec wallet, Optional<StoredRule> rule, List<StoredRequest> requests) {}

    WatchedWallets(
            DataSource database,
            Directory directory,
            KeyWait keyWait,
            LedgerReads reads,
            ThresholdTables tables,
            Recharges recharges) {
        this.database = database;
        this.directory = directory;
        this.keyWait = keyWait;
        this.reads = reads;
        this.tables = tables;
        this.recharges = recharges;
    }

    /**
     * The wallet of a unit.
     *
     * @throws Problem 404 UNKNOWN_CUSTOMER, UNKNOWN_UNIT; 409 WALLET_OF_ROOT for a child, whose root's wallets are not its own
     */
    public WalletSpec wallet(String customer, String unit, @Nullable String resource) {
        Head head = keyWait.forValue(() -> directory.head(customer))
                .orElseThrow(() -> Problem.notFound("UNKNOWN_CUSTOMER", "no customer " + customer));
        if (!head.root().equals(customer)) {
            throw Problem.conflict("WALLET_OF_ROOT", customer + " draws on the wallets of " + head.root());
        }
        WalletKey key = new WalletKey(customer, unit, resource);
        return keyWait.forValue(() -> reads.wallets(customer).stream()
                        .filter(spec -> spec.key().equals(key))
                        .findFirst()
                        .or(() -> resource == null
                                ? directory
                                        .creditScale(unit)
                                        .map(scale -> new WalletSpec(key, WalletKind.CREDIT, scale))
                                : Optional.empty()))
                .orElseThrow(() -> Problem.notFound("UNKNOWN_UNIT", customer + " has no wallet of " + unit));
    }

    /** The thresholds of a wallet, by name. */
    public List<StoredThreshold> thresholds(WalletSpec wallet) {
        return read(connection -> {
            RoundTrip trip = new RoundTrip();
            UUID id = wallet.key().id();
            Map<UUID, List<StoredThreshold>> found = tables.thresholds(trip, List.of(id));
            trip.run(connection);
            return found.getOrDefault(id, List.of());
        });
    }

    /** Puts other thresholds in their place. */
    public List<StoredThreshold> replace(WalletSpec wallet, List<Threshold> thresholds) {
        write(connection -> tables.replace(connection, wallet.key().id(), thresholds));
        return thresholds(wallet);
    }

    /** The recharge rule of a wallet. */
    public Recharging recharging(WalletSpec wallet) {
        return read(connection -> {
            RoundTrip trip = new RoundTrip();
            UUID id = wallet.key().id();
            Map<UUID, StoredRule> found = tables.rules(trip, List.of(id));
            trip.run(connection);
            return new Recharging(
                    wallet, Optional.ofNullable(found.get(id)), tables.requests(connection, id, REQUESTS));
        });
    }

    /** Puts the rule, which decides at once. */
    public Recharging put(WalletSpec wallet, RechargeRule rule, String actor) {
        WalletKey key = wallet.key();
        write(connection -> tables.put(connection, key.id(), key.root(), key.unit(), rule, actor));
        recharges.look(key.root(), key.unit(), wallet.scale());
        return recharging(wallet);
    }

    /** Removes the rule. */
    public void remove(WalletSpec wallet) {
        write(connection -> tables.removeRule(connection, wallet.key().id()));
    }

    @FunctionalInterface
    private interface Query<T> {
        T run(Connection connection) throws SQLException;
    }

    @FunctionalInterface
    private interface Change {
        void run(Connection connection) throws SQLException;
    }

    private <T> T read(Query<T> query) {
        try (Connection connection = database.getConnection()) {
            return query.run(connection);
        } catch (SQLException e) {
            throw new IllegalStateException("thresholds cannot be read", e);
        }
    }

    private void write(Change change) {
        QuarkusTransaction.requiringNew().run(() -> {
            try (Connection connection = database.getConnection()) {
                change.run(connection);
            } catch (SQLException e) {
                throw new IllegalStateException("thresholds cannot be written", e);
            }
        });
    }
}
