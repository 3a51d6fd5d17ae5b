package dev.weir.ledger.reservation.rest;

import dev.weir.ledger.contract.WithWallets;
import dev.weir.ledger.posting.app.Keys;
import dev.weir.ledger.posting.app.Replies;
import dev.weir.ledger.posting.domain.Measure;
import dev.weir.ledger.posting.domain.OpKey;
import dev.weir.ledger.posting.domain.UsageEvent;
import dev.weir.ledger.reservation.app.Reservations;
import dev.weir.platform.kernel.Problem;
import dev.weir.platform.servicekit.web.Caller;
import dev.weir.platform.servicekit.web.ProblemResponses;
import dev.weir.platform.servicekit.web.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The hold before a use, and what became of it. */
@Path("/v1/reservations")
@Produces({MediaType.APPLICATION_JSON, WithWallets.MEDIA_TYPE, ProblemResponses.MEDIA_TYPE})
@Consumes(MediaType.APPLICATION_JSON)
@RolesAllowed({Roles.PRODUCT, Roles.OPERATOR})
@RunOnVirtualThread
public class ReservationResource {
    private static final String KEY = "Idempotency-Key";

    private final Reservations reservations;
    private final Caller caller;

    ReservationResource(Reservations reservations, Caller caller) {
        this.reservations = reservations;
        this.caller = caller;
    }

    @POST
    public Response reserve(
            @NotNull ReserveRequest request, @HeaderParam(KEY) @Nullable String key, @Context HttpHeaders headers) {
        return Replies.of(headers, () -> {
            Measure measure = Measures.required(request.quantity(), request.dimensions());
            return reservations.reserve(
                    ReservationConvert.customer(request.customer()),
                    ReservationConvert.feature(request.feature()),
                    ReservationConvert.resource(request.resource()),
                    measure,
                    ReservationConvert.atLeast(request.atLeast()),
                    ReservationConvert.expiresIn(request.expiresIn()),
                    ReservationConvert.onLapse(request.onLapse()),
                    Keys.of(key, caller.id(), "POST /v1/reservations", request),
                    caller.name());
        });
    }

    @POST
    @Path("/{id}/extend")
    public Response extend(
            @PathParam("id") String id,
            @NotNull ExtendRequest request,
            @HeaderParam(KEY) @Nullable String key,
            @Context HttpHeaders headers) {
        return Replies.of(headers, () -> {
            UUID reservation = id(id);
            return reservations.extend(
                    reservation,
                    Measures.required(request.quantity(), request.dimensions()),
                    keys(key, "extend", reservation, request),
                    caller.name());
        });
    }

    @POST
    @Path("/{id}/settle")
    public Response settle(
            @PathParam("id") String id,
            @NotNull SettleRequest request,
            @HeaderParam(KEY) @Nullable String key,
            @Context HttpHeaders headers) {
        return Replies.of(headers, () -> {
            UUID reservation = id(id);
            UsageEvent event = ReservationConvert.event(request.event());
            Measure used = ReservationConvert.used(request, event);
            // Settling twice with the same body answers the same, under whatever key.
            List<OpKey> keys = Keys.andNatural(
                    keys(key, "settle", reservation, request), "settle\n" + reservation, request, "ALREADY_SETTLED");
            return reservations.settle(reservation, used, event, keys, caller.name());
        });
    }

    @POST
    @Path("/{id}/release")
    public Response release(
            @PathParam("id") String id,
            @Nullable ReleaseRequest request,
            @HeaderParam(KEY) @Nullable String key,
            @Context HttpHeaders headers) {
        return Replies.of(headers, () -> {
            UUID reservation = id(id);
            return reservations.release(reservation, keys(key, "release", reservation, Map.of()), caller.name());
        });
    }

    @GET
    @Path("/{id}")
    public Response read(@PathParam("id") String id, @Context HttpHeaders headers) {
        return Replies.of(headers, () -> reservations.read(id(id)));
    }

    private List<OpKey> keys(@Nullable String key, String action, UUID reservation, Object request) {
        return Keys.of(
                key,
                caller.id(),
                "POST /v1/reservations/{id}/" + action,
                Map.of("reservation", reservation.toString(), "request", request));
    }

    private static UUID id(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw Problem.notFound("UNKNOWN_RESERVATION", "no reservation " + text);
        }
    }
}
