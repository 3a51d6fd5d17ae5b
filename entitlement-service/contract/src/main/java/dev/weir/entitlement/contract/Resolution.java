package dev.weir.entitlement.contract;

import dev.weir.catalog.contract.CreditLimit;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The join of all sources: the most generous wins, by component, and the answer says why (architecture, "Resolution").
 * Pure: service, ledger, metering, gateway and sidecar all call this.
 *
 * <p>What the rules leave open is decided thus:
 *
 * <ul>
 *   <li>Source order is PLAN, ANCESTOR, TRIAL, ADDON, OVERRIDE, PROMOTION; within a kind the oldest subscription, then the
 *       nearest layer. Between equal amounts the oldest subscription wins, whatever the kind. The source that won the amount or value also wins access, onLimit and overageCap
 *       where it is among the best, else the first by source order.
 *   <li>An amount that never resets is less than any that does (per second it is nothing); two that never reset compare as
 *       they are.
 *   <li>An increment raises the amounts of its own reset period and brings nothing but its amount. Where there is nothing to
 *       raise it raises from 0 and entitles. Each reset period is raised by itself and the most per second wins, so that a
 *       further source never lowers the result. INCREMENT means nothing but on a limit of a METERED feature: elsewhere the
 *       source has a value of its own.
 *   <li>A source of a METERED feature without a limit is unlimited.
 *   <li>A plan's rate table holds for the plans that extend it, unless they bring their own.
 *   <li>While a trial runs, the plan and the plan tried both count.
 * </ul>
 */
public final class Resolution {
    private Resolution() {}

    /**
     * The entitlement to one feature at an instant; empty when no source names the feature.
     *
     * @param resource null = the customer as a whole: only subscriptions without a resource count; otherwise those of that
     *     resource count, and where none is in force at that instant, those without one. Promotions and overrides always
     *     count
     */
    public static Optional<ResolvedFeature> feature(
            CustomerSnapshot snapshot, Bodies bodies, String feature, @Nullable String resource, Instant at) {
        return FeatureJoin.resolve(snapshot, bodies, feature, resource, at);
    }

    /** Every feature that any source names at an instant, by key. */
    public static Map<String, ResolvedFeature> all(
            CustomerSnapshot snapshot, Bodies bodies, @Nullable String resource, Instant at) {
        return FeatureJoin.resolveAll(snapshot, bodies, resource, at);
    }

    /** Every credit grant in force at any instant of [from, to). */
    public static List<CreditEntitlement> credits(CustomerSnapshot snapshot, Bodies bodies, Instant from, Instant to) {
        return CreditSources.between(snapshot, bodies, from, to);
    }

    /** How far a credit unit may go into overdraft at an instant: the largest that an active plan version says. */
    public static Optional<CreditLimit> creditLimit(CustomerSnapshot snapshot, Bodies bodies, String unit, Instant at) {
        return CreditSources.limit(snapshot, bodies, unit, at);
    }

    /** Whether any subscription is active at the instant, or a default plan serves. */
    public static boolean subscribed(CustomerSnapshot snapshot, Instant at) {
        return snapshot.subscriptions().stream()
                .anyMatch(subscription -> subscription.phaseAt(at).isPresent());
    }

    /**
     * The window that usage of a feature at an instant belongs to: its UTC hour, cut at the latest boundary of the feature's
     * resolved allowance, subscription, plan version or period. Its key is its start.
     */
    public static Span window(
            CustomerSnapshot snapshot, Bodies bodies, String feature, @Nullable String resource, Instant at) {
        return Boundaries.window(snapshot, bodies, feature, resource, at);
    }
}
