package dev.weir.entitlement.allowance.app;

import dev.weir.catalog.contract.CatalogInForce;
import dev.weir.catalog.contract.FeatureDefinition;
import dev.weir.entitlement.allowance.domain.CohortPromotion;
import dev.weir.entitlement.allowance.domain.CohortReach;
import dev.weir.entitlement.allowance.domain.Grant;
import dev.weir.entitlement.allowance.domain.PromotionBody;
import dev.weir.entitlement.allowance.persistence.CohortPromotionTable;
import dev.weir.entitlement.catalog.app.CatalogReadModel;
import dev.weir.entitlement.cohort.app.Cohorts;
import dev.weir.entitlement.contract.AllowancePart;
import dev.weir.entitlement.input.domain.Faults;
import dev.weir.entitlement.snapshot.app.CustomerWrites;
import dev.weir.platform.kernel.Ids;
import dev.weir.platform.kernel.Problem;
import dev.weir.platform.servicekit.events.KeyWait;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes promotions for cohorts, gives them to each member and takes them from those who leave. */
@Singleton
public class CohortPromotions {
    private final CohortPromotionTable table;
    private final Cohorts cohorts;
    private final AllowanceService allowances;
    private final CreditPromotions credits;
    private final CatalogReadModel catalog;
    private final KeyWait keyWait;
    private final CustomerWrites clock;

    CohortPromotions(
            CohortPromotionTable table,
            Cohorts cohorts,
            AllowanceService allowances,
            CreditPromotions credits,
            CatalogReadModel catalog,
            KeyWait keyWait,
            CustomerWrites clock) {
        this.table = table;
        this.cohorts = cohorts;
        this.allowances = allowances;
        this.credits = credits;
        this.catalog = catalog;
        this.keyWait = keyWait;
        this.clock = clock;
    }

    /**
     * Makes a promotion for a cohort; its members get it in the background, as do those who join while it runs. 404
     * UNKNOWN_COHORT, UNKNOWN_FEATURE; 422 UNKNOWN_UNIT.
     */
    @Transactional
    public CohortPromotion make(String cohort, PromotionBody body, String reason, String author) {
        check(body, reason, author);
        Instant now = clock.now();
        CohortPromotion made = new CohortPromotion(
                Ids.next(), cohorts.get(cohort).key(), body, body.to(), reason, now, author, null, null);
        table.insert(made);
        return made;
    }

    private void check(PromotionBody body, String reason, String author) {
        PromotionBody.Credit credit = body.credit();
        if (credit != null) {
            credits.check(wish(credit, body, "every-member", null, reason, author), credits.unit(credit.unit()));
            return;
        }
        String feature = String.valueOf(body.feature());
        CatalogInForce inForce = keyWait.forValue(
                        () -> catalog.inForce().filter(known -> known.features().containsKey(feature)))
                .orElseThrow(
                        () -> Problem.notFound("UNKNOWN_FEATURE", "the catalog in force has no feature " + feature));
        FeatureDefinition definition = inForce.features().get(feature);
        Grant grant = body.grant();
        if (definition == null || grant == null) {
            throw new IllegalStateException("a promotion of a feature has a grant");
        }
        Faults faults = new Faults();
        grant.fit(definition, inForce.creditUnits(), grant.every(), false, faults);
        Instant from = body.from() == null ? clock.now() : body.from();
        if (body.to() != null && !from.isBefore(body.to())) {
            faults.add("to", "INVALID_VALUE", "must lie after from");
        }
        faults.refuse();
    }

    /** Ends one: every member loses it, in the background. 404 NOT_FOUND. */
    @Transactional
    public CohortPromotion end(String cohort, UUID id, String author) {
        CohortPromotion known = get(cohort, id);
        if (known.endedAt() == null) {
            table.end(id, clock.now(), author);
        }
        return get(cohort, id);
    }

    /** One of a cohort's; 404 NOT_FOUND. */
    public CohortPromotion get(String cohort, UUID id) {
        return table.find(cohort, id)
                .orElseThrow(() -> Problem.notFound("NOT_FOUND", "the cohort " + cohort + " has no promotion " + id));
    }

    /** A cohort's, by id. */
    public List<CohortPromotion> list(String cohort, @Nullable UUID after, int limit) {
        return table.list(cohorts.get(cohort).key(), after, limit);
    }

    /** How far one reaches. */
    public CohortReach reach(UUID id) {
        return table.reach(id);
    }

    /** Gives a member the promotion, once. What refuses it is noted, and nobody else is held up. */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    public void join(CohortPromotionTable.Joining joining) {
        CohortPromotion promotion = table.find(joining.promotion()).orElseThrow();
        if (promotion.endedAt() == null && table.claim(joining, clock.now())) {
            table.made(joining, give(promotion, joining.customer()), null);
        }
    }

    private UUID give(CohortPromotion promotion, String customer) {
        PromotionBody body = promotion.body();
        PromotionBody.Credit credit = body.credit();
        String reference = promotion.id().toString();
        if (credit != null) {
            return credits.make(wish(credit, body, customer, reference, promotion.reason(), promotion.createdBy()))
                    .value()
                    .id();
        }
        return allowances
                .make(new MakeAllowance(
                        customer,
                        AllowancePart.Kind.PROMOTION,
                        String.valueOf(body.feature()),
                        body.grant(),
                        body.from(),
                        body.to(),
                        promotion.reason(),
                        promotion.createdBy()))
                .value()
                .id();
    }

    private static MakeCredit wish(
            PromotionBody.Credit credit,
            PromotionBody body,
            String customer,
            @Nullable String reference,
            String reason,
            String author) {
        return new MakeCredit(
                customer,
                credit.unit(),
                credit.amount(),
                credit.priority(),
                credit.expiresAfter(),
                body.to(),
                body.from(),
                reference,
                reason,
                author);
    }

    /** Notes that a member cannot get it. */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    public void refuse(CohortPromotionTable.Joining joining, String code) {
        if (table.claim(joining, clock.now())) {
            table.made(joining, null, code);
        }
    }

    /** Takes the promotion from a member. Credit that was issued stays. */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    public void leave(CohortPromotionTable.Leaving leaving) {
        if (!table.left(leaving, clock.now())) {
            return;
        }
        CohortPromotion promotion = table.find(leaving.promotion()).orElseThrow();
        String by = promotion.endedBy() == null ? promotion.createdBy() : promotion.endedBy();
        if (cohorts.isArchived(leaving.customer())) {
            return;
        }
        if (promotion.body().credit() == null) {
            allowances.end(leaving.customer(), AllowancePart.Kind.PROMOTION, leaving.made(), by);
        } else {
            credits.end(leaving.customer(), leaving.made(), by);
        }
    }

    /** Members who are to get a promotion. */
    public List<CohortPromotionTable.Joining> joining(int limit) {
        return table.joining(clock.now(), limit);
    }

    /** Members who are to lose one. */
    public List<CohortPromotionTable.Leaving> leaving(int limit) {
        return table.leaving(limit);
    }
}
