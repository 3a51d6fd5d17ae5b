package dev.weir.catalog.publication.domain;

import dev.weir.catalog.contract.Charge;
import dev.weir.catalog.contract.ContentHash;
import dev.weir.catalog.contract.CreditGrant;
import dev.weir.catalog.contract.CreditLimit;
import dev.weir.catalog.contract.PlanLayer;
import dev.weir.catalog.contract.PlanVersion;
import dev.weir.catalog.contract.Trial;
import dev.weir.catalog.contract.Visibility;
import dev.weir.catalog.document.domain.CatalogDraft;
import dev.weir.catalog.document.domain.PlanDraft;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Closes plans, each after those it builds on. A child has its parent's credits, credit limits and charges, except those of
 * the same key that it states itself, and its parent's budget unless it has its own; a trial is not inherited.
 */
final class PlanCompiler {

    private final CatalogDraft draft;
    private final Closure closure;
    private final KnownVersions known;
    private final Map<String, PlanVersion> done = new LinkedHashMap<>();

    PlanCompiler(CatalogDraft draft, Closure closure, KnownVersions known) {
        this.draft = draft;
        this.closure = closure;
        this.known = known;
    }

    Map<String, PlanVersion> all() {
        Map<String, PlanVersion> bodies = new LinkedHashMap<>();
        draft.plans().keySet().forEach(key -> bodies.put(key, compiled(key)));
        return bodies;
    }

    /** No line of plans comes back to itself: the draft's rules see to that. */
    private PlanVersion compiled(String key) {
        PlanVersion body = done.get(key);
        if (body == null) {
            body = compile(plan(key));
            done.put(key, body);
        }
        return body;
    }

    private PlanVersion compile(PlanDraft plan) {
        String parentKey = plan.parent();
        PlanVersion parent = parentKey == null ? null : compiled(parentKey);
        PlanVersion unhashed = body(plan, parent, 0, "");
        String hash = ContentHash.of(unhashed);
        return body(plan, parent, known.versionOf(plan.key(), hash), hash);
    }

    private PlanVersion body(PlanDraft plan, @Nullable PlanVersion parent, int version, String hash) {
        List<PlanLayer> layers = new ArrayList<>();
        layers.add(new PlanLayer(plan.key(), version, draft.entitlementsOf(plan)));
        if (parent != null) {
            layers.addAll(parent.layers());
        }
        List<CreditGrant> credits = inherit(
                CatalogCompiler.values(plan.credits()),
                parent == null ? List.of() : parent.credits(),
                CreditGrant::key);
        List<Charge> charges = inherit(
                CatalogCompiler.values(plan.charges()), parent == null ? List.of() : parent.charges(), Charge::key);
        Map<String, CreditLimit> limits = new LinkedHashMap<>(parent == null ? Map.of() : parent.creditLimits());
        limits.putAll(plan.creditLimits());
        Trial trial = trial(plan);

        Closure.Used used = closure.used();
        layers.forEach(layer -> used.entitlements(layer.entitlements().values()));
        used.credits(credits).charges(charges).creditUnits(limits.keySet());
        if (trial != null) {
            used.credits(trial.credits());
        }
        return new PlanVersion(
                plan.key(),
                version,
                hash,
                draft.productOf(plan).orElseThrow(),
                plan.name() == null ? plan.key() : plan.name(),
                layers,
                used.features(),
                used.creditUnits(),
                credits,
                limits,
                charges,
                trial,
                plan.budget() != null || parent == null ? plan.budget() : parent.budget(),
                plan.description(),
                plan.visibility() == Visibility.PRIVATE ? Visibility.PRIVATE : null);
    }

    private @Nullable Trial trial(PlanDraft plan) {
        Trial trial = plan.trial();
        if (trial == null) {
            return null;
        }
        String pinned =
                trial.plan().equals(plan.key()) ? null : compiled(trial.plan()).hash();
        return new Trial(
                trial.duration(),
                trial.plan(),
                pinned,
                CatalogCompiler.values(plan.trialCredits()),
                trial.atEnd(),
                trial.downgradeTo(),
                trial.untilCreditsUsed());
    }

    private PlanDraft plan(String key) {
        PlanDraft plan = draft.plans().get(key);
        if (plan == null) {
            throw new IllegalStateException("a draft without faults knows the plan " + key);
        }
        return plan;
    }

    private static <T> List<T> inherit(List<T> own, List<T> parents, Function<T, String> key) {
        List<String> stated = own.stream().map(key).toList();
        List<T> all = new ArrayList<>(own);
        parents.stream().filter(each -> !stated.contains(key.apply(each))).forEach(all::add);
        return all;
    }
}
