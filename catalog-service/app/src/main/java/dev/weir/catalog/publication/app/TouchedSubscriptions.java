package dev.weir.catalog.publication.app;

import dev.weir.catalog.contract.Rollout;
import dev.weir.catalog.diff.domain.CatalogBodies;
import dev.weir.catalog.diff.domain.Change;
import dev.weir.catalog.diff.domain.Effect;
import dev.weir.catalog.diff.domain.EntryKind;
import dev.weir.catalog.diff.domain.OfferComparison;
import dev.weir.catalog.publication.domain.Touched;
import dev.weir.catalog.publication.domain.TouchedVersion;
import dev.weir.catalog.publication.domain.TouchedVersion.Fate;
import dev.weir.catalog.usage.app.PlanUsages;
import dev.weir.entitlement.contract.PlanUsage;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds whom a publication touches: those on a version that is no longer in force, and, in a rollout, all on older ones. */
@ApplicationScoped
class TouchedSubscriptions {

    private final PlanUsages usages;
    private final PublishedCatalogs catalogs;

    TouchedSubscriptions(PlanUsages usages, PublishedCatalogs catalogs) {
        this.usages = usages;
        this.catalogs = catalogs;
    }

    Touched by(List<Change> changes, CatalogBodies after, Rollout rollout) {
        @Nullable Instant countedAt = null;
        List<TouchedVersion> touched = new ArrayList<>();
        for (PlanUsage usage : usages.all()) {
            countedAt = countedAt == null || usage.countedAt().isAfter(countedAt) ? usage.countedAt() : countedAt;
            Integer next = inForce(usage, after);
            boolean changed = changes.stream()
                    .anyMatch(change ->
                            change.kind() == kind(usage) && change.key().equals(usage.key()));
            boolean moves = rollout == Rollout.ALL_CUSTOMERS && next != null;
            if (changed || moves) {
                usage.versions().stream()
                        .filter(held -> next == null || held.version() != next)
                        .forEach(held -> touched.add(version(usage, held, moves ? next : null, after)));
            }
        }
        return Touched.of(countedAt, touched);
    }

    private TouchedVersion version(
            PlanUsage usage, PlanUsage.Held held, @Nullable Integer becomes, CatalogBodies after) {
        List<Effect> effects = becomes == null ? List.of() : effects(usage, held.version(), after);
        return new TouchedVersion(
                kind(usage),
                usage.key(),
                held.version(),
                held.subscriptions(),
                becomes == null ? Fate.STAYS : Fate.MOVES,
                becomes,
                becomes == null ? null : OfferComparison.summary(effects),
                effects);
    }

    private List<Effect> effects(PlanUsage usage, int held, CatalogBodies after) {
        return switch (usage.kind()) {
            case PLAN ->
                catalogs.plan(usage.key(), held)
                        .map(before -> OfferComparison.of(before, there(after.plans(), usage.key())))
                        .orElse(List.of());
            case ADDON ->
                catalogs.addon(usage.key(), held)
                        .map(before -> OfferComparison.of(before, there(after.addons(), usage.key())))
                        .orElse(List.of());
        };
    }

    private static @Nullable Integer inForce(PlanUsage usage, CatalogBodies after) {
        return switch (usage.kind()) {
            case PLAN -> {
                var body = after.plans().get(usage.key());
                yield body == null ? null : body.version();
            }
            case ADDON -> {
                var body = after.addons().get(usage.key());
                yield body == null ? null : body.version();
            }
        };
    }

    private static EntryKind kind(PlanUsage usage) {
        return switch (usage.kind()) {
            case PLAN -> EntryKind.PLAN;
            case ADDON -> EntryKind.ADDON;
        };
    }

    private static <T> T there(Map<String, T> bodies, String key) {
        T body = bodies.get(key);
        if (body == null) {
            throw new IllegalStateException("a version that subscriptions move to is in force: " + key);
        }
        return body;
    }
}
