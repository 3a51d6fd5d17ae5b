package dev.weir.ledger.seal.app;

import dev.weir.ledger.seal.SealConfig;
import dev.weir.ledger.seal.domain.MerkleTree;
import dev.weir.ledger.seal.domain.Seal;
import dev.weir.ledger.seal.domain.SealKey;
import dev.weir.ledger.seal.domain.SealLeaf;
import dev.weir.ledger.seal.persistence.SealTable;
import dev.weir.platform.servicekit.web.DatabaseClock;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jboss.logging.Logger;

/**
 * Seals what changed. It reads wallet heads, not rows by time, so that a transaction that commits late cannot slip through.
 * One instance at a time; which one does not matter.
 */
@ApplicationScoped
public class Sealer {
    private static final Logger LOG = Logger.getLogger(Sealer.class);

    private final DataSource database;
    private final SealTable table;
    private final DatabaseClock clock;
    private final SealConfig config;

    Sealer(DataSource database, SealTable table, DatabaseClock clock, SealConfig config) {
        this.database = database;
        this.table = table;
        this.clock = clock;
        this.config = config;
    }

    @Scheduled(
            every = "{ledger.seal.interval:10s}",
            delayed = "5s",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void sealNow() {
        Optional<Seal> seal;
        do {
            seal = QuarkusTransaction.requiringNew().call(() -> {
                try (Connection connection = database.getConnection()) {
                    return table.tryLock(connection) ? seal(connection) : Optional.empty();
                }
            });
        } while (seal.isPresent() && seal.get().leaves() == config.leaves());
    }

    /** Waits for its turn and seals what changed; empty if nothing did. */
    public Optional<Seal> seal() {
        return QuarkusTransaction.requiringNew().call(() -> {
            try (Connection connection = database.getConnection()) {
                table.lock(connection);
                return seal(connection);
            }
        });
    }

    private Optional<Seal> seal(Connection connection) throws SQLException {
        List<SealLeaf> leaves = table.changed(connection, config.leaves());
        if (leaves.isEmpty()) {
            return Optional.empty();
        }
        SealKey key = key(connection);
        Optional<Seal> last = table.last(connection);
        long number = last.map(Seal::number).orElse(0L) + 1;
        byte[] previous = last.map(Seal::hash).orElseGet(Seal::genesis);
        Instant now = clock.now().truncatedTo(ChronoUnit.MICROS);
        byte[] root = MerkleTree.root(leaves.stream().map(SealLeaf::bytes).toList());
        byte[] hash = Seal.hashOf(number, now, leaves.size(), root, previous);
        Seal seal = new Seal(number, now, leaves.size(), root, previous, hash, key.sign(hash), key.id());
        table.insert(connection, seal, leaves);
        return Optional.of(seal);
    }

    private SealKey key(Connection connection) throws SQLException {
        if (config.keyFile().isPresent()) {
            SealKey key = KeyFile.read(config.keyFile().get());
            table.know(connection, key, false);
            return key;
        }
        Optional<SealKey> stored = table.storedKey(connection);
        if (stored.isPresent()) {
            return stored.get();
        }
        SealKey key = SealKey.generate();
        table.know(connection, key, true);
        LOG.warnf(
                "seals are signed with a key that stands in the database (%s): set ledger.seal.key-file where it matters",
                key.id());
        return key;
    }
}
