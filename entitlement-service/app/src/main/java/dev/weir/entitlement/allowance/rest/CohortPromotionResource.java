package dev.weir.entitlement.allowance.rest;

import dev.weir.entitlement.allowance.app.AllowanceWish;
import dev.weir.entitlement.allowance.app.CohortPromotions;
import dev.weir.entitlement.allowance.app.CreditsRequest;
import dev.weir.entitlement.allowance.app.MakeAllowance;
import dev.weir.entitlement.allowance.app.MakeCredit;
import dev.weir.entitlement.allowance.app.PromotionRequest;
import dev.weir.entitlement.allowance.domain.CohortPromotion;
import dev.weir.entitlement.allowance.domain.PromotionBody;
import dev.weir.platform.servicekit.web.Caller;
import dev.weir.platform.servicekit.web.Cursor;
import dev.weir.platform.servicekit.web.Idempotent;
import dev.weir.platform.servicekit.web.Page;
import dev.weir.platform.servicekit.web.PageRequest;
import dev.weir.platform.servicekit.web.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.util.UUID;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** Promotions for whoever belongs to a cohort. */
@Path("/v1/cohorts/{cohort}/promotions")
@RunOnVirtualThread
@RolesAllowed(Roles.OPERATOR)
public class CohortPromotionResource {
    /** The request is that of one customer's promotion; this stands where the customer would. */
    private static final String EVERY_MEMBER = "every-member";

    private final CohortPromotions promotions;
    private final Caller caller;

    CohortPromotionResource(CohortPromotions promotions, Caller caller) {
        this.promotions = promotions;
        this.caller = caller;
    }

    /** Makes a promotion; members get it in the background, as do those who join while it runs. */
    @POST
    @ResponseStatus(201)
    @Idempotent
    public CohortPromotionResponse create(@RestPath String cohort, @Nullable PromotionRequest request) {
        PromotionRequest said = Answers.there(request);
        PromotionBody body = body(said);
        CohortPromotion made = promotions.make(cohort, body, String.valueOf(said.reason()), caller.name());
        return answer(made);
    }

    private PromotionBody body(PromotionRequest said) {
        CreditsRequest credit = said.credits();
        if (credit == null) {
            MakeAllowance wish = AllowanceWish.of(EVERY_MEMBER, said, caller.name());
            return new PromotionBody(wish.feature(), wish.grant(), null, wish.from(), wish.to());
        }
        MakeCredit wish = AllowanceWish.credit(EVERY_MEMBER, said, credit, null, caller.name());
        return new PromotionBody(
                null,
                null,
                new PromotionBody.Credit(wish.unit(), wish.amount(), wish.priority(), wish.expiresAfter()),
                wish.from(),
                wish.expiresAt());
    }

    /** The cohort's promotions, ended ones too. */
    @GET
    public Page<CohortPromotionResponse> list(
            @RestPath String cohort, @RestQuery @Nullable Integer limit, @RestQuery @Nullable String after) {
        PageRequest page = PageRequest.of(limit, after);
        return Page.of(
                promotions.list(cohort, Answers.position(page), page.limit() + 1),
                page,
                this::answer,
                row -> Cursor.encode(row.id().toString()));
    }

    /** One promotion and how far it reaches. */
    @GET
    @Path("/{id}")
    public CohortPromotionResponse get(@RestPath String cohort, @RestPath UUID id) {
        return answer(promotions.get(cohort, id));
    }

    /** Ends a promotion for all. */
    @DELETE
    @Path("/{id}")
    @Idempotent
    public CohortPromotionResponse end(@RestPath String cohort, @RestPath UUID id) {
        return answer(promotions.end(cohort, id, caller.name()));
    }

    private CohortPromotionResponse answer(CohortPromotion promotion) {
        return CohortPromotionResponse.of(promotion, promotions.reach(promotion.id()));
    }
}
