package dev.weir.entitlement.migration.app;

import dev.weir.catalog.contract.PlanVersion;
import dev.weir.entitlement.catalog.app.CatalogReadModel;
import dev.weir.entitlement.cohort.app.Cohorts;
import dev.weir.entitlement.contract.CustomerSnapshot;
import dev.weir.entitlement.input.domain.Faults;
import dev.weir.entitlement.migration.domain.Item;
import dev.weir.entitlement.migration.domain.Migration;
import dev.weir.entitlement.migration.domain.Progress;
import dev.weir.entitlement.migration.domain.Scope;
import dev.weir.entitlement.migration.persistence.ItemTable;
import dev.weir.entitlement.migration.persistence.MigrationTable;
import dev.weir.entitlement.snapshot.app.CustomerWrites;
import dev.weir.entitlement.snapshot.app.Snapshots;
import dev.weir.entitlement.subscription.app.PlanMoves;
import dev.weir.entitlement.subscription.domain.MoveOutcome;
import dev.weir.entitlement.subscription.domain.Phase;
import dev.weir.entitlement.subscription.domain.PlanPin;
import dev.weir.entitlement.subscription.domain.Preview;
import dev.weir.entitlement.subscription.domain.Subscription;
import dev.weir.entitlement.subscription.domain.When;
import dev.weir.entitlement.subscription.persistence.SubscriptionTables;
import dev.weir.platform.kernel.Ids;
import dev.weir.platform.kernel.Problem;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Orders migrations, previews them, shows how far they are, cancels them and takes them back. */
@Singleton
public class Migrations {
    private final MigrationTable table;
    private final ItemTable items;
    private final PlanMoves moves;
    private final CatalogReadModel catalog;
    private final Cohorts cohorts;
    private final CustomerWrites writes;
    private final Snapshots snapshots;
    private final SubscriptionTables subscriptions;

    Migrations(
            MigrationTable table,
            ItemTable items,
            PlanMoves moves,
            CatalogReadModel catalog,
            Cohorts cohorts,
            CustomerWrites writes,
            Snapshots snapshots,
            SubscriptionTables subscriptions) {
        this.table = table;
        this.items = items;
        this.moves = moves;
        this.catalog = catalog;
        this.cohorts = cohorts;
        this.writes = writes;
        this.snapshots = snapshots;
        this.subscriptions = subscriptions;
    }

    /**
     * Orders a migration: whom it is about is listed now, the rest is done in the background. 422 UNKNOWN_PLAN,
     * UNKNOWN_COHORT, UNKNOWN_CUSTOMER, PRODUCT_MISMATCH.
     */
    @Transactional
    public MigrationView create(MakeMigration wish) {
        Migration made = wanted(wish);
        table.insert(made);
        items.list(made, made.createdAt());
        table.closeIfDone(made.id());
        return view(made);
    }

    /** What the migration would do, by customer and subscription; it changes nothing. */
    public List<PreviewedMove> preview(MakeMigration wish, ItemTable.@Nullable Candidate after, int limit) {
        Migration wanted = wanted(wish);
        Instant now = wanted.createdAt();
        List<ItemTable.Candidate> candidates = items.candidates(wanted, now, after, limit);
        TreeSet<String> customers = new TreeSet<>();
        candidates.forEach(candidate -> customers.add(candidate.customer()));
        Map<String, CustomerSnapshot> known = snapshots.build(customers, now).stream()
                .collect(Collectors.toMap(CustomerSnapshot::customer, Function.identity()));
        Map<UUID, Subscription> held =
                subscriptions.all(customers).stream().collect(Collectors.toMap(Subscription::id, Function.identity()));
        List<PreviewedMove> previews = new ArrayList<>();
        for (ItemTable.Candidate candidate : candidates) {
            CustomerSnapshot snapshot = known.get(candidate.customer());
            Subscription subscription = held.get(candidate.subscription());
            if (snapshot != null && subscription != null) {
                previews.add(preview(candidate, subscription, snapshot, wanted, now));
            }
        }
        return previews;
    }

    private PreviewedMove preview(
            ItemTable.Candidate candidate,
            Subscription subscription,
            CustomerSnapshot snapshot,
            Migration wanted,
            Instant now) {
        PlanPin from = subscription.timeline().telling(now).map(Phase::plan).orElse(null);
        MoveOutcome outcome = moves.outcome(subscription, snapshot, wanted.move(), ZoneId.of(snapshot.timeZone()), now);
        Preview preview = outcome instanceof MoveOutcome.Moves moved
                ? Preview.of(snapshot, subscription, moved.after(), catalog, moved.at())
                : null;
        return new PreviewedMove(candidate, from, outcome, preview);
    }

    private Migration wanted(MakeMigration wish) {
        PlanVersion target = moves.target(wish.plan(), wish.version());
        Scope scope = wish.scope();
        String plan = scope.plan() == null ? target.plan() : scope.plan();
        check(wish, plan, target);
        return new Migration(
                Ids.next(),
                scope,
                plan,
                moves.pin(target),
                wish.when(),
                wish.allowDrop(),
                wish.usage(),
                wish.reason(),
                writes.now(),
                wish.author(),
                null,
                null,
                null,
                null);
    }

    private void check(MakeMigration wish, String plan, PlanVersion target) {
        Faults faults = new Faults();
        PlanVersion source = plan.equals(target.plan())
                ? target
                : catalog.findLatestPlan(plan).orElse(null);
        if (source == null) {
            faults.add("scope.plan", "UNKNOWN_PLAN", "is no plan of the catalog");
        } else if (!source.product().equals(target.product())) {
            faults.add(
                    "target.plan",
                    "PRODUCT_MISMATCH",
                    "belongs to " + target.product() + ", not to " + source.product());
        }
        String cohort = wish.scope().cohort();
        if (cohort != null && !cohorts.exists(cohort)) {
            faults.add("scope.cohort", "UNKNOWN_COHORT", "is no cohort");
        }
        List<String> customers = wish.scope().customers();
        if (customers != null) {
            for (String customer : cohorts.unknown(customers)) {
                faults.add(
                        "scope.customers[" + customers.indexOf(customer) + "]", "UNKNOWN_CUSTOMER", "is no customer");
            }
        }
        faults.refuse(422);
        if (wish.when() instanceof When.At at && at.instant().isBefore(writes.now())) {
            faults.add("when", "INVALID_VALUE", "must not lie in the past");
            faults.refuse();
        }
    }

    /**
     * Takes a migration back, as one of its own: each subscription that was not changed since gets the version that it had. 409
     * MIGRATION_UNDONE if it was taken back before, MIGRATION_RUNNING while it is at work, NOT_UNDOABLE for an undo.
     */
    @Transactional
    public MigrationView undo(UUID id, String reason, String author) {
        Migration known = table.lock(id).orElseThrow(() -> unknown(id));
        if (known.undoes() != null) {
            throw Problem.conflict("NOT_UNDOABLE", "an undo cannot be undone; order a migration instead");
        }
        if (known.undoneBy() != null) {
            throw Problem.conflict("MIGRATION_UNDONE", "the migration was undone before")
                    .with("migration", known.undoneBy());
        }
        Instant now = writes.now();
        if (progress(known, now).pending() > 0) {
            throw Problem.conflict("MIGRATION_RUNNING", "the migration is at work; cancel it or wait until it is done");
        }
        Migration undo = new Migration(
                Ids.next(),
                known.scope(),
                known.plan(),
                known.target(),
                new When.Now(),
                true,
                known.usage(),
                reason,
                now,
                author,
                known.id(),
                null,
                null,
                null);
        table.insert(undo);
        items.listUndo(undo.id(), known.id());
        table.closeIfDone(undo.id());
        return view(undo);
    }

    /**
     * Cancels what is not done yet and takes back what is only scheduled; what was moved stays. 409 MIGRATION_DONE if there is
     * nothing of the kind.
     */
    @Transactional
    public MigrationView cancel(UUID id, String author) {
        Migration known = table.lock(id).orElseThrow(() -> unknown(id));
        if (known.canceledAt() != null) {
            return view(known);
        }
        Instant now = writes.now();
        Progress progress = progress(known, now);
        if (progress.pending() + progress.scheduled() == 0) {
            throw Problem.conflict("MIGRATION_DONE", "the migration has nothing left to cancel; it can be undone");
        }
        items.cancel(id, now);
        table.cancel(id, now, author);
        table.closeIfDone(id);
        return get(id);
    }

    /** One migration; 404 UNKNOWN_MIGRATION if there is none. */
    public MigrationView get(UUID id) {
        return view(table.find(id).orElseThrow(() -> unknown(id)));
    }

    /** Migrations before one, the latest first. */
    public List<MigrationView> list(@Nullable UUID before, int limit) {
        List<Migration> found = table.list(before, limit);
        Map<UUID, Progress> progress =
                table.progress(found.stream().map(Migration::id).toList(), writes.now());
        return found.stream()
                .map(migration -> new MigrationView(migration, progress.getOrDefault(migration.id(), Progress.NONE)))
                .toList();
    }

    /** What a migration did to each subscription, in the order of its list. */
    public List<Item> items(UUID id, @Nullable Long after, int limit) {
        return items.page(get(id).migration().id(), after, limit);
    }

    private MigrationView view(Migration migration) {
        return new MigrationView(migration, progress(migration, writes.now()));
    }

    private Progress progress(Migration migration, Instant now) {
        return table.progress(List.of(migration.id()), now).getOrDefault(migration.id(), Progress.NONE);
    }

    private static Problem unknown(UUID id) {
        return Problem.notFound("UNKNOWN_MIGRATION", "there is no migration " + id);
    }
}
