package dev.weir.entitlement.migration.domain;

import dev.weir.entitlement.contract.Bodies;
import dev.weir.entitlement.contract.CreditEntitlement;
import dev.weir.entitlement.contract.CustomerSnapshot;
import dev.weir.entitlement.contract.MigrationUndone;
import dev.weir.entitlement.contract.Resolution;
import dev.weir.entitlement.contract.SourceKind;
import dev.weir.entitlement.subscription.domain.Subscription;
import dev.weir.entitlement.subscription.domain.Timeline;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The credit that a subscription got because of a migration. */
public final class GivenCredits {
    private GivenCredits() {}

    /** What makes a grant the same before and after. The plan's key is left out: an upgrade keeps the grant. */
    private record Key(SourceKind source, String reference, String grant) {
        static Key of(CreditEntitlement credit) {
            String reference = credit.source() == SourceKind.PLAN ? "" : credit.sourceReference();
            return new Key(credit.source(), reference, credit.grant().key());
        }
    }

    /**
     * The grants that were greater in [from, to) than with the timeline before.
     *
     * @param snapshot the customer's, with the subscription as it is
     */
    public static List<MigrationUndone.Given> between(
            CustomerSnapshot snapshot,
            Subscription subscription,
            Timeline before,
            Bodies bodies,
            Instant from,
            Instant to) {
        Instant end = to.isAfter(from) ? to : from.plusMillis(1);
        Map<Key, CreditEntitlement> had = grants(subscription.with(before), snapshot, bodies, from, end);
        Map<Key, CreditEntitlement> has = grants(subscription, snapshot, bodies, from, end);
        List<MigrationUndone.Given> given = new ArrayList<>();
        has.forEach((key, credit) -> {
            BigDecimal earlier = had.containsKey(key) ? amount(had.get(key)) : BigDecimal.ZERO;
            if (amount(credit).compareTo(earlier) > 0) {
                given.add(new MigrationUndone.Given(
                        credit.source(),
                        credit.sourceReference(),
                        credit.grant().key(),
                        credit.grant().unit(),
                        credit.recurrence() == null,
                        earlier,
                        amount(credit)));
            }
        });
        return given;
    }

    private static Map<Key, CreditEntitlement> grants(
            Subscription subscription, CustomerSnapshot snapshot, Bodies bodies, Instant from, Instant to) {
        Map<Key, CreditEntitlement> grants = new LinkedHashMap<>();
        for (CreditEntitlement credit : Resolution.credits(subscription.inside(snapshot), bodies, from, to)) {
            if (credit.subscription().equals(subscription.id())) {
                grants.merge(
                        Key.of(credit),
                        credit,
                        (one, other) -> amount(one).compareTo(amount(other)) >= 0 ? one : other);
            }
        }
        return grants;
    }

    private static BigDecimal amount(CreditEntitlement credit) {
        return credit.grant().amount().multiply(BigDecimal.valueOf(Math.max(1, credit.quantity())));
    }
}
