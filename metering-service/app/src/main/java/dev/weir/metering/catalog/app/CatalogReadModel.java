package dev.weir.metering.catalog.app;

import dev.weir.catalog.contract.AddonVersion;
import dev.weir.catalog.contract.CatalogApplied;
import dev.weir.catalog.contract.CatalogInForce;
import dev.weir.catalog.contract.PlanVersion;
import dev.weir.catalog.contract.VersionReference;
import dev.weir.entitlement.contract.Bodies;
import dev.weir.platform.servicekit.events.Outbox;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The catalog as metering knows it: bodies by content hash, and the catalog in force, which is applied once every body that it
 * names is here. Bodies and states come in any order.
 */
@ApplicationScoped
public class CatalogReadModel implements Bodies {

    private final CatalogRows rows;
    private final Outbox outbox;
    private final Event<BodyArrived> arrivals;
    private final Map<String, PlanVersion> plans = new ConcurrentHashMap<>();
    private final Map<String, AddonVersion> addons = new ConcurrentHashMap<>();
    private volatile @Nullable CatalogInForce remembered;

    CatalogReadModel(CatalogRows rows, Outbox outbox, Event<BodyArrived> arrivals) {
        this.rows = rows;
        this.outbox = outbox;
        this.arrivals = arrivals;
    }

    /** A body has come; observed in the transaction that keeps it. */
    public record BodyArrived(String hash) {}

    /** The catalog in force, as of now; empty before the first. */
    public Optional<CatalogInForce> inForce() {
        long version = rows.appliedVersion();
        if (version == 0) {
            return Optional.empty();
        }
        CatalogInForce known = remembered;
        if (known != null && known.version() == version) {
            return Optional.of(known);
        }
        Optional<CatalogInForce> applied = rows.applied();
        remembered = applied.orElse(null);
        return applied;
    }

    @Override
    public PlanVersion plan(String hash) {
        return plans.computeIfAbsent(
                hash, key -> rows.plan(key).orElseThrow(() -> new IllegalStateException("no plan body " + key)));
    }

    @Override
    public AddonVersion addon(String hash) {
        return addons.computeIfAbsent(
                hash, key -> rows.addon(key).orElseThrow(() -> new IllegalStateException("no add-on body " + key)));
    }

    /** Those of the hashes whose bodies have not come; asked again under a lock before it answers that some have not. */
    @Transactional
    public Set<String> missing(Collection<String> hashes) {
        if (hashes.stream().allMatch(hash -> plans.containsKey(hash) || addons.containsKey(hash))) {
            return Set.of();
        }
        if (rows.missing(hashes).isEmpty()) {
            return Set.of();
        }
        // A body that is just being kept would neither be seen here nor see who waits for it.
        rows.lockForReading();
        return rows.missing(hashes);
    }

    /** A plan version was published. */
    @Transactional
    public void receive(PlanVersion plan) {
        rows.lockForChange();
        rows.insert(plan);
        arrived(plan.hash());
    }

    /** An add-on version was published. */
    @Transactional
    public void receive(AddonVersion addon) {
        rows.lockForChange();
        rows.insert(addon);
        arrived(addon.hash());
    }

    /** A catalog was published. */
    @Transactional
    public void receive(CatalogInForce catalog) {
        rows.lockForChange();
        rows.receive(catalog);
        applyIfComplete();
    }

    private void arrived(String hash) {
        arrivals.fire(new BodyArrived(hash));
        applyIfComplete();
    }

    private void applyIfComplete() {
        Optional<CatalogInForce> received = rows.unapplied();
        if (received.isEmpty() || !rows.missing(hashes(received.get())).isEmpty()) {
            return;
        }
        rows.apply();
        long version = received.get().version();
        outbox.state("metering.catalog-applied", "catalog", version, "00", new CatalogApplied(version));
    }

    private static List<String> hashes(CatalogInForce catalog) {
        List<String> hashes = new ArrayList<>();
        catalog.plans().values().stream().map(VersionReference::hash).forEach(hashes::add);
        catalog.addons().values().stream().map(VersionReference::hash).forEach(hashes::add);
        return hashes;
    }
}
