package dev.weir.entitlement.migration.app;

import dev.weir.entitlement.catalog.app.CatalogReadModel;
import dev.weir.entitlement.contract.CustomerSnapshot;
import dev.weir.entitlement.contract.MigrationUndone;
import dev.weir.entitlement.migration.domain.GivenCredits;
import dev.weir.entitlement.migration.domain.Item;
import dev.weir.entitlement.migration.domain.Migration;
import dev.weir.entitlement.migration.persistence.ItemTable;
import dev.weir.entitlement.migration.persistence.MigrationTable;
import dev.weir.entitlement.snapshot.app.CustomerWrites;
import dev.weir.entitlement.snapshot.app.Snapshots;
import dev.weir.entitlement.snapshot.persistence.SnapshotTables;
import dev.weir.entitlement.subscription.app.PlanMoves;
import dev.weir.entitlement.subscription.domain.MoveOutcome;
import dev.weir.entitlement.subscription.domain.Phase;
import dev.weir.entitlement.subscription.domain.PlanPin;
import dev.weir.entitlement.subscription.domain.Subscription;
import dev.weir.entitlement.subscription.domain.SubscriptionStatus;
import dev.weir.entitlement.subscription.domain.Timeline;
import dev.weir.entitlement.subscription.persistence.SubscriptionTables;
import dev.weir.platform.kernel.Shard;
import dev.weir.platform.servicekit.events.Outbox;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Does some of a migration's work in one transaction: the items, what they change, and the snapshots that tell it. */
@Singleton
public class MigrationSteps {

    /** What becomes of an item: it is done as it is, or once a timeline is replaced. */
    private record Step(Item item, SubscriptionTables.@Nullable Replacement replacement) {}

    /** What the steps of one transaction share. */
    private record Here(
            Migration migration,
            Instant now,
            Map<String, CustomerSnapshot> snapshots,
            Map<UUID, Subscription> subscriptions,
            Map<UUID, UUID> latestChanges,
            Map<UUID, Item> originals) {}

    private final MigrationTable migrations;
    private final ItemTable items;
    private final PlanMoves moves;
    private final SnapshotTables customers;
    private final SubscriptionTables subscriptions;
    private final Snapshots snapshots;
    private final CustomerWrites writes;
    private final CatalogReadModel catalog;
    private final Outbox outbox;

    MigrationSteps(
            MigrationTable migrations,
            ItemTable items,
            PlanMoves moves,
            SnapshotTables customers,
            SubscriptionTables subscriptions,
            Snapshots snapshots,
            CustomerWrites writes,
            CatalogReadModel catalog,
            Outbox outbox) {
        this.migrations = migrations;
        this.items = items;
        this.moves = moves;
        this.customers = customers;
        this.subscriptions = subscriptions;
        this.snapshots = snapshots;
        this.writes = writes;
        this.catalog = catalog;
        this.outbox = outbox;
    }

    /** Does what of these items is still to do and free; answers how many that were. */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    public int perform(Migration migration, List<Long> seqs) {
        List<Item> work = items.lock(seqs);
        if (work.isEmpty()) {
            return 0;
        }
        Here here = here(migration, work);
        List<Item> done = new ArrayList<>();
        List<Step> changing = new ArrayList<>();
        for (Item item : work) {
            Step step = step(item, here);
            if (step.replacement() == null) {
                done.add(step.item());
            } else {
                changing.add(step);
            }
        }
        List<UUID> changes = subscriptions.replaceAll(changing.stream()
                .map(Step::replacement)
                .filter(Objects::nonNull)
                .toList());
        Set<String> changed = new TreeSet<>();
        for (int i = 0; i < changing.size(); i++) {
            Item item = changing.get(i).item();
            done.add(item.madeBy(changes.get(i)));
            changed.add(item.customer());
        }
        items.done(done);
        if (!changed.isEmpty()) {
            writes.publish(changed);
        }
        return work.size();
    }

    /** Notes that an item cannot be done, so that it holds up no other. */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    public void fail(long seq, String why) {
        List<Item> work = items.lock(List.of(seq));
        Instant now = writes.now();
        items.done(work.stream()
                .map(item -> item.without(Item.State.FAILED, "INTERNAL", why, now))
                .toList());
    }

    /** Notes that a migration has no work left, if so. */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    public void close(Migration migration) {
        // Locked first: a cancellation that commits meanwhile brings new work, which must be seen.
        migrations.lock(migration.id());
        migrations.closeIfDone(migration.id());
    }

    private Here here(Migration migration, List<Item> work) {
        Set<String> names = new TreeSet<>();
        List<UUID> ids = new ArrayList<>();
        for (Item item : work) {
            names.add(item.customer());
            if (item.subscription() != null) {
                ids.add(item.subscription());
            }
        }
        customers.lockWithBelow(names);
        Instant now = writes.now();
        UUID undoes = migration.undoes();
        List<Item> originals = undoes == null ? List.of() : items.moved(undoes, ids);
        return new Here(
                migration,
                now,
                snapshots.build(names, now).stream()
                        .collect(Collectors.toMap(CustomerSnapshot::customer, Function.identity())),
                subscriptions.all(names).stream().collect(Collectors.toMap(Subscription::id, Function.identity())),
                subscriptions.latestChanges(ids),
                originals.stream()
                        .filter(item -> item.subscription() != null)
                        .collect(Collectors.toMap(
                                item -> Objects.requireNonNull(item.subscription()), Function.identity())));
    }

    private Step step(Item item, Here here) {
        Subscription subscription = here.subscriptions().get(item.subscription());
        CustomerSnapshot snapshot = here.snapshots().get(item.customer());
        if (subscription == null || snapshot == null) {
            throw new IllegalStateException("the subscription " + item.subscription() + " is gone");
        }
        return switch (item.state()) {
            case PENDING ->
                here.migration().undoes() == null
                        ? move(item, subscription, snapshot, here)
                        : undo(item, subscription, snapshot, here);
            case CANCELING -> takeBack(item, subscription, here);
            case MOVED, SKIPPED, FAILED, CANCELED ->
                throw new IllegalStateException("the item " + item.seq() + " is done");
        };
    }

    private Step move(Item item, Subscription subscription, CustomerSnapshot snapshot, Here here) {
        Instant now = here.now();
        MoveOutcome outcome =
                moves.outcome(subscription, snapshot, here.migration().move(), ZoneId.of(snapshot.timeZone()), now);
        return switch (outcome) {
            case MoveOutcome.Stays stays ->
                new Step(item.without(Item.State.SKIPPED, stays.code(), stays.why(), now), null);
            case MoveOutcome.Refused refused ->
                new Step(item.without(Item.State.FAILED, refused.code(), refused.why(), now), null);
            case MoveOutcome.Moves moved -> {
                PlanPin from = subscription
                        .timeline()
                        .telling(moved.at())
                        .map(Phase::plan)
                        .orElse(subscription.first());
                yield new Step(
                        item.moved(from.plan(), from.version(), moved.at(), moved.deferred(), now),
                        replacement(here, subscription, moved.after(), "MIGRATED", moved.at()));
            }
        };
    }

    private Step undo(Item item, Subscription subscription, CustomerSnapshot snapshot, Here here) {
        Instant now = here.now();
        Item original = here.originals().get(subscription.id());
        if (original == null || !isLatest(original, here)) {
            return new Step(
                    item.without(Item.State.SKIPPED, "CHANGED_SINCE", "the subscription was changed since", now), null);
        }
        SubscriptionStatus status = subscription.timeline().status(now);
        if (status == SubscriptionStatus.CANCELED || status == SubscriptionStatus.ENDED) {
            return new Step(
                    item.without(Item.State.SKIPPED, "SUBSCRIPTION_ENDED", "the subscription has ended", now), null);
        }
        Instant effectiveAt = Objects.requireNonNull(original.effectiveAt());
        Timeline before = subscriptions.before(subscription.id(), Objects.requireNonNull(original.change()));
        if (!effectiveAt.isAfter(now)) {
            publishUndone(subscription, snapshot, before, effectiveAt, here);
        }
        PlanPin from = here.migration().target();
        return new Step(
                item.moved(from.plan(), from.version(), now, false, now),
                replacement(
                        here,
                        subscription,
                        subscription.timeline().restored(before, effectiveAt, now),
                        "MIGRATION_UNDONE",
                        now));
    }

    /** A move that is only scheduled is taken off the timeline; what has taken effect meanwhile, or was changed, stays. */
    private Step takeBack(Item item, Subscription subscription, Here here) {
        Instant now = here.now();
        Instant effectiveAt = Objects.requireNonNull(item.effectiveAt());
        if (!effectiveAt.isAfter(now)) {
            return new Step(item.without(Item.State.MOVED, "TOO_LATE", "it had taken effect", now), null);
        }
        if (!isLatest(item, here)) {
            return new Step(
                    item.without(Item.State.MOVED, "CHANGED_SINCE", "the subscription was changed since", now), null);
        }
        Timeline before = subscriptions.before(subscription.id(), Objects.requireNonNull(item.change()));
        subscriptions.revoked(Objects.requireNonNull(item.change()), now);
        return new Step(
                item.without(Item.State.CANCELED, "CANCELED", "it was canceled before it took effect", now),
                replacement(
                        here,
                        subscription,
                        subscription.timeline().restored(before, effectiveAt, now),
                        "MIGRATION_CANCELED",
                        effectiveAt));
    }

    private static boolean isLatest(Item item, Here here) {
        return item.change() != null
                && item.change().equals(here.latestChanges().get(item.subscription()));
    }

    private void publishUndone(
            Subscription subscription, CustomerSnapshot snapshot, Timeline before, Instant from, Here here) {
        Migration undo = here.migration();
        List<MigrationUndone.Given> grants =
                GivenCredits.between(snapshot, subscription, before, catalog, from, here.now());
        outbox.fact(
                "entitlement.migration-undone",
                undo.id() + ":" + subscription.id(),
                snapshot.customer(),
                Shard.of(snapshot.root()),
                new MigrationUndone(
                        Objects.requireNonNull(undo.undoes()),
                        undo.id(),
                        snapshot.customer(),
                        snapshot.root(),
                        subscription.id(),
                        from,
                        here.now(),
                        grants));
    }

    private static SubscriptionTables.Replacement replacement(
            Here here, Subscription subscription, Timeline after, String kind, Instant at) {
        return new SubscriptionTables.Replacement(
                subscription,
                after,
                new SubscriptionTables.Entry(
                        kind,
                        at,
                        here.now(),
                        here.migration().createdBy(),
                        "migration:" + here.migration().id()));
    }
}
