package dev.weir.entitlement.resource.rest;

import dev.weir.entitlement.resource.app.Places;
import dev.weir.entitlement.resource.domain.Place;
import dev.weir.entitlement.snapshot.app.Written;
import dev.weir.platform.servicekit.web.Cursor;
import dev.weir.platform.servicekit.web.Idempotent;
import dev.weir.platform.servicekit.web.Page;
import dev.weir.platform.servicekit.web.PageRequest;
import dev.weir.platform.servicekit.web.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** The workspaces and sites of a customer. */
@Path("/v1/customers/{customer}/resources")
@RunOnVirtualThread
public class PlaceResource {
    private final Places places;

    PlaceResource(Places places) {
        this.places = places;
    }

    /** Adds a resource or replaces what is said of it. */
    @PUT
    @Path("/{resource}")
    @RolesAllowed(Roles.OPERATOR)
    @Idempotent
    public RestResponse<PlaceResponse> put(
            @RestPath String customer, @RestPath String resource, @Nullable PlaceRequest request) {
        PlaceRequest said = request == null ? new PlaceRequest(null, null) : request;
        said.check(resource);
        Written<Place> written = places.put(customer, resource, said.name(), said.said());
        return RestResponse.ResponseBuilder.ok(PlaceResponse.of(written.value()))
                .header(Written.HEADER, written.snapshotVersion())
                .build();
    }

    /** One resource. */
    @GET
    @Path("/{resource}")
    @RolesAllowed({Roles.OPERATOR, Roles.PRODUCT})
    public PlaceResponse get(@RestPath String customer, @RestPath String resource) {
        return PlaceResponse.of(places.get(customer, resource));
    }

    /** The customer's resources by key; one that a subscription names is among them. */
    @GET
    @RolesAllowed({Roles.OPERATOR, Roles.PRODUCT})
    public Page<PlaceResponse> list(
            @RestPath String customer, @RestQuery @Nullable Integer limit, @RestQuery @Nullable String after) {
        PageRequest page = PageRequest.of(limit, after);
        String position = page.after() == null ? null : Cursor.decode(page.after());
        return Page.of(
                places.list(customer, position, page.limit() + 1),
                page,
                PlaceResponse::of,
                place -> Cursor.encode(place.resource()));
    }
}
