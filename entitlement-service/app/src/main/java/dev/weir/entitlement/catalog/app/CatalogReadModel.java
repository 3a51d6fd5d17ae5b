package dev.weir.entitlement.catalog.app;

import dev.weir.catalog.contract.AddonVersion;
import dev.weir.catalog.contract.CatalogApplied;
import dev.weir.catalog.contract.CatalogInForce;
import dev.weir.catalog.contract.PlanVersion;
import dev.weir.catalog.contract.VersionReference;
import dev.weir.entitlement.catalog.persistence.CatalogTables;
import dev.weir.entitlement.contract.Bodies;
import dev.weir.entitlement.sql.persistence.JsonColumn;
import dev.weir.platform.servicekit.events.Outbox;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What the catalog has published. A catalog is in force here once every body that it names has arrived; no order of arrival is
 * relied on.
 */
@Singleton
public class CatalogReadModel implements Bodies {
    private static final int KEPT_MAX = 2_000;

    private record Kept(long version, CatalogInForce catalog) {}

    private final CatalogTables tables;
    private final DefaultPlans defaultPlans;
    private final Outbox outbox;
    private final ConcurrentHashMap<String, PlanVersion> plans = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<String, AddonVersion> addons = new ConcurrentHashMap<>();
    private volatile @Nullable Kept kept;

    CatalogReadModel(CatalogTables tables, DefaultPlans defaultPlans, Outbox outbox) {
        this.tables = tables;
        this.defaultPlans = defaultPlans;
        this.outbox = outbox;
    }

    /** The catalog in force; empty before the first. */
    public Optional<CatalogInForce> inForce() {
        long version = tables.appliedVersion();
        Kept known = kept;
        if (known != null && known.version() == version) {
            return Optional.of(known.catalog());
        }
        Optional<CatalogInForce> read = tables.appliedCatalog();
        read.ifPresent(catalog -> kept = new Kept(catalog.version(), catalog));
        return read;
    }

    /** A plan's version, published at any time; null = the one in force. */
    public Optional<PlanVersion> findPlan(String plan, @Nullable Integer version) {
        if (version != null) {
            return tables.planHash(plan, version).flatMap(this::findPlanBody);
        }
        return inForce()
                .map(catalog -> catalog.plans().get(plan))
                .map(VersionReference::hash)
                .flatMap(this::findPlanBody);
    }

    /** The latest version of a plan that was ever published, retired ones too. */
    public Optional<PlanVersion> findLatestPlan(String plan) {
        return tables.latestPlanHash(plan).flatMap(this::findPlanBody);
    }

    /** The version of an add-on in force. */
    public Optional<AddonVersion> findAddon(String addon) {
        return inForce()
                .map(catalog -> catalog.addons().get(addon))
                .map(VersionReference::hash)
                .flatMap(this::findAddonBody);
    }

    /** A plan body by content hash. */
    public Optional<PlanVersion> findPlanBody(String hash) {
        PlanVersion known = plans.get(hash);
        if (known != null) {
            return Optional.of(known);
        }
        Optional<PlanVersion> read = tables.plan(hash);
        read.filter(body -> plans.size() < KEPT_MAX).ifPresent(body -> plans.put(hash, body));
        return read;
    }

    /** An add-on body by content hash. */
    public Optional<AddonVersion> findAddonBody(String hash) {
        AddonVersion known = addons.get(hash);
        if (known != null) {
            return Optional.of(known);
        }
        Optional<AddonVersion> read = tables.addon(hash);
        read.filter(body -> addons.size() < KEPT_MAX).ifPresent(body -> addons.put(hash, body));
        return read;
    }

    @Override
    public PlanVersion plan(String hash) {
        return findPlanBody(hash)
                .orElseThrow(() -> new IllegalStateException("the plan body " + hash + " is not here"));
    }

    @Override
    public AddonVersion addon(String hash) {
        return findAddonBody(hash)
                .orElseThrow(() -> new IllegalStateException("the add-on body " + hash + " is not here"));
    }

    /** Takes in a plan body. */
    @Transactional
    public void take(PlanVersion body) {
        tables.storePlan(body);
        applyIfWhole(tables.lock());
    }

    /** Takes in an add-on body. */
    @Transactional
    public void take(AddonVersion body) {
        tables.storeAddon(body);
        applyIfWhole(tables.lock());
    }

    /** Takes in the catalog in force. */
    @Transactional
    public void take(CatalogInForce catalog) {
        CatalogTables.Held held = tables.lock();
        if (catalog.version() > held.arrivedVersion()) {
            tables.arrived(catalog);
            held = new CatalogTables.Held(catalog.version(), JsonColumn.write(catalog), held.appliedVersion());
        }
        applyIfWhole(held);
    }

    /** Whether every body that a catalog names is here. */
    public boolean isWhole(CatalogInForce catalog) {
        Set<String> hashes = new TreeSet<>();
        catalog.plans().values().forEach(reference -> hashes.add(reference.hash()));
        catalog.addons().values().forEach(reference -> hashes.add(reference.hash()));
        return tables.countBodies(hashes) == hashes.size();
    }

    private void applyIfWhole(CatalogTables.Held held) {
        if (held.arrivedVersion() <= held.appliedVersion()) {
            return;
        }
        CatalogInForce catalog = JsonColumn.read(held.arrived(), CatalogInForce.class);
        if (!isWhole(catalog)) {
            return;
        }
        tables.applied(held);
        defaultPlans.follow(catalog);
        outbox.state(
                "entitlement.catalog-applied",
                "catalog",
                catalog.version(),
                "00",
                new CatalogApplied(catalog.version()));
    }
}
