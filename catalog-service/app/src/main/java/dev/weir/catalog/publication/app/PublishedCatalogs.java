package dev.weir.catalog.publication.app;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.catalog.contract.AddonVersion;
import dev.weir.catalog.contract.CatalogInForce;
import dev.weir.catalog.contract.PlanVersion;
import dev.weir.catalog.contract.Rollout;
import dev.weir.catalog.diff.domain.CatalogBodies;
import dev.weir.catalog.document.app.DocumentFormat;
import dev.weir.catalog.document.app.DocumentText;
import dev.weir.catalog.document.domain.Faults;
import dev.weir.catalog.publication.persistence.BodyKind;
import dev.weir.catalog.publication.persistence.BodyStore;
import dev.weir.catalog.publication.persistence.CatalogStore;
import dev.weir.catalog.publication.persistence.StoredBody;
import dev.weir.platform.kernel.Json;
import dev.weir.platform.kernel.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The catalogs that were published, as records. */
@ApplicationScoped
public class PublishedCatalogs {

    private final CatalogStore catalogs;
    private final BodyStore bodies;

    PublishedCatalogs(CatalogStore catalogs, BodyStore bodies) {
        this.catalogs = catalogs;
        this.bodies = bodies;
    }

    /**
     * Everything that a catalog version has in force; 0 is the empty catalog before the first.
     *
     * @throws Problem UNKNOWN_CATALOG_VERSION if there is no such version
     */
    public CatalogBodies of(long version) {
        if (version == 0) {
            return CatalogBodies.empty();
        }
        CatalogInForce inForce = catalogs.find(version)
                .map(stored -> read(stored.inForce(), CatalogInForce.class))
                .orElseThrow(() -> unknown(version));
        Map<String, PlanVersion> plans = new LinkedHashMap<>();
        bodies.inForce(BodyKind.PLAN, version).forEach(body -> plans.put(body.key(), plan(body)));
        Map<String, AddonVersion> addons = new LinkedHashMap<>();
        bodies.inForce(BodyKind.ADDON, version).forEach(body -> addons.put(body.key(), addon(body)));
        return new CatalogBodies(
                inForce.creditUnits(),
                inForce.meters(),
                inForce.features(),
                inForce.products(),
                plans,
                addons,
                inForce.featureGroups(),
                inForce.coupons());
    }

    /** The catalog in force; version 0 and empty before the first publication. */
    public CatalogInForce inForce() {
        return catalogs.inForce()
                .map(stored -> read(stored.inForce(), CatalogInForce.class))
                .orElseGet(() -> CatalogBodies.empty().inForce(0, Instant.EPOCH, Rollout.NEW_CUSTOMERS));
    }

    /** The catalog version in force; 0 before the first publication. */
    public long currentVersion() {
        return catalogs.currentVersion();
    }

    /** The keys of each section of a version's document, in the order in which it names them. */
    public Map<String, List<String>> keys(long version) {
        Map<String, List<String>> keys = new LinkedHashMap<>();
        catalogs.find(version)
                .ifPresent(stored -> DocumentText.read(stored.document(), DocumentFormat.JSON, new Faults())
                        .members()
                        .forEach((section, node) ->
                                keys.put(section, List.copyOf(node.members().keySet()))));
        return keys;
    }

    /** One version of a plan. */
    public Optional<PlanVersion> plan(String key, int version) {
        return bodies.find(BodyKind.PLAN, key, version).map(PublishedCatalogs::plan);
    }

    /** One version of an add-on. */
    public Optional<AddonVersion> addon(String key, int version) {
        return bodies.find(BodyKind.ADDON, key, version).map(PublishedCatalogs::addon);
    }

    /** What to say of a version that is none. */
    public static Problem unknown(long version) {
        return Problem.notFound("UNKNOWN_CATALOG_VERSION", "there is no catalog version " + version);
    }

    private static PlanVersion plan(StoredBody body) {
        return read(body.body(), PlanVersion.class);
    }

    private static AddonVersion addon(StoredBody body) {
        return read(body.body(), AddonVersion.class);
    }

    private static <T> T read(JsonNode json, Class<T> type) {
        try {
            return Json.lenientMapper().treeToValue(json, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what was published can be read", e);
        }
    }
}
