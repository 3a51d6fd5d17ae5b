package dev.weir.entitlement.contract;

import dev.weir.catalog.contract.Effect;
import dev.weir.catalog.contract.Entitlement;
import dev.weir.catalog.contract.FeatureDefinition;
import dev.weir.catalog.contract.FeatureType;
import dev.weir.catalog.contract.MeteringMode;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Comparator;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One thing that says something about a feature at an instant.
 *
 * @param entitlement null for a revoke only
 * @param holding the subscription, and the phase of it, that brings the source; null for promotions and overrides
 * @param depth 0 for a plan's own layer, 1 for its parent's, and so on
 * @param id of a promotion or override
 */
record Source(
        SourceKind kind,
        String reference,
        int version,
        int quantity,
        @Nullable Entitlement entitlement,
        FeatureDefinition definition,
        @Nullable Holding holding,
        int depth,
        @Nullable UUID id,
        Span valid) {

    /** A subscription in one of its phases. */
    record Holding(SubscriptionPart subscription, SubscriptionPhase phase) {}

    /** PLAN, ANCESTOR, TRIAL, ADDON, OVERRIDE, PROMOTION; within a kind the oldest subscription, then the nearest layer. */
    static final Comparator<Source> ORDER = Comparator.<Source>comparingInt(source -> rank(source.kind))
            .thenComparing(Source::subscriptionId, Source::compareIds)
            .thenComparingInt(Source::depth)
            .thenComparing(Source::reference)
            .thenComparingInt(Source::version)
            .thenComparingInt(Source::quantity)
            .thenComparing(Source::id, Source::compareIds);

    /** Ids are UUIDv7, so the smaller is the older; absent ids come last. */
    static int compareIds(@Nullable UUID left, @Nullable UUID right) {
        if (left == null || right == null) {
            return Boolean.compare(left == null, right == null);
        }
        int high = Long.compareUnsigned(left.getMostSignificantBits(), right.getMostSignificantBits());
        return high != 0 ? high : Long.compareUnsigned(left.getLeastSignificantBits(), right.getLeastSignificantBits());
    }

    private static int rank(SourceKind kind) {
        return switch (kind) {
            case PLAN -> 0;
            case ANCESTOR -> 1;
            case TRIAL -> 2;
            case ADDON -> 3;
            case OVERRIDE -> 4;
            case PROMOTION -> 5;
        };
    }

    @Nullable
    UUID subscriptionId() {
        return holding == null ? null : holding.subscription.id();
    }

    /** Whether nobody subscribed to what brings it. */
    boolean servesByDefault() {
        return holding != null && holding.subscription.servesByDefault();
    }

    /** The product of the subscription that brings it; of those that have one. */
    String product() {
        return Objects.requireNonNull(holding, "no subscription").subscription.product();
    }

    boolean revoke() {
        return entitlement == null;
    }

    /** Only an amount can be incremented: elsewhere, and without a limit, the effect makes no difference. */
    boolean increment() {
        return entitlement != null
                && entitlement.effect() == Effect.INCREMENT
                && entitlement.limit() != null
                && definition.type() == FeatureType.METERED;
    }

    /** What it says, of a source that is no revoke. */
    Entitlement says() {
        return Objects.requireNonNull(entitlement, "a revoke says nothing");
    }

    /** Its amount, times the add-on's quantity for an increment; null = unlimited. */
    @Nullable
    BigDecimal amount() {
        BigDecimal limit = says().limit();
        return limit == null || !increment() ? limit : limit.multiply(BigDecimal.valueOf(quantity));
    }

    /** The reset period of its amount; null = never. A LEVEL does not reset. */
    @Nullable
    String everyText() {
        return definition.mode() == MeteringMode.LEVEL ? null : says().every();
    }

    @Nullable
    Every every() {
        String text = everyText();
        return text == null ? null : Every.of(text);
    }

    /** How a sentence calls it. */
    String name() {
        return switch (kind) {
            case PLAN -> servesByDefault() ? "default plan " + reference : "plan " + reference;
            case ANCESTOR -> "parent plan " + reference;
            case TRIAL -> "the trial of " + reference;
            case ADDON -> "add-on " + reference;
            case OVERRIDE -> "override " + reference;
            case PROMOTION -> "promotion " + reference;
        };
    }

    Instant from() {
        return valid.from();
    }
}
