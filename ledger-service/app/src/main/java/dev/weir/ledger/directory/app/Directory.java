package dev.weir.ledger.directory.app;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.weir.catalog.contract.AddonVersion;
import dev.weir.catalog.contract.CatalogInForce;
import dev.weir.catalog.contract.FeatureDefinition;
import dev.weir.catalog.contract.PlanVersion;
import dev.weir.entitlement.contract.Bodies;
import dev.weir.entitlement.contract.CustomerSnapshot;
import dev.weir.ledger.directory.domain.CatalogView;
import dev.weir.ledger.directory.domain.CustomerView;
import dev.weir.ledger.directory.persistence.DirectoryTables;
import dev.weir.ledger.directory.persistence.DirectoryTables.Head;
import dev.weir.ledger.directory.persistence.DirectoryTables.StoredCatalog;
import dev.weir.platform.kernel.Json;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;

/**
 * What the ledger knows of catalog and customers, with what it costs to read it saved: parsed bodies are kept (they never
 * change), parsed snapshots by version. The tables decide; nothing here is believed without looking at the version there.
 */
@ApplicationScoped
public class Directory {
    private static final int VIEWS = 20_000;

    private final DataSource database;
    private final DirectoryTables tables;
    private final Map<String, Object> bodies = new ConcurrentHashMap<>();
    private final ReentrantLock viewsLock = new ReentrantLock();
    private final LinkedHashMap<String, CustomerView> views = new LinkedHashMap<>(64, 0.75f, true);
    private volatile CatalogView catalog = CatalogView.EMPTY;

    Directory(DataSource database, DirectoryTables tables) {
        this.database = database;
        this.tables = tables;
    }

    /** The version applied and the root of a customer; empty if it is not known. */
    public Optional<Head> head(String customer) {
        return read(connection -> tables.head(connection, customer));
    }

    /** Whether a customer is archived, so that it gets nothing more; false if it is not known. */
    public boolean archived(String customer) {
        return read(connection -> {
            CustomerView view = views(connection, tables.heads(connection, List.of(customer)))
                    .get(customer);
            return view != null && view.snapshot().archived();
        });
    }

    /** The catalog as last read; {@link #freshCatalog} looks again. */
    public CatalogView catalog() {
        return catalog;
    }

    /** The catalog in force, read again from the tables. */
    public CatalogView freshCatalog() {
        CatalogView fresh = read(this::readCatalog);
        catalog = fresh;
        return fresh;
    }

    /** The same inside a transaction. */
    public CatalogView freshCatalog(Connection connection) throws SQLException {
        return readCatalog(connection);
    }

    /** The credit unit's scale; looks into the tables if it is new. */
    public Optional<Integer> creditScale(String unit) {
        Integer known = catalog.creditScales().get(unit);
        return known != null
                ? Optional.of(known)
                : Optional.ofNullable(freshCatalog().creditScales().get(unit));
    }

    /** A feature of the catalog in force; looks into the tables if it is new. */
    public Optional<FeatureDefinition> feature(String key) {
        FeatureDefinition known = catalog.features().get(key);
        return known != null
                ? Optional.of(known)
                : Optional.ofNullable(freshCatalog().features().get(key));
    }

    /** The heads of customers and of their roots, as the transaction sees them. */
    public Map<String, Head> heads(Connection connection, Collection<String> customers) throws SQLException {
        Map<String, Head> heads = tables.heads(connection, customers);
        Set<String> roots = new HashSet<>();
        heads.values().forEach(head -> roots.add(head.root()));
        roots.removeAll(heads.keySet());
        if (!roots.isEmpty()) {
            heads.putAll(tables.heads(connection, roots));
        }
        return heads;
    }

    /**
     * The heads of customers and of their roots as they were when their snapshots were last looked at; what is not remembered is
     * read. They must be looked at again under the locks.
     */
    public Map<String, Head> rememberedHeads(Connection connection, Collection<String> customers) throws SQLException {
        Map<String, Head> heads = new HashMap<>();
        Set<String> missing = new HashSet<>();
        viewsLock.lock();
        try {
            for (String customer : customers) {
                recall(customer, heads, missing).ifPresent(root -> recall(root, heads, missing));
            }
        } finally {
            viewsLock.unlock();
        }
        if (!missing.isEmpty()) {
            heads.putAll(heads(connection, missing));
        }
        return heads;
    }

    /** Its root, if it is remembered. */
    private Optional<String> recall(String customer, Map<String, Head> heads, Set<String> missing) {
        CustomerView view = views.get(customer);
        if (view == null) {
            missing.add(customer);
            return Optional.empty();
        }
        CustomerSnapshot snapshot = view.snapshot();
        heads.put(customer, new Head(customer, snapshot.root(), snapshot.version()));
        return Optional.of(snapshot.root());
    }

    /** The views of those versions, as the transaction sees them. */
    public Map<String, CustomerView> views(Connection connection, Map<String, Head> heads) throws SQLException {
        Map<String, CustomerView> found = new HashMap<>();
        Set<String> missing = new HashSet<>();
        viewsLock.lock();
        try {
            for (Head head : heads.values()) {
                CustomerView view = views.get(head.customer());
                if (view != null && view.snapshot().version() == head.version()) {
                    found.put(head.customer(), view);
                } else {
                    missing.add(head.customer());
                }
            }
        } finally {
            viewsLock.unlock();
        }
        for (Map.Entry<String, String> stored :
                tables.snapshots(connection, missing).entrySet()) {
            CustomerView view = view(connection, parse(stored.getValue(), CustomerSnapshot.class));
            found.put(stored.getKey(), view);
            remember(stored.getKey(), view);
        }
        return found;
    }

    /** A view of a snapshot whose bodies are all here. */
    public CustomerView view(Connection connection, CustomerSnapshot snapshot) throws SQLException {
        Set<String> needed = new HashSet<>(snapshot.bodyHashes());
        needed.removeAll(bodies.keySet());
        for (Map.Entry<String, String> stored :
                tables.bodies(connection, needed).entrySet()) {
            String text = stored.getValue();
            int blank = text.indexOf(' ');
            String json = text.substring(blank + 1);
            Object body = text.startsWith("PLAN ") ? parse(json, PlanVersion.class) : parse(json, AddonVersion.class);
            bodies.put(stored.getKey(), body);
        }
        return new CustomerView(snapshot, new KnownBodies(bodies));
    }

    private void remember(String customer, CustomerView view) {
        viewsLock.lock();
        try {
            views.put(customer, view);
            if (views.size() > VIEWS) {
                views.remove(views.keySet().iterator().next());
            }
        } finally {
            viewsLock.unlock();
        }
    }

    private CatalogView readCatalog(Connection connection) throws SQLException {
        Map<String, Integer> scales = tables.creditScales(connection);
        List<StoredCatalog> stored = tables.catalogs(connection);
        Optional<StoredCatalog> applied =
                stored.stream().filter(StoredCatalog::applied).findFirst();
        if (applied.isEmpty()) {
            return new CatalogView(0, scales, Map.of());
        }
        CatalogInForce inForce = parse(applied.get().body(), CatalogInForce.class);
        return new CatalogView(inForce.version(), scales, inForce.features());
    }

    private static <T> T parse(String json, Class<T> type) {
        try {
            return Json.lenientMapper().readValue(json, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a stored " + type.getSimpleName() + " cannot be read", e);
        }
    }

    private interface Query<T> {
        T run(Connection connection) throws SQLException;
    }

    private <T> T read(Query<T> query) {
        try (Connection connection = database.getConnection()) {
            return query.run(connection);
        } catch (SQLException e) {
            throw new IllegalStateException("the read model cannot be read", e);
        }
    }

    private record KnownBodies(Map<String, Object> bodies) implements Bodies {
        @Override
        public PlanVersion plan(String hash) {
            if (bodies.get(hash) instanceof PlanVersion plan) {
                return plan;
            }
            throw new IllegalStateException("plan body " + hash + " is not here");
        }

        @Override
        public AddonVersion addon(String hash) {
            if (bodies.get(hash) instanceof AddonVersion addon) {
                return addon;
            }
            throw new IllegalStateException("add-on body " + hash + " is not here");
        }
    }
}
