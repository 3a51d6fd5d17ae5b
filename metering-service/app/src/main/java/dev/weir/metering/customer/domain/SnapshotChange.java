package dev.weir.metering.customer.domain;

import dev.weir.entitlement.contract.AllowancePart;
import dev.weir.entitlement.contract.CustomerSnapshot;
import dev.weir.entitlement.contract.SubscriptionPart;
import dev.weir.entitlement.contract.SubscriptionPhase;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** From when on two snapshots of a customer say different things. */
public final class SnapshotChange {

    private @Nullable Instant first;

    private SnapshotChange() {}

    /** The first instant at which the answer to any question may differ; empty if it never does. */
    public static Optional<Instant> firstDifference(@Nullable CustomerSnapshot before, CustomerSnapshot after) {
        if (before == null
                || !before.timeZone().equals(after.timeZone())
                || !before.root().equals(after.root())) {
            return Optional.of(Instant.EPOCH);
        }
        SnapshotChange change = new SnapshotChange();
        change.compareSubscriptions(before, after);
        change.compareAllowances(before, after);
        return Optional.ofNullable(change.first);
    }

    private void compareSubscriptions(CustomerSnapshot before, CustomerSnapshot after) {
        Map<UUID, SubscriptionPart> old = byId(before.subscriptions(), SubscriptionPart::id);
        Map<UUID, SubscriptionPart> fresh = byId(after.subscriptions(), SubscriptionPart::id);
        for (UUID id : union(old.keySet(), fresh.keySet())) {
            SubscriptionPart left = old.get(id);
            SubscriptionPart right = fresh.get(id);
            if (left == null || right == null) {
                SubscriptionPart only = Objects.requireNonNull(left == null ? right : left);
                only.phases().forEach(phase -> note(phase.from()));
            } else if (!left.anchor().equals(right.anchor()) || !Objects.equals(left.resource(), right.resource())) {
                left.phases().forEach(phase -> note(phase.from()));
                right.phases().forEach(phase -> note(phase.from()));
            } else {
                comparePhases(left.phases(), right.phases());
            }
        }
    }

    private void comparePhases(List<SubscriptionPhase> old, List<SubscriptionPhase> fresh) {
        Map<Instant, SubscriptionPhase> left = byId(old, SubscriptionPhase::from);
        Map<Instant, SubscriptionPhase> right = byId(fresh, SubscriptionPhase::from);
        for (Instant from : union(left.keySet(), right.keySet())) {
            SubscriptionPhase one = left.get(from);
            SubscriptionPhase other = right.get(from);
            if (one == null || other == null) {
                note(from);
            } else if (!one.equals(other)) {
                boolean sameButEnd = one.planHash().equals(other.planHash())
                        && Objects.equals(one.trialPlanHash(), other.trialPlanHash())
                        && one.addons().equals(other.addons())
                        && one.usage() == other.usage();
                note(sameButEnd ? earlier(one.to(), other.to()) : from);
            }
        }
    }

    private void compareAllowances(CustomerSnapshot before, CustomerSnapshot after) {
        Map<UUID, AllowancePart> old = byId(before.allowances(), AllowancePart::id);
        Map<UUID, AllowancePart> fresh = byId(after.allowances(), AllowancePart::id);
        for (UUID id : union(old.keySet(), fresh.keySet())) {
            AllowancePart left = old.get(id);
            AllowancePart right = fresh.get(id);
            if (left == null || right == null) {
                note(Objects.requireNonNull(left == null ? right : left).from());
            } else if (!left.equals(right)) {
                boolean sameButEnd = left.from().equals(right.from())
                        && Objects.equals(left.entitlement(), right.entitlement())
                        && left.revoke() == right.revoke();
                note(sameButEnd ? earlier(left.to(), right.to()) : earlier(left.from(), right.from()));
            }
        }
    }

    private void note(@Nullable Instant at) {
        if (at != null && (first == null || at.isBefore(first))) {
            first = at;
        }
    }

    private static @Nullable Instant earlier(@Nullable Instant left, @Nullable Instant right) {
        if (left == null || right == null) {
            return left == null ? right : left;
        }
        return left.isBefore(right) ? left : right;
    }

    private static <K, T> Map<K, T> byId(List<T> parts, Function<T, K> id) {
        return parts.stream().collect(Collectors.toMap(id, Function.identity(), (first, second) -> second));
    }

    private static <K> Set<K> union(Set<K> left, Set<K> right) {
        Set<K> union = new HashSet<>(left);
        union.addAll(right);
        return union;
    }
}
