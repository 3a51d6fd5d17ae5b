package dev.weir.metering.window.domain;

import dev.weir.catalog.contract.CatalogInForce;
import dev.weir.catalog.contract.CreditUnit;
import dev.weir.catalog.contract.FeatureDefinition;
import dev.weir.catalog.contract.FeatureType;
import dev.weir.entitlement.contract.AddonPart;
import dev.weir.entitlement.contract.AllowancePart;
import dev.weir.entitlement.contract.Bodies;
import dev.weir.entitlement.contract.CustomerSnapshot;
import dev.weir.entitlement.contract.Recurrence;
import dev.weir.entitlement.contract.Resolution;
import dev.weir.entitlement.contract.ResolvedFeature;
import dev.weir.entitlement.contract.Span;
import dev.weir.entitlement.contract.SubscriptionPart;
import dev.weir.entitlement.contract.SubscriptionPhase;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A customer as usage is counted by: its snapshot (if it has come) and the catalog. It remembers what it resolved, window by
 * window, so that a thousand events of one hour are resolved once.
 */
public final class CustomerModel {

    private static final int MOST_REMEMBERED = 2_000;

    private final String customer;
    private final @Nullable CustomerSnapshot snapshot;
    private final @Nullable CatalogInForce catalog;
    private final Bodies bodies;
    private final Map<String, Set<String>> featuresByEventType = new HashMap<>();
    private final Map<Place, TreeMap<Instant, Placement>> remembered = new HashMap<>();
    private int rememberedCount;

    private record Place(String feature, @Nullable String resource) {}

    /** Every body that the snapshot names must be there. */
    public CustomerModel(
            String customer, @Nullable CustomerSnapshot snapshot, @Nullable CatalogInForce catalog, Bodies bodies) {
        this.customer = customer;
        this.snapshot = snapshot;
        this.catalog = catalog;
        this.bodies = bodies;
        collectFeatures();
    }

    /** The customer. */
    public String customer() {
        return customer;
    }

    /** The snapshot it works by; null while none has come. */
    public @Nullable CustomerSnapshot snapshot() {
        return snapshot;
    }

    /** The owner of the wallets; the customer itself while that is not known. */
    public String root() {
        return snapshot == null ? customer : snapshot.root();
    }

    /** The features that events of a type may count in, whether the customer is entitled to them or not. */
    public Set<String> features(String eventType) {
        return featuresByEventType.getOrDefault(eventType, Set.of());
    }

    /** The feature as the catalog in force defines it; null if it does not. */
    public @Nullable FeatureDefinition inForce(String feature) {
        return catalog == null ? null : catalog.features().get(feature);
    }

    /** What holds for usage of the feature at that instant. */
    public synchronized Placement place(String feature, @Nullable String resource, Instant at) {
        TreeMap<Instant, Placement> known =
                remembered.computeIfAbsent(new Place(feature, resource), place -> new TreeMap<>());
        Map.Entry<Instant, Placement> candidate = known.floorEntry(at);
        if (candidate != null && candidate.getValue().window().contains(at)) {
            return candidate.getValue();
        }
        Placement placement = resolve(feature, resource, at);
        if (++rememberedCount > MOST_REMEMBERED) {
            remembered.clear();
            rememberedCount = 0;
            return placement;
        }
        known.put(placement.window().from(), placement);
        return placement;
    }

    private Placement resolve(String feature, @Nullable String resource, Instant at) {
        if (snapshot == null) {
            return new Placement(utcHour(at), null, null, 0);
        }
        Span window = ended(Resolution.window(snapshot, bodies, feature, resource, at));
        ResolvedFeature resolved = Resolution.feature(snapshot, bodies, feature, resource, at)
                .filter(ResolvedFeature::granted)
                .orElse(null);
        if (resolved == null) {
            return new Placement(window, null, null, 0);
        }
        Recurrence recurrence = resolved.recurrence();
        Span period = recurrence == null ? null : recurrence.at(at).span();
        return new Placement(window, resolved, period, creditScale(resolved));
    }

    private int creditScale(ResolvedFeature resolved) {
        String unit = resolved.definition().creditUnit();
        if (unit == null) {
            return 0;
        }
        String planHash = resolved.planHash();
        CreditUnit pinned =
                planHash == null ? null : bodies.plan(planHash).creditUnits().get(unit);
        CreditUnit current = catalog == null ? null : catalog.creditUnits().get(unit);
        CreditUnit found = pinned != null ? pinned : current;
        if (found == null) {
            throw new IllegalStateException("no body and no catalog defines the credit unit " + unit);
        }
        return found.scale();
    }

    private static Span ended(Span window) {
        return window.to() != null
                ? window
                : new Span(window.from(), utcHour(window.from()).to());
    }

    private static Span utcHour(Instant at) {
        Instant from = at.truncatedTo(ChronoUnit.HOURS);
        return new Span(from, from.plus(Duration.ofHours(1)));
    }

    private void collectFeatures() {
        if (catalog != null) {
            collect(catalog.features().values());
        }
        if (snapshot == null) {
            return;
        }
        for (SubscriptionPart subscription : snapshot.subscriptions()) {
            for (SubscriptionPhase phase : subscription.phases()) {
                collect(bodies.plan(phase.planHash()).features().values());
                String trial = phase.trialPlanHash();
                if (trial != null) {
                    collect(bodies.plan(trial).features().values());
                }
                for (AddonPart addon : phase.addons()) {
                    collect(bodies.addon(addon.addonHash()).features().values());
                }
            }
        }
        snapshot.allowances().stream().map(AllowancePart::definition).forEach(this::collect);
    }

    private void collect(Collection<FeatureDefinition> definitions) {
        definitions.forEach(this::collect);
    }

    private void collect(FeatureDefinition definition) {
        String eventType = definition.usageEventType();
        boolean counts = definition.type() == FeatureType.METERED || definition.type() == FeatureType.CREDIT;
        if (counts && eventType != null) {
            featuresByEventType
                    .computeIfAbsent(eventType, type -> new TreeSet<>())
                    .add(definition.key());
        }
    }
}
