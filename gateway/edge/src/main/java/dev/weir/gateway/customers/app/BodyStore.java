package dev.weir.gateway.customers.app;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.weir.catalog.contract.AddonVersion;
import dev.weir.catalog.contract.PlanVersion;
import dev.weir.entitlement.contract.Bodies;
import dev.weir.entitlement.contract.CustomerSnapshot;
import dev.weir.gateway.upstream.app.InternalApi;
import dev.weir.gateway.upstream.domain.Target;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * The plan and add-on versions, by content hash, each once for all the customers that have it. Immutable, so never stale;
 * there are as many as were ever published, which is few.
 */
@Singleton
public class BodyStore implements Bodies {
    private static final TypeReference<Body> BODY = new TypeReference<>() {};

    private final ConcurrentMap<String, PlanVersion> plans = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, AddonVersion> addons = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, CompletableFuture<Void>> loading = new ConcurrentHashMap<>();
    private final InternalApi api;

    BodyStore(InternalApi api) {
        this.api = api;
    }

    /** One of the two. */
    private record Body(
            @Nullable PlanVersion plan, @Nullable AddonVersion addon) {}

    /** Keeps a body. */
    public void put(PlanVersion plan) {
        plans.putIfAbsent(plan.hash(), plan);
    }

    /** Keeps a body. */
    public void put(AddonVersion addon) {
        addons.putIfAbsent(addon.hash(), addon);
    }

    @Override
    public PlanVersion plan(String hash) {
        PlanVersion plan = plans.get(hash);
        if (plan == null) {
            throw new IllegalStateException("the plan body " + hash + " is not held");
        }
        return plan;
    }

    @Override
    public AddonVersion addon(String hash) {
        AddonVersion addon = addons.get(hash);
        if (addon == null) {
            throw new IllegalStateException("the add-on body " + hash + " is not held");
        }
        return addon;
    }

    /** Whether every body of a snapshot is held. */
    public boolean holds(CustomerSnapshot snapshot) {
        return missing(snapshot).isEmpty();
    }

    /** Fetches what a snapshot names and is not held; fails if a body cannot be had. */
    public CompletableFuture<Void> fetch(CustomerSnapshot snapshot) {
        Collection<String> missing = missing(snapshot);
        if (missing.isEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        return CompletableFuture.allOf(missing.stream().map(this::fetch).toArray(CompletableFuture[]::new));
    }

    private List<String> missing(CustomerSnapshot snapshot) {
        return snapshot.bodyHashes().stream()
                .filter(hash -> !plans.containsKey(hash) && !addons.containsKey(hash))
                .toList();
    }

    private CompletableFuture<Void> fetch(String hash) {
        CompletableFuture<Void> mine = new CompletableFuture<>();
        CompletableFuture<Void> running = loading.putIfAbsent(hash, mine);
        if (running != null) {
            return running;
        }
        var _ = api.get(Target.ENTITLEMENT, "/internal/v1/bodies/" + hash, BODY).whenComplete((body, failure) -> {
            loading.remove(hash, mine);
            if (failure != null) {
                mine.completeExceptionally(failure);
            } else if (body.isEmpty()) {
                mine.completeExceptionally(new IllegalStateException("nobody has the body " + hash));
            } else {
                keep(body.get());
                mine.complete(null);
            }
        });
        return mine;
    }

    private void keep(Body body) {
        PlanVersion plan = body.plan();
        if (plan != null) {
            put(plan);
        }
        AddonVersion addon = body.addon();
        if (addon != null) {
            put(addon);
        }
    }
}
