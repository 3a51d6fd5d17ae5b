package dev.weir.metering.window.domain;

import dev.weir.catalog.contract.CreditCost;
import dev.weir.catalog.contract.CreditRating;
import dev.weir.catalog.contract.FeatureDefinition;
import dev.weir.catalog.contract.FeatureType;
import dev.weir.catalog.contract.Meter;
import dev.weir.entitlement.contract.ResolvedFeature;
import dev.weir.entitlement.contract.Span;
import dev.weir.ledger.contract.WindowId;
import dev.weir.metering.event.domain.Reversal;
import dev.weir.metering.event.domain.Settlement;
import dev.weir.metering.event.domain.UsageEvent;
import dev.weir.metering.meter.domain.EventData;
import dev.weir.metering.meter.domain.Fold;
import dev.weir.metering.meter.domain.MeterReading;
import dev.weir.metering.meter.domain.Meters;
import dev.weir.metering.meter.domain.Quantities;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where one event counts, and for how much. It depends on nothing but the event, what reservations and reversals said of it, and the
 * customer's model: so whatever was counted before can be counted anew, and the difference is what has changed.
 */
public final class UsageCounting {

    private final UsageEvent event;
    private final CustomerModel model;
    private final Map<String, String> data;
    private final List<Part> parts = new ArrayList<>();

    private UsageCounting(UsageEvent event, CustomerModel model) {
        this.event = event;
        this.model = model;
        this.data = EventData.scalars(event.data());
    }

    /** One event's part in one window. */
    public record Part(CountedUsage usage, WindowFrame frame) {
        public Part {
            Objects.requireNonNull(usage, "usage");
            Objects.requireNonNull(frame, "frame");
        }
    }

    /** Every part that the event has. */
    public static List<Part> count(
            UsageEvent event, List<Settlement> settlements, List<Reversal> reversals, CustomerModel model) {
        List<Part> parts = new UsageCounting(event, model).count(settlements);
        return reversals.isEmpty()
                ? parts
                : parts.stream().map(part -> less(part, reversals)).toList();
    }

    /** The part less what was taken back of it. Nothing but what the ledger charged is ever taken back, so it stays above 0. */
    private static Part less(Part part, List<Reversal> reversals) {
        CountedUsage usage = part.usage();
        long back = reversals.stream()
                .filter(reversal -> reversal.feature().equals(usage.feature())
                        && reversal.reservation().equals(usage.reservation()))
                .mapToLong(Reversal::quantity)
                .sum();
        return back == 0 ? part : new Part(usage.less(back), part.frame());
    }

    private List<Part> count(List<Settlement> settlements) {
        Set<String> settled = new HashSet<>();
        for (Settlement settlement : settlements) {
            if (!settlement.alreadyCharged()) {
                settled.add(settlement.feature());
                parts.add(enforced(settlement));
            }
        }
        String type = event.type();
        if (type == null) {
            return parts;
        }
        for (String feature : model.features(type)) {
            if (!settled.contains(feature)) {
                entitled(feature, type);
            }
        }
        if (parts.isEmpty()) {
            model.features(type).forEach(feature -> unentitled(feature, type));
        }
        return parts;
    }

    private Part enforced(Settlement settlement) {
        UUID window =
                WindowId.of(event.customer(), settlement.feature(), settlement.resource(), settlement.windowStart());
        WindowFrame frame = new WindowFrame(
                window,
                Authority.SETTLEMENT,
                event.customer(),
                settlement.root(),
                true,
                settlement.feature(),
                FeatureType.valueOf(settlement.featureType()),
                null,
                settlement.resource(),
                settlement.windowStart(),
                settlement.windowEnd(),
                settlement.scale(),
                settlement.unlimited(),
                settlement.subscription(),
                settlement.plan(),
                settlement.planVersion(),
                settlement.planHash(),
                settlement.periodFrom(),
                settlement.periodTo());
        CountedUsage usage = new CountedUsage(
                event.seq(),
                event.receivedAt(),
                event.identity(),
                settlement.feature(),
                settlement.reservation(),
                UsageKind.ENFORCED,
                window,
                settlement.effectiveAt(),
                settlement.quantity(),
                null);
        return new Part(usage, frame);
    }

    private void entitled(String feature, String type) {
        Placement placement = model.place(feature, event.resource(), event.time());
        ResolvedFeature resolved = placement.resolved();
        if (resolved == null || !type.equals(resolved.definition().usageEventType())) {
            return;
        }
        FeatureDefinition definition = resolved.definition();
        if (definition.type() == FeatureType.CREDIT) {
            // What a reservation settled is never rated again, in whatever other CREDIT feature reads the same type.
            if (event.reported()) {
                credit(placement, resolved);
            }
            return;
        }
        Meter meter = Objects.requireNonNull(definition.meter(), "a METERED feature has a meter");
        metered(meter, placement, resolved);
    }

    private void credit(Placement placement, ResolvedFeature resolved) {
        CreditCost cost = CreditRating.cost(resolved.rates(), data, placement.creditScale());
        WindowFrame frame = frame(placement, resolved.definition(), placement.creditScale());
        if (cost instanceof CreditCost.Priced(long atoms)) {
            add(frame, UsageKind.REPORTED, atoms, null);
        } else {
            add(frame, UsageKind.UNPRICED, 0, null);
        }
    }

    private void metered(Meter meter, Placement placement, ResolvedFeature resolved) {
        WindowFrame frame =
                frame(placement, resolved.definition(), resolved.definition().scale());
        switch (Meters.read(meter, data)) {
            case MeterReading.FilteredOut() -> {}
            // The catalog in force could read it, or it would have been refused; the meter that the plan pinned cannot.
            case MeterReading.Unreadable(String field, String why) -> add(frame, UsageKind.UNPRICED, 0, null);
            case MeterReading.Key(String key) -> add(frame, UsageKind.REPORTED, 0, key);
            case MeterReading.Quantity(BigDecimal quantity) -> {
                if (!Quantities.fits(quantity, frame.scale())) {
                    add(frame, UsageKind.UNPRICED, 0, null);
                } else if (Fold.additive(meter.aggregation())) {
                    add(frame, UsageKind.REPORTED, Quantities.atoms(quantity, frame.scale()), null);
                } else {
                    add(frame, UsageKind.REPORTED, 0, quantity.toPlainString());
                }
            }
        }
    }

    /** Nothing that the customer is entitled to counts the event: it is kept where the catalog in force would count it. */
    private void unentitled(String feature, String type) {
        FeatureDefinition definition = model.inForce(feature);
        Placement placement = model.place(feature, event.resource(), event.time());
        if (definition == null || !type.equals(definition.usageEventType()) || placement.resolved() != null) {
            return;
        }
        Meter meter = definition.meter();
        if (definition.type() == FeatureType.CREDIT || meter == null) {
            add(frame(placement, definition, 0), UsageKind.UNPRICED, 0, null);
            return;
        }
        WindowFrame frame = frame(placement, definition, definition.scale());
        switch (Meters.read(meter, data)) {
            case MeterReading.FilteredOut() -> {}
            case MeterReading.Unreadable(String field, String why) -> add(frame, UsageKind.UNPRICED, 0, null);
            case MeterReading.Key(String key) -> add(frame, UsageKind.UNPRICED, 0, null);
            case MeterReading.Quantity(BigDecimal quantity) -> {
                boolean countable = Fold.additive(meter.aggregation()) && Quantities.fits(quantity, definition.scale());
                add(frame, UsageKind.UNPRICED, countable ? Quantities.atoms(quantity, definition.scale()) : 0, null);
            }
        }
    }

    private void add(WindowFrame frame, UsageKind kind, long quantity, @Nullable String value) {
        CountedUsage usage = new CountedUsage(
                event.seq(),
                event.receivedAt(),
                event.identity(),
                frame.feature(),
                CountedUsage.NO_RESERVATION,
                kind,
                frame.id(),
                event.time(),
                quantity,
                value);
        parts.add(new Part(usage, frame));
    }

    private WindowFrame frame(Placement placement, FeatureDefinition definition, int scale) {
        ResolvedFeature resolved = placement.resolved();
        // Usage of a resource without a subscription of its own draws on the customer as a whole.
        String resource = resolved == null ? event.resource() : resolved.resource();
        Span window = placement.window();
        Span period = placement.period();
        Instant start = window.from();
        return new WindowFrame(
                WindowId.of(event.customer(), definition.key(), resource, start),
                resolved == null ? Authority.CATALOG : Authority.RESOLUTION,
                event.customer(),
                model.root(),
                model.snapshot() != null,
                definition.key(),
                definition.type(),
                Optional.ofNullable(definition.meter()).map(Meter::aggregation).orElse(null),
                resource,
                start,
                Objects.requireNonNull(window.to(), "a placement's window has an end"),
                scale,
                resolved != null && resolved.unlimited(),
                resolved == null ? null : resolved.subscription(),
                resolved == null ? null : resolved.plan(),
                resolved == null ? 0 : resolved.planVersion(),
                resolved == null ? null : resolved.planHash(),
                period == null ? null : period.from(),
                period == null ? null : period.to());
    }
}
