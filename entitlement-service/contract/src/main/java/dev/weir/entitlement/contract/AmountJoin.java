package dev.weir.entitlement.contract;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The amount of a METERED feature. Base amounts compete within each reset period; increments raise those of their own
 * period (from 0 where there is none: an increment alone entitles); the period with the most per second wins, so a further
 * source can never lower it. Last, promotions with a value of their own compete with that.
 *
 * @param limit null = unlimited
 * @param winner the source that won the amount: of a raised amount its base, and without a base its first increment
 * @param holding the winner's subscription; where a promotion or override won, that of the best subscription source below
 *     it (one that resets alike before others), so that overage keeps its price
 * @param added the increments within the limit
 */
record AmountJoin(
        @Nullable BigDecimal limit,
        Source winner,
        Source.@Nullable Holding holding,
        @Nullable Recurrence recurrence,
        List<LimitPart> stack,
        List<Source> added) {

    /** Amounts that reset alike: the best base, and what raises it. */
    private static final class Group {
        final @Nullable Every every;

        @Nullable
        Source base;

        BigDecimal baseAmount = BigDecimal.ZERO;
        BigDecimal total = BigDecimal.ZERO;
        final List<Source> increments = new ArrayList<>(2);
        /** The best source that a subscription brings: its anchor rules the periods. */
        @Nullable
        Source subscribed;

        Group(@Nullable Every every) {
            this.every = every;
        }

        void add(Source source) {
            BigDecimal amount = Objects.requireNonNull(source.amount());
            if (source.increment()) {
                increments.add(source);
                total = total.add(amount);
            } else {
                int compared = base == null ? 1 : amount.compareTo(baseAmount);
                if (compared > 0 || (compared == 0 && older(source, base))) {
                    total = total.subtract(baseAmount).add(amount);
                    base = source;
                    baseAmount = amount;
                }
            }
            if (source.holding() != null && (subscribed == null || better(source, subscribed))) {
                subscribed = source;
            }
        }

        Source winner() {
            return base != null ? base : increments.getFirst();
        }
    }

    /** Joins sources that are in source order and hold no revoke; at least one. */
    static AmountJoin of(List<Source> sources, String feature, Bodies bodies, ZoneId zone, Instant at) {
        List<Group> groups = new ArrayList<>(2);
        @Nullable Source unlimited = null;
        List<Source> promotions = new ArrayList<>(2);
        for (Source source : sources) {
            if (source.amount() == null) {
                unlimited = unlimited == null || older(source, unlimited) ? source : unlimited;
            } else if (source.kind() == SourceKind.PROMOTION && !source.increment()) {
                promotions.add(source);
            } else {
                group(groups, source.every()).add(source);
            }
        }
        @Nullable Group raised = null;
        for (Group group : groups) {
            int compared = raised == null ? 1 : compare(group.total, group.every, raised.total, raised.every);
            if (compared > 0
                    || (compared == 0
                            && first(
                                    group.winner(),
                                    Objects.requireNonNull(raised).winner()))) {
                raised = group;
            }
        }
        if (unlimited != null) {
            Group alike = find(groups, unlimited.every());
            Recurrence recurrence = recurrence(unlimited, alike, feature, bodies, zone, at);
            return new AmountJoin(null, unlimited, holding(unlimited, alike, groups), recurrence, List.of(), List.of());
        }
        @Nullable Source promotion = best(promotions, raised);
        if (promotion == null) {
            Group won = Objects.requireNonNull(raised, "no source of an amount");
            Recurrence recurrence = recurrence(won.winner(), won, feature, bodies, zone, at);
            return new AmountJoin(
                    won.total,
                    won.winner(),
                    holding(won.winner(), won, groups),
                    recurrence,
                    stack(won),
                    List.copyOf(won.increments));
        }
        return promoted(
                promotion, groups, recurrence(promotion, find(groups, promotion.every()), feature, bodies, zone, at));
    }

    /** Between equal amounts usage belongs to the oldest subscription, whatever the kind of source. */
    private static boolean older(Source source, @Nullable Source than) {
        return source.holding() != null
                && than != null
                && than.holding() != null
                && Source.compareIds(source.subscriptionId(), than.subscriptionId()) < 0;
    }

    /** Which amount is more generous: per second; amounts that never reset are less than any that does, and compare as they are. */
    static int compare(BigDecimal left, @Nullable Every leftEvery, BigDecimal right, @Nullable Every rightEvery) {
        if (Objects.equals(leftEvery, rightEvery)) {
            return left.compareTo(right);
        }
        if (leftEvery == null) {
            return right.signum() > 0 ? -1 : left.signum();
        }
        if (rightEvery == null) {
            return left.signum() > 0 ? 1 : -right.signum();
        }
        return left.multiply(BigDecimal.valueOf(rightEvery.seconds()))
                .compareTo(right.multiply(BigDecimal.valueOf(leftEvery.seconds())));
    }

    private static AmountJoin promoted(Source promotion, List<Group> groups, @Nullable Recurrence recurrence) {
        BigDecimal limit = Objects.requireNonNull(promotion.amount());
        Group alike = find(groups, promotion.every());
        List<LimitPart> stack = new ArrayList<>();
        BigDecimal below = BigDecimal.ZERO;
        if (alike != null) {
            stack.addAll(stack(alike));
            below = alike.total;
        }
        stack.add(new LimitPart(LimitPart.Kind.PROMOTION, "promotion:" + promotion.reference(), limit.subtract(below)));
        return new AmountJoin(limit, promotion, holding(promotion, alike, groups), recurrence, stack, List.of());
    }

    private static @Nullable Source best(List<Source> promotions, @Nullable Group raised) {
        @Nullable Source best = null;
        BigDecimal amount = raised == null ? BigDecimal.ZERO : raised.total;
        @Nullable Every every = raised == null ? null : raised.every;
        for (Source promotion : promotions) {
            BigDecimal offered = Objects.requireNonNull(promotion.amount());
            boolean first = best == null && raised == null;
            if (first || compare(offered, promotion.every(), amount, every) > 0) {
                best = promotion;
                amount = offered;
                every = promotion.every();
            }
        }
        return best;
    }

    private static List<LimitPart> stack(Group group) {
        List<LimitPart> stack = new ArrayList<>(1 + group.increments.size());
        if (group.base != null) {
            stack.add(new LimitPart(LimitPart.Kind.BASE, "base", group.baseAmount));
        }
        for (Source increment : group.increments) {
            stack.add(new LimitPart(
                    LimitPart.Kind.INCREMENT, stackReference(increment), Objects.requireNonNull(increment.amount())));
        }
        return stack;
    }

    private static String stackReference(Source source) {
        return switch (source.kind()) {
            case PLAN, ANCESTOR -> "plan:" + source.reference();
            case TRIAL -> "trial:" + source.reference();
            case ADDON -> "addon:" + source.reference();
            case OVERRIDE -> "override:" + source.reference();
            case PROMOTION -> "promotion:" + source.reference();
        };
    }

    /** Where the winner has no subscription: that of the best one that resets alike, else of the best of all. */
    private static Source.@Nullable Holding holding(Source winner, @Nullable Group alike, List<Group> groups) {
        if (winner.holding() != null) {
            return winner.holding();
        }
        if (alike != null && alike.subscribed != null) {
            return alike.subscribed.holding();
        }
        @Nullable Source best = null;
        for (Group group : groups) {
            if (group.subscribed != null && (best == null || better(group.subscribed, best))) {
                best = group.subscribed;
            }
        }
        return best == null ? null : best.holding();
    }

    /** A value of its own is better than an increment, more per second than less; between equals the oldest subscription. */
    private static boolean better(Source source, Source than) {
        if (source.increment() != than.increment()) {
            return than.increment();
        }
        int compared = source.increment()
                ? 0
                : compare(
                        Objects.requireNonNull(source.amount()),
                        source.every(),
                        Objects.requireNonNull(than.amount()),
                        than.every());
        return compared > 0 || (compared == 0 && first(source, than));
    }

    /** Between equals the oldest subscription comes first, and of the same one the first by source order. */
    private static boolean first(Source source, Source than) {
        int aged = Source.compareIds(source.subscriptionId(), than.subscriptionId());
        return aged != 0 ? aged < 0 : Source.ORDER.compare(source, than) < 0;
    }

    private static @Nullable Recurrence recurrence(
            Source winner, @Nullable Group alike, String feature, Bodies bodies, ZoneId zone, Instant at) {
        String every = winner.everyText();
        if (every == null) {
            return null;
        }
        Source.Holding holding = winner.holding();
        if (holding == null && alike != null && alike.subscribed != null) {
            holding = alike.subscribed.holding();
        }
        Instant anchor = holding == null ? winner.from() : Boundaries.anchor(holding, bodies, feature, at);
        return new Recurrence(anchor, every, zone);
    }

    private static Group group(List<Group> groups, @Nullable Every every) {
        Group found = find(groups, every);
        if (found == null) {
            found = new Group(every);
            groups.add(found);
        }
        return found;
    }

    private static @Nullable Group find(List<Group> groups, @Nullable Every every) {
        for (Group group : groups) {
            if (Objects.equals(group.every, every)) {
                return group;
            }
        }
        return null;
    }
}
