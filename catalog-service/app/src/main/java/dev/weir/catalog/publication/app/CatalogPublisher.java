package dev.weir.catalog.publication.app;

import dev.weir.catalog.contract.AddonVersion;
import dev.weir.catalog.contract.CatalogInForce;
import dev.weir.catalog.contract.PlanVersion;
import dev.weir.catalog.contract.Rollout;
import dev.weir.catalog.diff.app.CatalogDiff;
import dev.weir.catalog.diff.domain.CatalogBodies;
import dev.weir.catalog.diff.domain.Change;
import dev.weir.catalog.document.app.DocumentText;
import dev.weir.catalog.document.app.DocumentWriter;
import dev.weir.catalog.document.app.SourceDocument;
import dev.weir.catalog.document.domain.CatalogDraft;
import dev.weir.catalog.document.domain.CatalogReader;
import dev.weir.catalog.document.domain.Faults;
import dev.weir.catalog.document.domain.Node;
import dev.weir.catalog.publication.domain.CatalogCompiler;
import dev.weir.catalog.publication.domain.KnownVersions;
import dev.weir.catalog.publication.domain.Touched;
import dev.weir.catalog.publication.persistence.BodyKind;
import dev.weir.catalog.publication.persistence.BodyStore;
import dev.weir.catalog.publication.persistence.CatalogStore;
import dev.weir.catalog.publication.persistence.NewBody;
import dev.weir.catalog.publication.persistence.NewCatalog;
import dev.weir.catalog.publication.persistence.StoredCatalog;
import dev.weir.platform.kernel.Problem;
import dev.weir.platform.servicekit.events.Outbox;
import dev.weir.platform.servicekit.web.DatabaseClock;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** Applies documents: checks them, says what changes, and publishes, all in one transaction with the events. */
@ApplicationScoped
public class CatalogPublisher {

    /** The catalog belongs to no customer, so all of it travels on one shard. */
    private static final String SHARD = "00";

    private final CatalogStore catalogs;
    private final BodyStore bodies;
    private final PublishedCatalogs published;
    private final TouchedSubscriptions touched;
    private final Interim interim;
    private final Outbox outbox;
    private final DatabaseClock clock;

    CatalogPublisher(
            CatalogStore catalogs,
            BodyStore bodies,
            PublishedCatalogs published,
            TouchedSubscriptions touched,
            Interim interim,
            Outbox outbox,
            DatabaseClock clock) {
        this.catalogs = catalogs;
        this.bodies = bodies;
        this.published = published;
        this.touched = touched;
        this.interim = interim;
        this.outbox = outbox;
        this.clock = clock;
    }

    /**
     * Applies a document, whole or not at all.
     *
     * @throws Problem MALFORMED_BODY, CATALOG_INVALID with every fault, VERSION_CONFLICT if the caller has not seen the
     *     version in force, or CONCURRENT_PUBLICATION if another document came first while this one waited
     */
    @Transactional
    public Applied apply(ApplyCatalog command) {
        Faults faults = new Faults();
        Node document =
                DocumentText.read(command.source().text(), command.source().format(), faults);
        CatalogDraft draft = CatalogReader.read(document, faults);
        refuseIfFaulty(faults);

        long seen = catalogs.currentVersion();
        long current = command.dryRun() ? seen : catalogs.lock();
        Long expected = command.expectedVersion();
        if (expected != null && expected != current) {
            throw interim.unseen(expected, current);
        }
        KnownVersions knownPlans = bodies.known(BodyKind.PLAN);
        KnownVersions knownAddons = bodies.known(BodyKind.ADDON);
        CatalogBodies compiled = CatalogCompiler.compile(draft, knownPlans, knownAddons);
        List<Change> changes = CatalogDiff.between(published.of(current), compiled);
        Optional<StoredCatalog> before = catalogs.find(current);
        if (changes.isEmpty() && !rollsOutNow(command.rollout(), before)) {
            Rollout rollout = before.map(StoredCatalog::rollout).orElse(command.rollout());
            Touched nobody = Touched.of(null, List.of());
            return new Applied(
                    current, current, false, command.dryRun(), rollout, command.reason(), changes, nobody, compiled);
        }
        if (seen != current) {
            throw interim.overtaken(seen, current);
        }
        long next = current + 1;
        if (!command.dryRun()) {
            // To what the database keeps, so that every answer says the same instant.
            Instant now = clock.now().truncatedTo(ChronoUnit.MICROS);
            CatalogInForce inForce = compiled.inForce(next, now, command.rollout());
            catalogs.publish(new NewCatalog(
                    inForce,
                    command.by(),
                    command.source(),
                    DocumentWriter.json(document),
                    changes,
                    command.reason(),
                    command.reapplies()));
            publish(inForce, compiled, knownPlans, knownAddons);
        }
        return new Applied(
                next,
                current,
                true,
                command.dryRun(),
                command.rollout(),
                command.reason(),
                changes,
                touched.by(changes, compiled, command.rollout()),
                compiled);
    }

    /**
     * The document of an earlier version, to be applied again.
     *
     * @throws Problem UNKNOWN_CATALOG_VERSION if there is no such version
     */
    public SourceDocument document(long version) {
        return catalogs.source(version).orElseThrow(() -> PublishedCatalogs.unknown(version));
    }

    private static void refuseIfFaulty(Faults faults) {
        if (faults.none()) {
            return;
        }
        int count = faults.list().size();
        Problem problem = Problem.unprocessable(
                "CATALOG_INVALID",
                "the document has " + count + (count == 1 ? " fault" : " faults") + "; nothing was changed");
        faults.list().forEach(fault -> problem.error(fault.place(), fault.code(), fault.detail()));
        throw problem;
    }

    /** The same document again, but now for the customers that the publication before had left on their versions. */
    private static boolean rollsOutNow(Rollout wanted, Optional<StoredCatalog> before) {
        return wanted == Rollout.ALL_CUSTOMERS
                && before.filter(stored -> stored.rollout() == Rollout.NEW_CUSTOMERS)
                        .isPresent();
    }

    private void publish(
            CatalogInForce inForce, CatalogBodies compiled, KnownVersions knownPlans, KnownVersions knownAddons) {
        List<PlanVersion> plans = compiled.plans().values().stream()
                .filter(plan -> !knownPlans.contains(plan.plan(), plan.hash()))
                .toList();
        List<AddonVersion> addons = compiled.addons().values().stream()
                .filter(addon -> !knownAddons.contains(addon.addon(), addon.hash()))
                .toList();
        bodies.insert(
                BodyKind.PLAN,
                inForce.version(),
                plans.stream()
                        .map(plan -> new NewBody(plan.plan(), plan.version(), plan.hash(), plan))
                        .toList());
        bodies.insert(
                BodyKind.ADDON,
                inForce.version(),
                addons.stream()
                        .map(addon -> new NewBody(addon.addon(), addon.version(), addon.hash(), addon))
                        .toList());
        plans.forEach(plan ->
                outbox.state("catalog.plan-version", plan.plan() + "@" + plan.version(), plan.version(), SHARD, plan));
        addons.forEach(addon -> outbox.state(
                "catalog.addon-version", addon.addon() + "@" + addon.version(), addon.version(), SHARD, addon));
        outbox.state("catalog.catalog", "catalog", inForce.version(), SHARD, inForce);
        if (inForce.rollout() == Rollout.ALL_CUSTOMERS) {
            // The state may be conflated with a later one; that this one reaches everybody must not be lost with it.
            outbox.fact("catalog.rolled-out", "rollout:" + inForce.version(), "catalog", SHARD, inForce);
        }
    }
}
