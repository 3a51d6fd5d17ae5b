package dev.weir.catalog.contract;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An immutable published plan version, closed: it holds every layer it inherits and every feature, rate table, meter and
 * credit unit it uses, as they were when it was published. Published as the state {@code catalog.plan-version.v1}
 * (aggregate id {@code plan@version}).
 *
 * @param hash content hash of everything but {@code hash} and {@code version}: equal content never makes a new version
 * @param layers own first, then each ancestor's
 * @param credits in force, inherited ones included
 * @param charges in force, inherited ones included
 * @param description null = none
 * @param visibility null = PUBLIC; see {@link #shownTo}
 */
public record PlanVersion(
        String plan,
        int version,
        String hash,
        String product,
        String name,
        List<PlanLayer> layers,
        Map<String, FeatureDefinition> features,
        Map<String, CreditUnit> creditUnits,
        List<CreditGrant> credits,
        Map<String, CreditLimit> creditLimits,
        List<Charge> charges,
        @Nullable Trial trial,
        @Nullable Budget budget,
        @Nullable String description,
        @Nullable Visibility visibility) {
    public PlanVersion {
        Objects.requireNonNull(plan, "plan");
        Objects.requireNonNull(hash, "hash");
        Objects.requireNonNull(product, "product");
        name = name == null ? plan : name;
        layers = layers == null ? List.of() : List.copyOf(layers);
        features = features == null ? Map.of() : Map.copyOf(features);
        creditUnits = creditUnits == null ? Map.of() : Map.copyOf(creditUnits);
        credits = credits == null ? List.of() : List.copyOf(credits);
        creditLimits = creditLimits == null ? Map.of() : Map.copyOf(creditLimits);
        charges = charges == null ? List.of() : List.copyOf(charges);
    }

    /** A plan that everyone is shown, without a description. */
    public PlanVersion(
            String plan,
            int version,
            String hash,
            String product,
            String name,
            List<PlanLayer> layers,
            Map<String, FeatureDefinition> features,
            Map<String, CreditUnit> creditUnits,
            List<CreditGrant> credits,
            Map<String, CreditLimit> creditLimits,
            List<Charge> charges,
            @Nullable Trial trial,
            @Nullable Budget budget) {
        this(
                plan,
                version,
                hash,
                product,
                name,
                layers,
                features,
                creditUnits,
                credits,
                creditLimits,
                charges,
                trial,
                budget,
                null,
                null);
    }

    /** Who is shown the plan: everyone, unless it says otherwise. */
    public Visibility shownTo() {
        return visibility == null ? Visibility.PUBLIC : visibility;
    }
}
