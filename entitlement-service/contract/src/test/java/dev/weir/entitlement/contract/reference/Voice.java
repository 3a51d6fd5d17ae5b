package dev.weir.entitlement.contract.reference;

import dev.weir.catalog.contract.Effect;
import dev.weir.catalog.contract.Entitlement;
import dev.weir.catalog.contract.FeatureDefinition;
import dev.weir.catalog.contract.FeatureType;
import dev.weir.catalog.contract.RateRule;
import dev.weir.entitlement.contract.SourceKind;
import dev.weir.entitlement.contract.Span;
import dev.weir.entitlement.contract.SubscriptionPart;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One source that says something of a feature at the asked instant.
 *
 * @param says null for a revoke
 * @param subscription of plans and add-ons
 * @param layer how far up the inheritance
 * @param id of the subscription or of the promotion or override: ids count up with time
 * @param table the rates that this source brings, its plan's ancestors' and at last the feature's included
 * @param valid since when and until when it holds without a break
 */
record Voice(
        SourceKind kind,
        String reference,
        int version,
        int quantity,
        @Nullable Entitlement says,
        FeatureDefinition definition,
        @Nullable SubscriptionPart subscription,
        int layer,
        String id,
        Table table,
        Span valid) {

    /** Rates, and how far up the inheritance the layer stands that brings them; -1 for the feature's own. */
    record Table(List<RateRule> rates, int owner) {}

    private static final List<SourceKind> ORDER = List.of(
            SourceKind.PLAN,
            SourceKind.ANCESTOR,
            SourceKind.TRIAL,
            SourceKind.ADDON,
            SourceKind.OVERRIDE,
            SourceKind.PROMOTION);

    /** The order of sources: as the rules list them, then the oldest, then the nearest. */
    static final Comparator<Voice> BY_SOURCE = Comparator.<Voice>comparingInt(voice -> ORDER.indexOf(voice.kind))
            .thenComparing(Voice::id)
            .thenComparingInt(Voice::layer)
            .thenComparing(Voice::reference);

    /** Who wins between equal amounts: a subscription before what has none, and the oldest subscription first. */
    static final Comparator<Voice> BY_AGE = Comparator.<Voice>comparingInt(voice -> voice.subscription == null ? 1 : 0)
            .thenComparing(voice -> voice.subscription == null ? "" : voice.id)
            .thenComparing(BY_SOURCE);

    boolean revokes() {
        return says == null;
    }

    /** What it says; only of one that does not revoke. */
    Entitlement entitlement() {
        if (says == null) {
            throw new IllegalStateException("a revoke says nothing else");
        }
        return says;
    }

    /** Whether it is added to a limit instead of having an amount of its own. */
    boolean increments() {
        return says != null
                && definition.type() == FeatureType.METERED
                && says.effect() == Effect.INCREMENT
                && says.limit() != null;
    }

    /** The limit times the quantity of an increment, else the limit. */
    BigDecimal amount() {
        BigDecimal limit = entitlement().limit();
        if (limit == null) {
            throw new IllegalStateException("unlimited");
        }
        return increments() ? limit.multiply(BigDecimal.valueOf(quantity)) : limit;
    }

    /** Seconds of its reset period; 0 when it never resets. */
    long seconds() {
        String every = entitlement().every();
        return every == null ? 0 : Calendars.seconds(every);
    }

    /** How it resets, written one way only: P1Y and P12M are the same, P1D and PT24H are not. */
    String resets() {
        String every = entitlement().every();
        return every == null ? "" : every.contains("T") ? Duration.parse(every).toString() : Calendars.period(every);
    }

    String name() {
        return kind + " " + reference + "@" + version + " " + valid.from() + "/" + valid.to();
    }
}
