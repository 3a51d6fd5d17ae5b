package dev.weir.entitlement.contract;

import dev.weir.catalog.contract.FeatureDefinition;
import dev.weir.catalog.contract.FeatureType;
import dev.weir.catalog.contract.OnLimit;
import dev.weir.catalog.contract.PlanVersion;
import dev.weir.catalog.contract.RateRule;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Joins the sources of a feature, component by component. */
final class FeatureJoin {
    private FeatureJoin() {}

    static Optional<ResolvedFeature> resolve(
            CustomerSnapshot snapshot, Bodies bodies, String feature, @Nullable String resource, Instant at) {
        List<Source.Holding> holdings = Sources.holdings(snapshot, resource, at);
        return resolve(snapshot, bodies, feature, resource, at, holdings);
    }

    static Map<String, ResolvedFeature> resolveAll(
            CustomerSnapshot snapshot, Bodies bodies, @Nullable String resource, Instant at) {
        List<Source.Holding> holdings = Sources.holdings(snapshot, resource, at);
        Map<String, ResolvedFeature> all = new TreeMap<>();
        for (String feature : Sources.features(snapshot, bodies, holdings, at)) {
            resolve(snapshot, bodies, feature, resource, at, holdings)
                    .ifPresent(resolved -> all.put(feature, resolved));
        }
        return Collections.unmodifiableMap(all);
    }

    private static Optional<ResolvedFeature> resolve(
            CustomerSnapshot snapshot,
            Bodies bodies,
            String feature,
            @Nullable String resource,
            Instant at,
            List<Source.Holding> holdings) {
        List<Source> sources = Sources.of(snapshot, bodies, feature, holdings, at);
        if (sources.isEmpty()) {
            return Optional.empty();
        }
        @Nullable Source revoke = null;
        List<Source> giving = new ArrayList<>(sources.size());
        for (Source source : sources) {
            if (!source.revoke()) {
                giving.add(source);
            } else if (revoke == null) {
                revoke = source;
            }
        }
        Boundaries.Around around = Boundaries.sources(snapshot, bodies, feature, resource, at);
        if (giving.isEmpty()) {
            return Optional.of(nothing(sources, Objects.requireNonNull(revoke), around));
        }
        ZoneId zone = ZoneId.of(snapshot.timeZone());
        Join join = new Join(giving, bodies, feature, zone, at);
        return Optional.of(answer(join, sources, revoke, around, at));
    }

    /** The components of the sources that give something, joined. */
    private static final class Join {
        final String feature;
        final List<Source> giving;
        final Bodies bodies;
        final Wins wins = new Wins();
        final Source access;
        final FeatureDefinition definition;
        final @Nullable AmountJoin amount;
        final @Nullable Source value;
        final List<RateRule> rates;
        final OnLimit onLimit;
        final @Nullable BigDecimal overageCap;
        final @Nullable Source then;

        Join(List<Source> giving, Bodies bodies, String feature, ZoneId zone, Instant at) {
            this.feature = feature;
            this.giving = giving;
            this.bodies = bodies;
            Source first = firstGiving();
            FeatureType type = first.definition().type();
            amount = type == FeatureType.METERED
                    ? AmountJoin.of(sameType(giving, type), feature, bodies, zone, at)
                    : null;
            value = type == FeatureType.CONFIG ? ConfigJoin.best(giving, first.definition()) : null;
            // Equal in everything, so the source that is the reason for the answer is named for access too.
            access = amount != null ? amount.winner() : value != null ? value : first;
            definition = type == FeatureType.CONFIG ? first.definition() : access.definition();
            wins.won(Wins.ACCESS, access);
            wins.won(Wins.AMOUNT, amount == null ? null : amount.winner());
            wins.won(Wins.VALUE, value);
            boolean limited = type == FeatureType.METERED || type == FeatureType.CREDIT;
            @Nullable Source softest = limited ? softest() : null;
            onLimit = softest == null ? OnLimit.HARD : onLimit(softest);
            wins.won(Wins.ON_LIMIT, softest);
            @Nullable Source cap = onLimit == OnLimit.SOFT ? widestCap(Objects.requireNonNull(softest)) : null;
            overageCap = cap == null ? null : cap.says().overageCap();
            wins.won(Wins.OVERAGE_CAP, cap);
            then = limited ? firstThen() : null;
            wins.won(Wins.THEN, then);
            rates = type == FeatureType.CREDIT ? rates() : List.of();
        }

        private static List<Source> sameType(List<Source> sources, FeatureType type) {
            for (Source source : sources) {
                if (source.definition().type() != type) {
                    return sources.stream()
                            .filter(each -> each.definition().type() == type)
                            .toList();
                }
            }
            return sources;
        }

        private Source firstGiving() {
            for (Source source : giving) {
                if (!source.increment()) {
                    return source;
                }
            }
            return giving.getFirst();
        }

        private static OnLimit onLimit(Source source) {
            OnLimit said = source.says().onLimit();
            return said == null ? OnLimit.HARD : said;
        }

        /** The winner of access where it is as soft as any, else the first that is. Increments bring only their amount. */
        private @Nullable Source softest() {
            @Nullable Source softest = access.increment() ? null : access;
            for (Source source : giving) {
                if (!source.increment()
                        && (softest == null || (onLimit(softest) == OnLimit.HARD && onLimit(source) == OnLimit.SOFT))) {
                    softest = source;
                }
            }
            return softest;
        }

        private Source widestCap(Source softest) {
            Source widest = softest;
            for (Source source : giving) {
                if (!source.increment() && onLimit(source) == OnLimit.SOFT && wider(source, widest)) {
                    widest = source;
                }
            }
            return widest;
        }

        private static boolean wider(Source source, Source than) {
            BigDecimal left = source.says().overageCap();
            BigDecimal right = than.says().overageCap();
            return right != null && (left == null || left.compareTo(right) > 0);
        }

        private @Nullable Source firstThen() {
            for (Source source : giving) {
                if (!source.increment() && source.says().then() != null) {
                    return source;
                }
            }
            return null;
        }

        /** The table of the winner of access, else the nearest that the same body inherits, else the feature's own. */
        private List<RateRule> rates() {
            Source owner = access;
            if (owner.says().rates().isEmpty() && owner.holding() != null) {
                for (Source source : giving) {
                    if (source.holding() == owner.holding()
                            && source.depth() > owner.depth()
                            && inherits(owner.kind(), source.kind())
                            && !source.says().rates().isEmpty()) {
                        owner = source;
                        break;
                    }
                }
            }
            wins.won(Wins.RATES, owner);
            return owner.says().rates().isEmpty()
                    ? owner.definition().rates()
                    : owner.says().rates();
        }

        private static boolean inherits(SourceKind child, SourceKind parent) {
            return switch (child) {
                case PLAN, ANCESTOR -> parent == SourceKind.ANCESTOR;
                case TRIAL -> parent == SourceKind.TRIAL;
                case ADDON, PROMOTION, OVERRIDE -> false;
            };
        }
    }

    private static ResolvedFeature answer(
            Join join, List<Source> sources, @Nullable Source revoke, Boundaries.Around around, Instant at) {
        AmountJoin amount = join.amount;
        Recurrence recurrence = amount == null ? null : amount.recurrence();
        Instant from = Objects.requireNonNull(around.from(), "a source holds, so it began");
        Instant to = around.to();
        if (recurrence != null) {
            Recurrence.Numbered period = recurrence.at(at);
            from = period.from().isAfter(from) ? period.from() : from;
            to = to == null || period.to().isBefore(to) ? period.to() : to;
        }
        boolean granted = revoke == null;
        boolean metered = amount != null;
        Source.Holding holding = amount != null ? amount.holding() : join.access.holding();
        PlanVersion plan =
                holding == null ? null : join.bodies.plan(holding.phase().planHash());
        return new ResolvedFeature(
                join.feature,
                join.definition,
                granted,
                !granted,
                granted ? (amount == null ? null : amount.limit()) : metered ? BigDecimal.ZERO : null,
                recurrence,
                granted ? join.onLimit : OnLimit.HARD,
                granted ? join.overageCap : null,
                granted && join.then != null ? join.then.says().then() : null,
                granted && amount != null ? amount.stack() : List.of(),
                granted && join.value != null ? join.value.says().value() : null,
                join.rates,
                join.definition.type() == FeatureType.CREDIT ? RateVersions.of(join.rates) : null,
                holding == null ? null : holding.subscription().id(),
                plan == null ? null : plan.plan(),
                plan == null ? 0 : plan.version(),
                plan == null ? null : plan.hash(),
                holding == null ? null : holding.subscription().resource(),
                from,
                to,
                join.wins.explain(sources, amount, revoke));
    }

    /** A revoke of a feature that nothing gives anyway. */
    private static ResolvedFeature nothing(List<Source> sources, Source revoke, Boundaries.Around around) {
        FeatureDefinition definition = revoke.definition();
        boolean credit = definition.type() == FeatureType.CREDIT;
        return new ResolvedFeature(
                definition.key(),
                definition,
                false,
                true,
                definition.type() == FeatureType.METERED ? BigDecimal.ZERO : null,
                null,
                OnLimit.HARD,
                null,
                null,
                List.of(),
                null,
                credit ? definition.rates() : List.of(),
                credit ? RateVersions.of(definition.rates()) : null,
                null,
                null,
                0,
                null,
                null,
                Objects.requireNonNull(around.from(), "a source holds, so it began"),
                around.to(),
                new Wins().explain(sources, null, revoke));
    }
}
