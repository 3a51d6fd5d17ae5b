package dev.weir.ledger.intake.app;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.weir.catalog.contract.CatalogApplied;
import dev.weir.catalog.contract.CatalogInForce;
import dev.weir.catalog.contract.CreditUnit;
import dev.weir.catalog.contract.FeatureDefinition;
import dev.weir.catalog.contract.FeatureType;
import dev.weir.ledger.directory.persistence.DirectoryTables;
import dev.weir.ledger.directory.persistence.DirectoryTables.StoredCatalog;
import dev.weir.platform.kernel.Json;
import dev.weir.platform.servicekit.events.Outbox;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import javax.sql.DataSource;

/**
 * Stores what the catalog publishes. Neither order nor completeness is given: a catalog is applied when every body that it
 * names is here. Runs in the consumer's transaction.
 */
@ApplicationScoped
public class CatalogIntake {
    private final DataSource database;
    private final DirectoryTables tables;
    private final SnapshotIntake snapshots;
    private final Outbox outbox;

    CatalogIntake(DataSource database, DirectoryTables tables, SnapshotIntake snapshots, Outbox outbox) {
        this.database = database;
        this.tables = tables;
        this.snapshots = snapshots;
        this.outbox = outbox;
    }

    /** A plan or add-on version. */
    public void body(String hash, String kind, Map<String, CreditUnit> units, String json) {
        run(connection -> {
            tables.putBody(connection, hash, kind, json);
            putUnits(connection, units);
            complete(connection);
            snapshots.bodyArrived(connection, hash);
        });
    }

    /** The catalog in force. */
    public void catalog(CatalogInForce catalog, String json) {
        run(connection -> {
            tables.putCatalog(connection, catalog.version(), json);
            putUnits(connection, catalog.creditUnits());
            for (FeatureDefinition feature : new TreeMap<>(catalog.features()).values()) {
                if (feature.type() == FeatureType.METERED) {
                    String name = feature.unit() == null ? feature.key() : feature.unit();
                    tables.putUnit(connection, feature.key(), false, feature.scale(), name);
                }
            }
            complete(connection);
        });
    }

    private void putUnits(Connection connection, Map<String, CreditUnit> units) throws SQLException {
        for (CreditUnit unit : new TreeMap<>(units).values()) {
            tables.putUnit(connection, unit.key(), true, unit.scale(), unit.name());
        }
    }

    private void complete(Connection connection) throws SQLException {
        for (StoredCatalog stored : tables.catalogs(connection)) {
            if (stored.applied()) {
                return;
            }
            CatalogInForce catalog = parse(stored.body());
            Set<String> named = new HashSet<>();
            catalog.plans().values().forEach(plan -> named.add(plan.hash()));
            catalog.addons().values().forEach(addon -> named.add(addon.hash()));
            if (tables.present(connection, named).containsAll(named)) {
                tables.applied(connection, stored.version());
                outbox.state(
                        "ledger.catalog-applied",
                        "catalog",
                        stored.version(),
                        "00",
                        new CatalogApplied(stored.version()));
                return;
            }
        }
    }

    private interface Work {
        void run(Connection connection) throws SQLException;
    }

    private void run(Work work) {
        try (Connection connection = database.getConnection()) {
            tables.lockBodies(connection, true);
            work.run(connection);
        } catch (SQLException e) {
            throw new IllegalStateException("the catalog's event cannot be stored", e);
        }
    }

    private static CatalogInForce parse(String json) {
        try {
            return Json.lenientMapper().readValue(json, CatalogInForce.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a stored catalog cannot be read", e);
        }
    }
}
