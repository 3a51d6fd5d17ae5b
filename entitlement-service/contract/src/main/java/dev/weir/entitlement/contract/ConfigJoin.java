package dev.weir.entitlement.contract;

import dev.weir.catalog.contract.Better;
import dev.weir.catalog.contract.ConfigValueType;
import dev.weir.catalog.contract.FeatureDefinition;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The value of a CONFIG feature: the best by the feature's declared order. */
final class ConfigJoin {
    private ConfigJoin() {}

    /** The source with the best value, the first of equals; null if none has a value. The sources are in source order. */
    static @Nullable Source best(List<Source> sources, FeatureDefinition definition) {
        @Nullable Source best = null;
        for (Source source : sources) {
            if (source.says().value() != null && (best == null || compare(source, best, definition) > 0)) {
                best = source;
            }
        }
        return best;
    }

    private static int compare(Source left, Source right, FeatureDefinition definition) {
        ConfigValueType type = definition.valueType() == null ? ConfigValueType.TEXT : definition.valueType();
        return switch (type) {
            case NUMBER -> {
                int order = number(left).compareTo(number(right));
                yield definition.better() == Better.LOWER ? -order : order;
            }
            case ENUM -> Integer.compare(position(left, definition), position(right, definition));
            // The smaller rank is the stronger word.
            case TEXT -> Integer.compare(textRank(right.kind()), textRank(left.kind()));
        };
    }

    private static BigDecimal number(Source source) {
        return new BigDecimal(String.valueOf(source.says().value()));
    }

    /** A value that the definition does not list (a later version may) is placed by the source's own definition. */
    private static int position(Source source, FeatureDefinition definition) {
        String value = String.valueOf(source.says().value());
        int position = definition.values().indexOf(value);
        return position >= 0 ? position : source.definition().values().indexOf(value);
    }

    private static int textRank(SourceKind kind) {
        return switch (kind) {
            case OVERRIDE -> 0;
            case PROMOTION -> 1;
            case TRIAL -> 2;
            case ADDON -> 3;
            case PLAN -> 4;
            case ANCESTOR -> 5;
        };
    }
}
