package dev.weir.entitlement.customer.rest;

import dev.weir.entitlement.customer.app.CustomerService;
import dev.weir.entitlement.customer.domain.Customer;
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

/** Customers. */
@Path("/v1/customers")
@RunOnVirtualThread
public class CustomerResource {
    private final CustomerService customers;

    CustomerResource(CustomerService customers) {
        this.customers = customers;
    }

    /** Creates or replaces a customer. */
    @PUT
    @Path("/{customer}")
    @RolesAllowed(Roles.OPERATOR)
    @Idempotent
    public RestResponse<CustomerResponse> put(@RestPath String customer, @Nullable CustomerRequest request) {
        CustomerRequest said = request == null ? new CustomerRequest(null, null, null, null, null, null) : request;
        Written<Customer> written = customers.put(said.wish(customer));
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

    /** Customers by key. */
    @GET
    @RolesAllowed({Roles.OPERATOR, Roles.PRODUCT})
    public Page<CustomerResponse> list(@RestQuery @Nullable Integer limit, @RestQuery @Nullable String after) {
        PageRequest page = PageRequest.of(limit, after);
        String position = page.after() == null ? null : Cursor.decode(page.after());
        return Page.of(
                customers.list(position, page.limit() + 1),
                page,
                CustomerResponse::of,
                customer -> Cursor.encode(customer.customer()));
    }
}
