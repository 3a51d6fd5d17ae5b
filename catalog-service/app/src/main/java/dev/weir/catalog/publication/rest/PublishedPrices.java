package dev.weir.catalog.publication.rest;

import dev.weir.catalog.contract.Charge;
import dev.weir.catalog.publication.app.PublishedCatalogs;
import dev.weir.catalog.publication.persistence.BodyKind;
import dev.weir.catalog.publication.rest.PriceResponse.Market;
import dev.weir.platform.kernel.Problem;
import dev.weir.platform.servicekit.web.Page;
import dev.weir.platform.servicekit.web.PageRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Answers for the prices of plan and add-on versions. */
@ApplicationScoped
class PublishedPrices {

    private final PublishedCatalogs catalogs;

    PublishedPrices(PublishedCatalogs catalogs) {
        this.catalogs = catalogs;
    }

    Page<PriceResponse> list(
            BodyKind kind, String key, int version, Market market, @Nullable Integer limit, @Nullable String after) {
        return KeyedPage.of(of(kind, key, version, market), PageRequest.of(limit, after), PriceResponse::key);
    }

    PriceResponse get(BodyKind kind, String key, int version, String charge, Market market) {
        return of(kind, key, version, market).stream()
                .filter(price -> price.key().equals(charge))
                .findFirst()
                .orElseThrow(() -> Problem.notFound("UNKNOWN_PRICE", key + "@" + version + " has no charge " + charge));
    }

    private List<PriceResponse> of(BodyKind kind, String key, int version, Market market) {
        return switch (kind) {
            case PLAN -> {
                List<Charge> charges = catalogs.plan(key, version)
                        .orElseThrow(() -> PublishedBodies.unknown(kind, key + "@" + version))
                        .charges();
                yield charges.stream()
                        .map(charge -> PriceResponse.ofPlan(key, version, charge, market))
                        .toList();
            }
            case ADDON -> {
                List<Charge> charges = catalogs.addon(key, version)
                        .orElseThrow(() -> PublishedBodies.unknown(kind, key + "@" + version))
                        .charges();
                yield charges.stream()
                        .map(charge -> PriceResponse.ofAddon(key, version, charge, market))
                        .toList();
            }
        };
    }
}
