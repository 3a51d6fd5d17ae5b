package dev.weir.entitlement.bulk.rest;

import dev.weir.entitlement.bulk.app.Imports;
import dev.weir.platform.servicekit.web.Caller;
import dev.weir.platform.servicekit.web.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Imports customers with what they have, and answers item by item. It needs no {@code Idempotency-Key}: every part bears a key of
 * its own, and importing the same again changes nothing.
 */
@Path("/v1/customers/import")
@RunOnVirtualThread
@RolesAllowed(Roles.OPERATOR)
public class ImportResource {
    private final Imports imports;
    private final Caller caller;
    private final ImportBody reader;

    ImportResource(
            Imports imports,
            Caller caller,
            @ConfigProperty(name = "entitlement.import.bytes-max") int bytesMax,
            @ConfigProperty(name = "entitlement.import.items-max") int itemsMax) {
        this.imports = imports;
        this.caller = caller;
        this.reader = new ImportBody(bytesMax, itemsMax);
    }

    /** Imports an array. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public ImportResponse array(byte[] body) {
        return ImportResponse.of(imports.run(reader.array(body), caller.name()));
    }

    /** Imports lines, a customer on each. */
    @POST
    @Consumes("application/x-ndjson")
    public ImportResponse lines(byte[] body) {
        return ImportResponse.of(imports.run(reader.lines(body), caller.name()));
    }
}
