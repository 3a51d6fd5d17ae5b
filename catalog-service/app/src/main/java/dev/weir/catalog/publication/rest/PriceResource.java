package dev.weir.catalog.publication.rest;

import dev.weir.catalog.diff.domain.CatalogBodies;
import dev.weir.catalog.publication.app.PublishedCatalogs;
import dev.weir.catalog.publication.rest.PriceResponse.Market;
import dev.weir.platform.servicekit.web.Page;
import dev.weir.platform.servicekit.web.PageRequest;
import dev.weir.platform.servicekit.web.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/** What the plans and add-ons in force cost: their charges, one by one, inherited ones included. */
@Path("/v1/catalog/prices")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Roles.CATALOG_ADMIN, Roles.OPERATOR, Roles.PRODUCT, Roles.FINANCE})
@RunOnVirtualThread
public class PriceResource {

    private final PublishedCatalogs catalogs;

    PriceResource(PublishedCatalogs catalogs) {
        this.catalogs = catalogs;
    }

    /** Every price in force, plans before add-ons, by key. */
    @GET
    @Operation(operationId = "listPrices", summary = "Every price in force, as it is in a currency and country")
    public Page<PriceResponse> list(
            @QueryParam("plan") @Nullable String plan,
            @QueryParam("addon") @Nullable String addon,
            @QueryParam("currency") @Nullable String currency,
            @QueryParam("country") @Nullable String country,
            @QueryParam("limit") @Nullable Integer limit,
            @QueryParam("after") @Nullable String after) {
        CatalogBodies catalog = catalogs.of(catalogs.currentVersion());
        Market market = Market.of(currency, country);
        List<PriceResponse> prices = new ArrayList<>();
        boolean all = plan == null && addon == null;
        catalog.plans().values().stream()
                .filter(body -> all || body.plan().equals(plan))
                .flatMap(body -> body.charges().stream()
                        .map(charge -> PriceResponse.ofPlan(body.plan(), body.version(), charge, market)))
                .forEach(prices::add);
        catalog.addons().values().stream()
                .filter(body -> all || body.addon().equals(addon))
                .flatMap(body -> body.charges().stream()
                        .map(charge -> PriceResponse.ofAddon(body.addon(), body.version(), charge, market)))
                .forEach(prices::add);
        return KeyedPage.of(prices, PageRequest.of(limit, after), PriceResponse::place);
    }
}
