package dev.weir.catalog.offer.domain;

import dev.weir.catalog.contract.AddonVersion;
import dev.weir.catalog.contract.Entitlement;
import dev.weir.catalog.contract.FeatureDefinition;
import dev.weir.catalog.contract.OnLimit;
import dev.weir.catalog.contract.PlanLayer;
import dev.weir.catalog.contract.PlanVersion;
import dev.weir.catalog.contract.RateRule;
import dev.weir.catalog.contract.Then;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a plan or an add-on gives of one feature by itself: its layers joined as resolution joins them, the most generous of
 * each component.
 *
 * @param given what each layer says, the plan's own first; never empty
 */
public record OfferedFeature(FeatureDefinition definition, List<Entitlement> given) {

    public OfferedFeature {
        given = List.copyOf(given);
    }

    /** What a plan offers, by feature. */
    public static Map<String, OfferedFeature> of(PlanVersion plan) {
        Map<String, List<Entitlement>> layers = new LinkedHashMap<>();
        for (PlanLayer layer : plan.layers()) {
            layer.entitlements()
                    .values()
                    .forEach(each -> layers.computeIfAbsent(each.feature(), absent -> new ArrayList<>())
                            .add(each));
        }
        return of(plan.features(), layers);
    }

    /** What an add-on offers, by feature. */
    public static Map<String, OfferedFeature> of(AddonVersion addon) {
        Map<String, List<Entitlement>> layers = new LinkedHashMap<>();
        addon.entitlements().forEach((feature, given) -> layers.put(feature, List.of(given)));
        return of(addon.features(), layers);
    }

    private static Map<String, OfferedFeature> of(
            Map<String, FeatureDefinition> definitions, Map<String, List<Entitlement>> layers) {
        Map<String, OfferedFeature> offered = new LinkedHashMap<>();
        layers.forEach((feature, given) -> offered.put(
                feature,
                new OfferedFeature(Objects.requireNonNull(definitions.get(feature), "a body is closed"), given)));
        return offered;
    }

    /** What says the amount: the largest by time. */
    public Entitlement amount() {
        return given.stream().max(OfferedFeature::compareAmounts).orElseThrow();
    }

    /** The softest. */
    public OnLimit onLimit() {
        return given.stream().anyMatch(each -> each.onLimit() == OnLimit.SOFT) ? OnLimit.SOFT : OnLimit.HARD;
    }

    /** How far a SOFT limit may be exceeded; null = without bound. */
    public @Nullable BigDecimal overageCap() {
        return given.stream()
                .filter(each -> each.onLimit() == OnLimit.SOFT)
                .map(each -> Optional.ofNullable(each.overageCap()))
                .max((left, right) -> Pace.upTo(left.orElse(null), right.orElse(null)))
                .orElse(Optional.of(BigDecimal.ZERO))
                .orElse(null);
    }

    /** What comes after the included quantity: the first layer that says so. */
    public @Nullable Then then() {
        return given.stream()
                .flatMap(each -> Optional.ofNullable(each.then()).stream())
                .findFirst()
                .orElse(null);
    }

    /** The best value of a CONFIG feature by its declared order; of texts the plan's own. */
    public String value() {
        List<String> values = given.stream()
                .flatMap(each -> Optional.ofNullable(each.value()).stream())
                .toList();
        Comparator<String> order = order();
        String best = values.getFirst();
        for (String value : values) {
            best = order.compare(value, best) > 0 ? value : best;
        }
        return best;
    }

    /** Which of two values of a CONFIG feature is the more generous. */
    public Comparator<String> order() {
        return switch (Objects.requireNonNull(definition.valueType(), "a CONFIG feature has a value type")) {
            case NUMBER -> {
                Comparator<String> higher = Comparator.comparing(BigDecimal::new);
                yield switch (definition.better()) {
                    case HIGHER -> higher;
                    case LOWER -> higher.reversed();
                };
            }
            case ENUM -> Comparator.comparing(definition.values()::indexOf);
            case TEXT -> (left, right) -> 0;
        };
    }

    /** The rate table of a CREDIT feature: the nearest layer's own, else the feature's. */
    public List<RateRule> rates() {
        return given.stream()
                .map(Entitlement::rates)
                .filter(rates -> !rates.isEmpty())
                .findFirst()
                .orElse(definition.rates());
    }

    /** Which amount is more: by second; one that never resets is less than any that does. */
    public static int compareAmounts(Entitlement left, Entitlement right) {
        BigDecimal leftLimit = left.limit();
        BigDecimal rightLimit = right.limit();
        if (leftLimit == null || rightLimit == null) {
            return Boolean.compare(leftLimit == null, rightLimit == null);
        }
        return Pace.compare(leftLimit, left.every(), rightLimit, right.every());
    }
}
