package dev.weir.ledger.wallet.domain;

import dev.weir.catalog.contract.CreditLimit;
import dev.weir.entitlement.contract.CreditEntitlement;
import dev.weir.entitlement.contract.ResolvedFeature;
import dev.weir.entitlement.contract.Span;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What customers are entitled to, by instant, as the snapshots under which the wallets were locked say. A customer that
 * draws on its root's wallets is entitled to what its root is.
 */
public interface Entitlements {

    /** Whether the customer's snapshot is here. */
    boolean knows(String customer);

    /** Whether any of the customer's subscriptions is active. */
    boolean subscribed(String customer, Instant at);

    /** Empty when no source names the feature. */
    Optional<ResolvedFeature> feature(String customer, String feature, @Nullable String resource, Instant at);

    /** Every credit grant in force at any instant of [from, to). */
    List<CreditEntitlement> credits(String root, Instant from, Instant to);

    /** Which of the root's credit is scaled by which level. */
    default Set<SeatLink> seatLinks(String root) {
        return Set.of();
    }

    /** Whether any of the root's credit opens when an invoice is paid. */
    default boolean grantsOnPayment(String root) {
        return false;
    }

    /** The budget of a customer's (or its root's) subscription in the billing period of an instant. */
    default Optional<BudgetTerms> budget(String customer, UUID subscription, Instant at) {
        return Optional.empty();
    }

    /** Every budget of a customer's (or its root's) subscriptions in the billing period of an instant. */
    default List<BudgetTerms> budgets(String customer, Instant at) {
        return List.of();
    }

    /** How far a credit unit may go into overdraft. */
    Optional<CreditLimit> creditLimit(String root, String unit, Instant at);

    /** The next instant after the given one at which a subscription's phase begins or ends. */
    Optional<Instant> nextPhase(String root, Instant after);

    /** The window of usage at an instant. */
    Span window(String customer, String feature, @Nullable String resource, Instant at);

    /** When the customer's period, begun again by a change with usage RESET, began; empty if it was not. */
    Optional<Instant> resetWithin(String root, ResolvedFeature feature, Instant from, Instant at);
}
