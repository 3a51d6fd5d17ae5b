package dev.weir.catalog.publication.rest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.catalog.contract.CatalogInForce;
import dev.weir.catalog.contract.Rollout;
import dev.weir.catalog.publication.persistence.CatalogStore;
import dev.weir.catalog.publication.persistence.StoredCatalog;
import dev.weir.platform.kernel.Json;
import dev.weir.platform.servicekit.web.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;

/** For the platform's own parts: what the state {@code catalog.catalog.v1} says, on demand. */
@Path("/internal/v1/catalog-in-force")
@RunOnVirtualThread
public class InForceResource {

    private final CatalogStore catalogs;

    InForceResource(CatalogStore catalogs) {
        this.catalogs = catalogs;
    }

    /** The {@code CatalogInForce}; version 0 and empty before the first publication. */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @RolesAllowed(Roles.PLATFORM)
    @Operation(operationId = "getCatalogInForce", summary = "The state catalog.catalog.v1, on demand")
    @APIResponseSchema(CatalogInForce.class)
    public JsonNode inForce() {
        return catalogs.inForce()
                .map(StoredCatalog::inForce)
                .orElseGet(() -> Json.mapper().valueToTree(nothing()));
    }

    private static CatalogInForce nothing() {
        return new CatalogInForce(
                0, Instant.EPOCH, Rollout.NEW_CUSTOMERS, Map.of(), Map.of(), Map.of(), Map.of(), Map.of(), Map.of());
    }
}
