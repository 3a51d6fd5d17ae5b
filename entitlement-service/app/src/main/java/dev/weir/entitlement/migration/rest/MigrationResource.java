package dev.weir.entitlement.migration.rest;

import dev.weir.entitlement.input.app.Requests;
import dev.weir.entitlement.migration.app.MigrationView;
import dev.weir.entitlement.migration.app.Migrations;
import dev.weir.entitlement.migration.persistence.ItemTable.Candidate;
import dev.weir.entitlement.snapshot.app.CustomerWrites;
import dev.weir.platform.kernel.Problem;
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
import jakarta.ws.rs.Path;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** Migrations of subscriptions to another plan version. */
@Path("/v1/migrations")
@RunOnVirtualThread
@RolesAllowed(Roles.OPERATOR)
public class MigrationResource {
    private final Migrations migrations;
    private final CustomerWrites clock;
    private final Caller caller;

    MigrationResource(Migrations migrations, CustomerWrites clock, Caller caller) {
        this.migrations = migrations;
        this.clock = clock;
        this.caller = caller;
    }

    /** Orders a migration; it is carried out in the background. */
    @POST
    @ResponseStatus(201)
    @Idempotent
    public MigrationResponse create(@Nullable MigrationRequest request) {
        return MigrationResponse.of(migrations.create(Requests.there(request).wish(caller.name())));
    }

    /** What a migration would do, customer by customer; it changes nothing. */
    @POST
    @Path("/preview")
    public Page<MigrationPreview> preview(
            @Nullable MigrationRequest request, @RestQuery @Nullable Integer limit, @RestQuery @Nullable String after) {
        PageRequest page = PageRequest.of(limit, after);
        return Page.of(
                migrations.preview(
                        Requests.there(request).wish(caller.name()), candidate(page.after()), page.limit() + 1),
                page,
                MigrationPreview::of,
                move -> Cursor.encode(
                        move.candidate().customer(),
                        move.candidate().subscription().toString()));
    }

    /** Every migration, the latest first. */
    @GET
    public Page<MigrationResponse> list(@RestQuery @Nullable Integer limit, @RestQuery @Nullable String after) {
        PageRequest page = PageRequest.of(limit, after);
        return Page.of(
                migrations.list(Requests.position(page), page.limit() + 1),
                page,
                MigrationResponse::of,
                view -> Cursor.encode(view.migration().id().toString()));
    }

    /** One migration and how far it is. */
    @GET
    @Path("/{id}")
    public MigrationResponse get(@RestPath UUID id) {
        return MigrationResponse.of(migrations.get(id));
    }

    /** What it did to each subscription. */
    @GET
    @Path("/{id}/customers")
    public Page<MigratedCustomer> customers(
            @RestPath UUID id, @RestQuery @Nullable Integer limit, @RestQuery @Nullable String after) {
        PageRequest page = PageRequest.of(limit, after);
        Instant now = clock.now();
        return Page.of(
                migrations.items(id, Requests.number(page), page.limit() + 1),
                page,
                item -> MigratedCustomer.of(item, now),
                item -> Cursor.encode(Long.toString(item.seq())));
    }

    /** Takes it back, by a migration of its own. */
    @POST
    @Path("/{id}/undo")
    @ResponseStatus(201)
    @Idempotent
    public MigrationResponse undo(@RestPath UUID id, @Nullable UndoRequest request) {
        String why = request == null ? new UndoRequest(null).why() : request.why();
        return MigrationResponse.of(migrations.undo(id, why, caller.name()));
    }

    /** Cancels what is not done, and what is only scheduled. */
    @POST
    @Path("/{id}/cancel")
    @Idempotent
    public MigrationResponse cancel(@RestPath UUID id) {
        MigrationView canceled = migrations.cancel(id, caller.name());
        return MigrationResponse.of(canceled);
    }

    private static @Nullable Candidate candidate(@Nullable String cursor) {
        if (cursor == null) {
            return null;
        }
        List<String> parts = Cursor.decode(cursor, 2);
        try {
            return new Candidate(parts.getFirst(), UUID.fromString(parts.getLast()));
        } catch (IllegalArgumentException e) {
            throw Problem.badRequest("INVALID_CURSOR", "the cursor is none that this list has given");
        }
    }
}
