package dev.weir.metering.window.domain;

import dev.weir.entitlement.contract.AllowancePart;
import dev.weir.entitlement.contract.Bodies;
import dev.weir.entitlement.contract.CustomerSnapshot;
import dev.weir.entitlement.contract.Recurrence;
import dev.weir.entitlement.contract.Resolution;
import dev.weir.entitlement.contract.ResolvedFeature;
import dev.weir.entitlement.contract.SubscriptionPart;
import dev.weir.entitlement.contract.SubscriptionPhase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds where a customer's timeline takes a feature from unlimited to limited in the middle of a period. */
public final class LimitBeginnings {
    private static final Duration INSTANT = Duration.ofNanos(1_000);

    private LimitBeginnings() {}

    /** Every such limit that begins at or after an instant, planned ones too, the earliest first. */
    public static List<LimitBeginning> of(CustomerSnapshot snapshot, Bodies bodies, Instant since) {
        List<LimitBeginning> beginnings = new ArrayList<>();
        for (@Nullable String resource : resources(snapshot)) {
            for (Instant at : boundaries(snapshot, since)) {
                Resolution.all(snapshot, bodies, resource, at).values().stream()
                        .filter(feature -> feature.granted() && feature.limit() != null)
                        .flatMap(feature -> beginning(snapshot, bodies, feature, resource, at).stream())
                        .forEach(beginnings::add);
            }
        }
        return beginnings;
    }

    private static Optional<LimitBeginning> beginning(
            CustomerSnapshot snapshot, Bodies bodies, ResolvedFeature feature, @Nullable String resource, Instant at) {
        boolean unlimitedBefore = Resolution.feature(snapshot, bodies, feature.feature(), resource, at.minus(INSTANT))
                .filter(ResolvedFeature::unlimited)
                .isPresent();
        Recurrence recurrence = feature.recurrence();
        @Nullable
        Instant periodFrom = recurrence == null ? null : recurrence.at(at).from();
        if (!unlimitedBefore || periodFrom != null && !periodFrom.isBefore(at)) {
            return Optional.empty();
        }
        return Optional.of(new LimitBeginning(
                snapshot.customer(),
                snapshot.root(),
                feature.feature(),
                feature.resource(),
                periodFrom,
                at,
                feature.definition().scale()));
    }

    private static Set<Instant> boundaries(CustomerSnapshot snapshot, Instant since) {
        Stream<Instant> phases = snapshot.subscriptions().stream()
                .flatMap(subscription -> subscription.phases().stream())
                .flatMap(LimitBeginnings::ends);
        Stream<Instant> allowances = snapshot.allowances().stream().flatMap(LimitBeginnings::ends);
        Set<Instant> all = new TreeSet<>();
        Stream.concat(phases, allowances)
                .filter(instant -> !instant.isBefore(since))
                .forEach(all::add);
        return all;
    }

    private static Stream<Instant> ends(SubscriptionPhase phase) {
        return Stream.concat(Stream.of(phase.from()), Stream.ofNullable(phase.to()));
    }

    private static Stream<Instant> ends(AllowancePart allowance) {
        return Stream.concat(Stream.of(allowance.from()), Stream.ofNullable(allowance.to()));
    }

    private static Set<@Nullable String> resources(CustomerSnapshot snapshot) {
        Set<@Nullable String> resources = new HashSet<>();
        resources.add(null);
        snapshot.subscriptions().stream().map(SubscriptionPart::resource).forEach(resources::add);
        return resources;
    }
}
