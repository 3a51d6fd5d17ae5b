package dev.weir.entitlement.customer.rest;

import dev.weir.entitlement.customer.app.CustomerArchive;
import dev.weir.entitlement.customer.app.CustomerRequest;
import dev.weir.entitlement.customer.app.CustomerService;
import dev.weir.entitlement.customer.domain.Customer;
import dev.weir.entitlement.customer.domain.CustomerQuery;
import dev.weir.entitlement.snapshot.app.Written;
import dev.weir.platform.servicekit.web.Caller;
import dev.weir.platform.servicekit.web.Cursor;
import dev.weir.platform.servicekit.web.Idempotent;
import dev.weir.platform.servicekit.web.Page;
import dev.weir.platform.servicekit.web.PageRequest;
import dev.weir.platform.servicekit.web.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.UriInfo;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Customers. */
@Path("/v1/customers")
@RunOnVirtualThread
public class CustomerResource {
    private final CustomerService customers;
    private final CustomerArchive archive;
    private final Caller caller;

    CustomerResource(CustomerService customers, CustomerArchive archive, Caller caller) {
        this.customers = customers;
        this.archive = archive;
        this.caller = caller;
    }

    /** Creates or replaces a customer. */
    @PUT
    @Path("/{customer}")
    @RolesAllowed(Roles.OPERATOR)
    @Idempotent
    public RestResponse<CustomerResponse> put(@RestPath String customer, @Nullable CustomerRequest request) {
        CustomerRequest said = request == null ? new CustomerRequest(null, null, null, null, null, null) : request;
        Written<Customer> written = customers.put(said.wish(customer));
        return answer(written);
    }

    private static RestResponse<CustomerResponse> answer(Written<Customer> written) {
        return RestResponse.ResponseBuilder.ok(CustomerResponse.of(written.value()))
                .header(Written.HEADER, written.snapshotVersion())
                .build();
    }

    /** One customer. */
    @GET
    @Path("/{customer}")
    @RolesAllowed({Roles.OPERATOR, Roles.PRODUCT})
    public CustomerResponse get(@RestPath String customer) {
        return CustomerResponse.of(customers.get(customer));
    }

    /** Puts a customer into the archive: it has nothing any more, and its history can still be read. */
    @POST
    @Path("/{customer}/archive")
    @RolesAllowed(Roles.OPERATOR)
    @Idempotent
    public RestResponse<CustomerResponse> archive(@RestPath String customer, @Nullable ArchiveRequest request) {
        boolean cancels = request != null && Boolean.TRUE.equals(request.cancelSubscriptions());
        return answer(archive.archive(customer, cancels, caller.name()));
    }

    /** Takes a customer out of the archive; what ended stays ended. */
    @POST
    @Path("/{customer}/unarchive")
    @RolesAllowed(Roles.OPERATOR)
    @Idempotent
    public RestResponse<CustomerResponse> unarchive(@RestPath String customer) {
        return answer(archive.unarchive(customer));
    }

    /**
     * Customers by key.
     *
     * @param parent those directly below it
     * @param archived only those that are, or are not
     * @param search a part of the id or name
     */
    @GET
    @RolesAllowed({Roles.OPERATOR, Roles.PRODUCT})
    public Page<CustomerResponse> list(
            @RestQuery @Nullable Integer limit,
            @RestQuery @Nullable String after,
            @RestQuery @Nullable String parent,
            @RestQuery @Nullable String archived,
            @RestQuery @Nullable String search,
            @Context UriInfo uri) {
        CustomerQuery query = QueryReader.read(parent, archived, search, uri.getQueryParameters());
        PageRequest page = PageRequest.of(limit, after);
        String position = page.after() == null ? null : Cursor.decode(page.after());
        return Page.of(
                customers.list(query, position, page.limit() + 1),
                page,
                CustomerResponse::of,
                customer -> Cursor.encode(customer.customer()));
    }
}
