package dev.weir.gateway.engine;

import dev.weir.entitlement.contract.Bodies;
import dev.weir.entitlement.contract.CreditEntitlement;
import dev.weir.entitlement.contract.CustomerSnapshot;
import dev.weir.entitlement.contract.Recurrence;
import dev.weir.entitlement.contract.Resolution;
import dev.weir.entitlement.contract.ResolvedFeature;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Remembers what was resolved from one snapshot until its segment ends. A customer uses few features, so a small
 * copy-on-write array serves; a lost race only resolves twice, to the same answer.
 */
final class ResolvedMemory {
    // Far enough to see every start that is planned; a memory does not live that long.
    private static final Duration HORIZON = Duration.ofDays(400);
    private static final Remembered[] NOTHING = {};

    private final CustomerSnapshot snapshot;
    private final Bodies bodies;
    private volatile Remembered[] remembered = NOTHING;
    private volatile @Nullable Due due;

    private record Remembered(String feature, @Nullable String resource, Allowance allowance) {}

    private record Due(Instant completeAsOf, Instant next) {}

    ResolvedMemory(CustomerSnapshot snapshot, Bodies bodies) {
        this.snapshot = snapshot;
        this.bodies = bodies;
    }

    @Nullable
    Allowance allowance(String feature, @Nullable String resource, Instant now) {
        Remembered[] all = remembered;
        for (Remembered one : all) {
            if (one.feature.equals(feature) && Objects.equals(one.resource, resource)) {
                return one.allowance.holdsAt(now) ? one.allowance : resolve(feature, resource, now);
            }
        }
        return resolve(feature, resource, now);
    }

    /** The first instant after {@code completeAsOf} at which a credit grant opens a block; {@link Instant#MAX} = none. */
    Instant creditDueAfter(Instant completeAsOf) {
        Due known = due;
        if (known == null || !known.completeAsOf.equals(completeAsOf)) {
            known = new Due(completeAsOf, nextCredit(completeAsOf));
            due = known;
        }
        return known.next;
    }

    private @Nullable Allowance resolve(String feature, @Nullable String resource, Instant now) {
        Optional<ResolvedFeature> resolved = Resolution.feature(snapshot, bodies, feature, resource, now);
        if (resolved.isEmpty()) {
            return null;
        }
        Allowance allowance = Allowance.of(resolved.get(), now);
        remember(new Remembered(allowance.definition().key(), resource, allowance));
        return allowance;
    }

    private void remember(Remembered fresh) {
        Remembered[] all = remembered;
        for (int i = 0; i < all.length; i++) {
            if (all[i].feature.equals(fresh.feature) && Objects.equals(all[i].resource, fresh.resource)) {
                Remembered[] replaced = all.clone();
                replaced[i] = fresh;
                remembered = replaced;
                return;
            }
        }
        Remembered[] longer = Arrays.copyOf(all, all.length + 1);
        longer[all.length] = fresh;
        remembered = longer;
    }

    private Instant nextCredit(Instant after) {
        Instant next = Instant.MAX;
        for (CreditEntitlement credit : Resolution.credits(snapshot, bodies, after, after.plus(HORIZON))) {
            Instant opens = opensAfter(credit, after);
            if (opens.isBefore(next)) {
                next = opens;
            }
        }
        return next;
    }

    private static Instant opensAfter(CreditEntitlement credit, Instant after) {
        if (credit.validFrom().isAfter(after)) {
            return credit.validFrom();
        }
        Recurrence recurrence = credit.recurrence();
        if (recurrence == null) {
            return Instant.MAX;
        }
        Instant opens = recurrence.at(after).to();
        Instant validTo = credit.validTo();
        return validTo != null && !opens.isBefore(validTo) ? Instant.MAX : opens;
    }
}
