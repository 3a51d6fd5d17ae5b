package dev.weir.catalog.document.domain;

import dev.weir.catalog.contract.Better;
import dev.weir.catalog.contract.ConfigValueType;
import dev.weir.catalog.contract.FeatureType;
import dev.weir.catalog.contract.MeteringMode;
import dev.weir.platform.kernel.Atoms;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a feature and checks what its type asks for. */
final class FeatureReader {

    private static final Map<FeatureType, Set<String>> MEMBERS = Map.of(
            FeatureType.BOOLEAN, Set.of(),
            FeatureType.CONFIG, Set.of("valueType", "values", "better"),
            FeatureType.METERED, Set.of("meter", "unit", "mode", "scale"),
            FeatureType.CREDIT, Set.of("creditUnit", "eventType", "rates"));

    private FeatureReader() {}

    static @Nullable FeatureDraft read(String key, Fields fields) {
        FeatureType type = fields.required("type", fields.oneOf("type", FeatureType.class));
        if (type == null) {
            return null;
        }
        Set<String> foreign = new HashSet<>();
        MEMBERS.values().forEach(foreign::addAll);
        foreign.removeAll(MEMBERS.getOrDefault(type, Set.of()));
        fields.refuse(foreign, "a " + type + " feature has no such field");

        ConfigValueType valueType = fields.oneOf("valueType", ConfigValueType.class);
        List<String> values = fields.texts("values");
        Better better = fields.oneOf("better", Better.class);
        MeteringMode mode = fields.oneOf("mode", MeteringMode.class);
        FeatureDraft feature = new FeatureDraft(
                key,
                type,
                valueType,
                values,
                better == null ? Better.HIGHER : better,
                fields.key("meter"),
                fields.text("unit"),
                mode == null ? MeteringMode.COUNTING : mode,
                fields.integer("scale", 0, Atoms.MAX_SCALE),
                fields.key("creditUnit"),
                fields.text("eventType"),
                RateReader.read(fields),
                fields.text("name"),
                fields.prose("description"));
        switch (type) {
            case BOOLEAN -> {}
            case CONFIG -> config(fields, valueType, values);
            case METERED -> fields.required("meter", feature.meter());
            case CREDIT -> credit(fields, feature);
        }
        fields.finish();
        return feature;
    }

    private static void config(Fields fields, @Nullable ConfigValueType valueType, List<String> values) {
        fields.required("valueType", valueType);
        if (valueType == ConfigValueType.ENUM && values.isEmpty()) {
            fields.fault("values", "REQUIRED", "an ENUM lists its values, the least generous first");
        }
        if (valueType != ConfigValueType.ENUM && valueType != null && fields.has("values")) {
            fields.fault("values", "NOT_ALLOWED", "only an ENUM lists values");
        }
        if (valueType != ConfigValueType.NUMBER && valueType != null && fields.has("better")) {
            fields.fault("better", "NOT_ALLOWED", "only a NUMBER has a better direction");
        }
        if (new HashSet<>(values).size() < values.size()) {
            fields.fault("values", "DUPLICATE_KEY", "a value is listed twice");
        }
    }

    private static void credit(Fields fields, FeatureDraft feature) {
        fields.required("creditUnit", feature.creditUnit());
        fields.required("eventType", feature.eventType());
        if (feature.rates().isEmpty()) {
            fields.fault("rates", "REQUIRED", "a CREDIT feature needs a rate table");
        }
    }
}
