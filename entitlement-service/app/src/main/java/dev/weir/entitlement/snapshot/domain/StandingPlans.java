package dev.weir.entitlement.snapshot.domain;

import dev.weir.catalog.contract.UsageOnChange;
import dev.weir.entitlement.catalog.domain.DefaultPlan;
import dev.weir.entitlement.contract.Span;
import dev.weir.entitlement.contract.SubscriptionPart;
import dev.weir.entitlement.contract.SubscriptionPhase;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What default plans give a root customer: while no subscription of the product that counts for the customer as a whole runs,
 * the plan version serves that was the default then. A pause is no subscription; a resource's own subscription leaves the
 * customer as a whole without one. Those below the root share it.
 */
public final class StandingPlans {
    private StandingPlans() {}

    /**
     * The parts, by product.
     *
     * @param history of default plans, by product and time
     * @param subscriptions the customer's own, with every active phase
     * @param archived when the customer was archived: then nothing serves it
     */
    public static List<SubscriptionPart> of(
            String customer,
            Instant createdAt,
            List<DefaultPlan> history,
            List<SubscriptionPart> subscriptions,
            Collection<Span> archived) {
        Map<String, List<DefaultPlan>> byProduct = new LinkedHashMap<>();
        history.forEach(row -> byProduct
                .computeIfAbsent(row.product(), key -> new ArrayList<>())
                .add(row));
        List<SubscriptionPart> parts = new ArrayList<>();
        byProduct.forEach((product, rows) -> {
            List<Span> taken = new ArrayList<>(archived);
            subscriptions.stream()
                    .filter(part -> part.product().equals(product) && part.resource() == null)
                    .flatMap(part -> part.phases().stream())
                    .forEach(phase -> taken.add(new Span(phase.from(), phase.to())));
            List<SubscriptionPhase> phases = phases(rows, free(createdAt, taken));
            if (!phases.isEmpty()) {
                parts.add(SubscriptionPart.ofDefaultPlan(customer, product, createdAt, phases));
            }
        });
        return parts;
    }

    /** What none of the spans takes, from an instant on. */
    private static List<Span> free(Instant from, List<Span> taken) {
        List<Span> free = new ArrayList<>();
        Instant at = from;
        for (Span span : taken.stream().sorted(Comparator.comparing(Span::from)).toList()) {
            if (span.from().isAfter(at)) {
                free.add(new Span(at, span.from()));
            }
            Instant to = span.to();
            if (to == null) {
                return free;
            }
            at = to.isAfter(at) ? to : at;
        }
        free.add(new Span(at, null));
        return free;
    }

    private static List<SubscriptionPhase> phases(List<DefaultPlan> rows, List<Span> free) {
        List<SubscriptionPhase> phases = new ArrayList<>();
        for (Span span : free) {
            for (int i = 0; i < rows.size(); i++) {
                DefaultPlan row = rows.get(i);
                Instant from = later(row.from(), span.from());
                Instant to = earlier(i + 1 < rows.size() ? rows.get(i + 1).from() : null, span.to());
                String hash = row.planHash();
                if (hash != null && (to == null || from.isBefore(to))) {
                    phases.add(new SubscriptionPhase(from, to, hash, null, List.of(), UsageOnChange.KEEP));
                }
            }
        }
        return phases;
    }

    private static Instant later(Instant left, Instant right) {
        return left.isAfter(right) ? left : right;
    }

    /** The earlier of two ends; null = open. */
    private static @Nullable Instant earlier(@Nullable Instant left, @Nullable Instant right) {
        if (left == null || right == null) {
            return left == null ? right : left;
        }
        return left.isBefore(right) ? left : right;
    }
}
