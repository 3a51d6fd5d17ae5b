package dev.weir.ledger.posting.domain;

import dev.weir.entitlement.contract.Recurrence;
import dev.weir.entitlement.contract.ResolvedFeature;
import dev.weir.entitlement.contract.Span;
import dev.weir.ledger.contract.WindowId;
import dev.weir.ledger.posting.domain.SettledUsage.UsagePlace;
import dev.weir.ledger.wallet.domain.Entitlements;
import dev.weir.ledger.wallet.domain.UsageBooking;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds the window, plan and period that usage belongs to, and writes its booking. */
final class Places {
    private final Entitlements entitlements;

    Places(Entitlements entitlements) {
        this.entitlements = entitlements;
    }

    /** The place of usage at an instant; the terms stand in where nothing entitles to the feature then. */
    UsagePlace of(String customer, Terms terms, @Nullable String resource, Instant at) {
        Span window = entitlements.window(customer, terms.feature(), resource, at);
        Instant end = Objects.requireNonNull(window.to(), "a window ends within its hour");
        Optional<ResolvedFeature> resolved =
                entitlements.feature(customer, terms.feature(), resource, at).filter(ResolvedFeature::granted);
        if (resolved.isEmpty()) {
            return new UsagePlace(
                    window.from(),
                    end,
                    terms.subscription(),
                    terms.plan(),
                    terms.planVersion(),
                    terms.planHash(),
                    null,
                    null);
        }
        ResolvedFeature feature = resolved.get();
        Recurrence recurrence = feature.recurrence();
        Recurrence.@Nullable Numbered period = recurrence == null ? null : recurrence.at(at);
        return new UsagePlace(
                window.from(),
                end,
                feature.subscription(),
                feature.plan(),
                feature.planVersion(),
                feature.planHash(),
                period == null ? null : period.from(),
                period == null ? null : period.to());
    }

    /** The booking of what was added up. */
    static UsageBooking booking(
            String customer,
            String root,
            Terms terms,
            @Nullable String resource,
            UsagePlace place,
            long enforced,
            long reported,
            Tally tally) {
        return new UsageBooking(
                WindowId.of(customer, terms.feature(), resource, place.windowStart()),
                customer,
                root,
                terms.feature(),
                terms.type(),
                resource,
                place.windowStart(),
                place.windowEnd(),
                terms.scale(),
                enforced,
                reported,
                tally.included(),
                tally.creditCovered(terms.type()),
                tally.burned(),
                tally.overage(),
                tally.overrun(),
                tally.unpriced(),
                place.subscription(),
                place.plan(),
                place.planVersion(),
                place.planHash(),
                place.periodFrom(),
                place.periodTo());
    }
}
