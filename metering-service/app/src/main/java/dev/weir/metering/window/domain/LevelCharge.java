package dev.weir.metering.window.domain;

import dev.weir.entitlement.contract.Recurrence;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A charge on a level, as long as a version of a plan or add-on is in force for a subscription: [activeFrom, activeTo).
 *
 * @param billing how the subscription's billing periods tile
 * @param activeTo null = open
 * @param subscribedFrom when the subscription began
 * @param replaced another phase of the subscription follows at activeTo
 */
public record LevelCharge(
        UUID subscription,
        String customer,
        String root,
        String feature,
        @Nullable String resource,
        int scale,
        String charge,
        String measure,
        String owner,
        int ownerVersion,
        String ownerHash,
        boolean addon,
        Recurrence billing,
        Instant activeFrom,
        @Nullable Instant activeTo,
        Instant subscribedFrom,
        boolean replaced) {
    public LevelCharge {
        Objects.requireNonNull(subscription, "subscription");
        Objects.requireNonNull(billing, "billing");
        Objects.requireNonNull(activeFrom, "activeFrom");
    }

    /** The billing period that holds the instant, and the part of it in which the charge is in force. */
    public Part partAt(Instant instant) {
        Recurrence.Numbered period = billing.at(instant);
        Instant from = activeFrom.isAfter(period.from()) ? activeFrom : period.from();
        Instant end = activeTo;
        Instant to = end != null && end.isBefore(period.to()) ? end : period.to();
        return new Part(period.from(), period.to(), from, to);
    }

    /** A part of a period. */
    public record Part(Instant periodFrom, Instant periodTo, Instant from, Instant to) {}
}
