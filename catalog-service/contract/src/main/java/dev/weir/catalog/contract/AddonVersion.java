package dev.weir.catalog.contract;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An immutable published add-on version, closed like {@link PlanVersion}. Published as the state
 * {@code catalog.addon-version.v1} (aggregate id {@code addon@version}).
 *
 * @param compatibleWith plan keys; empty = every plan of the product
 * @param maxQuantity null = no bound
 * @param description null = none
 * @param requires keys of add-ons that a subscription must have too
 * @param minQuantity the fewest that can be had; null = 1
 */
public record AddonVersion(
        String addon,
        int version,
        String hash,
        String product,
        String name,
        List<String> compatibleWith,
        @Nullable Integer maxQuantity,
        Map<String, Entitlement> entitlements,
        Map<String, FeatureDefinition> features,
        Map<String, CreditUnit> creditUnits,
        List<CreditGrant> credits,
        List<Charge> charges,
        @Nullable String description,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> requires,
        @Nullable Integer minQuantity) {
    public AddonVersion {
        Objects.requireNonNull(addon, "addon");
        Objects.requireNonNull(hash, "hash");
        Objects.requireNonNull(product, "product");
        name = name == null ? addon : name;
        compatibleWith = compatibleWith == null ? List.of() : List.copyOf(compatibleWith);
        entitlements = entitlements == null ? Map.of() : Map.copyOf(entitlements);
        features = features == null ? Map.of() : Map.copyOf(features);
        creditUnits = creditUnits == null ? Map.of() : Map.copyOf(creditUnits);
        credits = credits == null ? List.of() : List.copyOf(credits);
        charges = charges == null ? List.of() : List.copyOf(charges);
        requires = requires == null ? List.of() : List.copyOf(requires);
    }

    /** An add-on that goes without another, in any quantity from 1, without a description. */
    public AddonVersion(
            String addon,
            int version,
            String hash,
            String product,
            String name,
            List<String> compatibleWith,
            @Nullable Integer maxQuantity,
            Map<String, Entitlement> entitlements,
            Map<String, FeatureDefinition> features,
            Map<String, CreditUnit> creditUnits,
            List<CreditGrant> credits,
            List<Charge> charges) {
        this(
                addon,
                version,
                hash,
                product,
                name,
                compatibleWith,
                maxQuantity,
                entitlements,
                features,
                creditUnits,
                credits,
                charges,
                null,
                List.of(),
                null);
    }
}
