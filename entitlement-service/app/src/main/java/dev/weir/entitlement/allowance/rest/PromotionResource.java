package dev.weir.entitlement.allowance.rest;

import dev.weir.entitlement.allowance.app.AllowanceService;
import dev.weir.entitlement.allowance.app.AllowanceWish;
import dev.weir.entitlement.allowance.app.CreditPromotions;
import dev.weir.entitlement.allowance.app.CreditsRequest;
import dev.weir.entitlement.allowance.app.PromotionRequest;
import dev.weir.entitlement.contract.AllowancePart;
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
import jakarta.ws.rs.core.Response.Status;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** A customer's promotions. */
@Path("/v1/customers/{customer}/promotions")
@RunOnVirtualThread
public class PromotionResource {
    private final AllowanceService allowances;
    private final CreditPromotions credits;
    private final Caller caller;

    PromotionResource(AllowanceService allowances, CreditPromotions credits, Caller caller) {
        this.allowances = allowances;
        this.credits = credits;
        this.caller = caller;
    }

    /** Makes a promotion. */
    @POST
    @RolesAllowed(Roles.OPERATOR)
    @Idempotent
    public RestResponse<AllowanceResponse> create(@RestPath String customer, @Nullable PromotionRequest request) {
        PromotionRequest said = Answers.there(request);
        CreditsRequest credit = said.credits();
        return credit == null
                ? Answers.of(Status.CREATED, allowances.make(AllowanceWish.of(customer, said, caller.name())))
                : Answers.ofCredit(
                        Status.CREATED,
                        credits.make(AllowanceWish.credit(customer, said, credit, null, caller.name())));
    }

    /** The customer's promotions, ended ones too. */
    @GET
    @RolesAllowed({Roles.OPERATOR, Roles.PRODUCT})
    public Page<AllowanceResponse> list(
            @RestPath String customer, @RestQuery @Nullable Integer limit, @RestQuery @Nullable String after) {
        PageRequest page = PageRequest.of(limit, after);
        UUID position = Answers.position(page);
        int most = page.limit() + 1;
        Stream<AllowanceResponse> features =
                allowances.list(customer, AllowancePart.Kind.PROMOTION, position, most).stream()
                        .map(AllowanceResponse::of);
        Stream<AllowanceResponse> promised =
                credits.list(customer, position, most).stream().map(AllowanceResponse::of);
        List<AllowanceResponse> both = Stream.concat(features, promised)
                .sorted(Comparator.comparing(row -> row.id().toString()))
                .limit(most)
                .toList();
        return Page.of(both, page, row -> row, row -> Cursor.encode(row.id().toString()));
    }

    /** Ends a promotion now. */
    @DELETE
    @Path("/{id}")
    @RolesAllowed(Roles.OPERATOR)
    @Idempotent
    public RestResponse<AllowanceResponse> end(@RestPath String customer, @RestPath UUID id) {
        return credits.end(customer, id, caller.name())
                .map(ended -> Answers.ofCredit(Status.OK, ended))
                .orElseGet(() -> Answers.of(
                        Status.OK, allowances.end(customer, AllowancePart.Kind.PROMOTION, id, caller.name())));
    }
}
