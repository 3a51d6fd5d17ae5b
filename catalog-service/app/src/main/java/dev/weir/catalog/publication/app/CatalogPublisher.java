package dev.weir.catalog.publication.app;

import dev.weir.catalog.contract.AddonVersion;
import dev.weir.catalog.contract.CatalogInForce;
import dev.weir.catalog.contract.PlanVersion;
import dev.weir.catalog.contract.Rollout;
import dev.weir.catalog.document.app.DocumentText;
import dev.weir.catalog.document.app.DocumentWriter;
import dev.weir.catalog.document.domain.CatalogDraft;
import dev.weir.catalog.document.domain.CatalogReader;
import dev.weir.catalog.document.domain.Faults;
import dev.weir.catalog.document.domain.Node;
import dev.weir.catalog.publication.domain.CatalogCompiler;
import dev.weir.catalog.publication.domain.CatalogContents;
import dev.weir.catalog.publication.domain.Change;
import dev.weir.catalog.publication.domain.Compiled;
import dev.weir.catalog.publication.domain.KnownVersions;
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
import java.util.List;
import java.util.Optional;

/** Applies documents: checks them, says what changes, and publishes, all in one transaction with the events. */
@ApplicationScoped
public class CatalogPublisher {

    /** The catalog belongs to no customer, so all of it travels on one shard. */
    private static final String SHARD = "00";

    private final CatalogStore catalogs;
    private final BodyStore bodies;
    private final Outbox outbox;
    private final DatabaseClock clock;

    CatalogPublisher(CatalogStore catalogs, BodyStore bodies, Outbox outbox, DatabaseClock clock) {
        this.catalogs = catalogs;
        this.bodies = bodies;
        this.outbox = outbox;
        this.clock = clock;
    }

    /**
     * Applies a document, whole or not at all.
     *
     * @throws Problem MALFORMED_BODY, CATALOG_INVALID with every fault, or VERSION_CONFLICT
     */
    @Transactional
    public Applied apply(ApplyCatalog command) {
        Faults faults = new Faults();
        Node document = DocumentText.read(command.source(), command.format(), faults);
        CatalogDraft draft = CatalogReader.read(document, faults);
        refuseIfFaulty(faults);

        long current = command.dryRun() ? catalogs.currentVersion() : catalogs.lock();
        refuseIfUnexpected(command, current);
        KnownVersions knownPlans = bodies.known(BodyKind.PLAN);
        KnownVersions knownAddons = bodies.known(BodyKind.ADDON);
        Compiled compiled = CatalogCompiler.compile(draft, knownPlans, knownAddons);
        Optional<StoredCatalog> before = catalogs.find(current);
        List<Change> changes = contents(before).changesTo(Flattening.of(compiled));
        if (changes.isEmpty() && !rollsOutNow(command.rollout(), before)) {
            Rollout rollout = before.map(StoredCatalog::rollout).orElse(command.rollout());
            return new Applied(current, false, command.dryRun(), rollout, changes, compiled);
        }
        long next = current + 1;
        if (!command.dryRun()) {
            CatalogInForce inForce = compiled.inForce(next, clock.now(), command.rollout());
            catalogs.publish(new NewCatalog(
                    inForce, command.by(), command.format(), command.source(), DocumentWriter.json(document), changes));
            publish(inForce, compiled, knownPlans, knownAddons);
        }
        return new Applied(next, true, command.dryRun(), command.rollout(), changes, compiled);
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

    private static void refuseIfUnexpected(ApplyCatalog command, long current) {
        Long expected = command.expectedVersion();
        if (expected != null && expected != current) {
            throw new Problem(412, "VERSION_CONFLICT", "the catalog in force is version " + current)
                    .with("version", current)
                    .header("ETag", "\"" + current + "\"");
        }
    }

    /** The same document again, but now for the customers that the publication before had left on their versions. */
    private static boolean rollsOutNow(Rollout wanted, Optional<StoredCatalog> before) {
        return wanted == Rollout.ALL_CUSTOMERS
                && before.filter(stored -> stored.rollout() == Rollout.NEW_CUSTOMERS)
                        .isPresent();
    }

    private CatalogContents contents(Optional<StoredCatalog> before) {
        return before.map(stored -> Flattening.of(
                        stored.inForce(),
                        bodies.inForce(BodyKind.PLAN, stored.version()),
                        bodies.inForce(BodyKind.ADDON, stored.version())))
                .orElseGet(CatalogContents::new);
    }

    private void publish(
            CatalogInForce inForce, Compiled compiled, KnownVersions knownPlans, KnownVersions knownAddons) {
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
