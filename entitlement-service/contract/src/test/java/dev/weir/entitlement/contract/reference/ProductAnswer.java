package dev.weir.entitlement.contract.reference;

import dev.weir.catalog.contract.FeatureType;
import dev.weir.catalog.contract.OnLimit;
import dev.weir.entitlement.contract.ExplainedSource;
import dev.weir.entitlement.contract.LimitPart;
import dev.weir.entitlement.contract.Recurrence;
import dev.weir.entitlement.contract.ResolvedFeature;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Describes what the product answered in the reference's words, so that both can be compared as text. */
public final class ProductAnswer {
    private ProductAnswer() {}

    /** The aspects that {@link ReferenceResolver} names. */
    public static Map<String, String> describe(ResolvedFeature answer, Instant at) {
        Map<String, String> aspects = new TreeMap<>();
        aspects.put("granted", String.valueOf(answer.granted()));
        aspects.put("revoked", String.valueOf(answer.revoked()));
        FeatureType type = answer.definition().type();
        if (answer.granted()) {
            if (type == FeatureType.METERED) {
                metered(aspects, answer, at);
            }
            if (answer.value() != null) {
                aspects.put("value", answer.value());
            }
            if (type == FeatureType.CREDIT) {
                aspects.put("rates", String.valueOf(answer.rates()));
            }
            if (type == FeatureType.METERED || type == FeatureType.CREDIT) {
                aspects.put("onLimit", answer.onLimit().name());
                if (answer.onLimit() == OnLimit.SOFT) {
                    aspects.put("cap", answer.overageCap() == null ? "none" : Verdict.plain(answer.overageCap()));
                }
            }
            if (answer.then() != null) {
                aspects.put("then", String.valueOf(answer.then()));
            }
        }
        aspects.put(
                "sources",
                answer.sources().stream()
                        .map(source -> name(source) + " " + source.outcome() + new TreeSet<>(source.components()))
                        .sorted()
                        .collect(Collectors.joining("\n")));
        return aspects;
    }

    private static void metered(Map<String, String> aspects, ResolvedFeature answer, Instant at) {
        BigDecimal limit = answer.limit();
        aspects.put("limit", limit == null ? "unlimited" : Verdict.plain(limit));
        aspects.put(
                "subscription",
                answer.subscription() == null ? "none" : answer.subscription().toString());
        if (limit != null) {
            Recurrence recurrence = answer.recurrence();
            aspects.put(
                    "period",
                    recurrence == null
                            ? "never"
                            : recurrence.at(at).from() + "/" + recurrence.at(at).to());
            aspects.put(
                    "base",
                    answer.stack().stream()
                            .filter(part -> part.kind() == LimitPart.Kind.BASE)
                            .map(part -> Verdict.plain(part.amount()))
                            .findFirst()
                            .orElse("0"));
        }
    }

    private static String name(ExplainedSource source) {
        return source.kind() + " " + source.reference() + "@" + source.version() + " " + source.validFrom() + "/"
                + source.validTo();
    }
}
