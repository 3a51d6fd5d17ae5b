package dev.weir.catalog.publication.rest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.catalog.publication.persistence.BodyKind;
import dev.weir.catalog.publication.persistence.BodyStore;
import dev.weir.catalog.publication.persistence.CatalogStore;
import dev.weir.catalog.publication.persistence.StoredBody;
import dev.weir.catalog.publication.persistence.StoredCatalog;
import dev.weir.platform.kernel.Problem;
import dev.weir.platform.servicekit.web.Page;
import dev.weir.platform.servicekit.web.PageRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Answers for plans and add-ons, which are read in the same way. */
@ApplicationScoped
class PublishedBodies {

    private final CatalogStore catalogs;
    private final BodyStore bodies;

    PublishedBodies(CatalogStore catalogs, BodyStore bodies) {
        this.catalogs = catalogs;
        this.bodies = bodies;
    }

    Page<BodyResponse> inForce(BodyKind kind, @Nullable Integer limit, @Nullable String after) {
        List<BodyResponse> all = bodies.inForce(kind, catalogs.currentVersion()).stream()
                .map(BodyResponse::listed)
                .toList();
        return KeyedPage.of(all, PageRequest.of(limit, after), BodyResponse::key);
    }

    BodyResponse get(BodyKind kind, String key) {
        List<StoredBody> versions = bodies.versions(kind, key);
        if (versions.isEmpty()) {
            throw unknown(kind, key);
        }
        Optional<StoredBody> current = reference(kind, key)
                .flatMap(hash -> versions.stream()
                        .filter(body -> body.hash().equals(hash))
                        .findFirst());
        StoredBody shown = current.orElse(versions.getFirst());
        return new BodyResponse(
                key,
                shown.version(),
                current.isEmpty(),
                versions.stream().map(BodyResponse.PublishedVersion::of).toList(),
                shown.body());
    }

    Page<BodyResponse.PublishedVersion> versions(
            BodyKind kind, String key, @Nullable Integer limit, @Nullable String after) {
        List<StoredBody> versions = bodies.versions(kind, key);
        if (versions.isEmpty()) {
            throw unknown(kind, key);
        }
        // Downwards, so that the latest comes first: the cursor orders by what is left to the highest number.
        return KeyedPage.of(
                versions.stream().map(BodyResponse.PublishedVersion::of).toList(),
                PageRequest.of(limit, after),
                version -> "%010d".formatted(Integer.MAX_VALUE - version.version()));
    }

    JsonNode version(BodyKind kind, String key, int version) {
        return bodies.find(kind, key, version)
                .map(StoredBody::body)
                .orElseThrow(() -> unknown(kind, key + "@" + version));
    }

    private Optional<String> reference(BodyKind kind, String key) {
        String references = kind == BodyKind.PLAN ? "plans" : "addons";
        return catalogs.inForce()
                .map(StoredCatalog::inForce)
                .map(inForce -> inForce.path(references).path(key).path("hash").asText())
                .filter(hash -> !hash.isEmpty());
    }

    static Problem unknown(BodyKind kind, String what) {
        return switch (kind) {
            case PLAN -> Problem.notFound("UNKNOWN_PLAN", "there is no plan " + what);
            case ADDON -> Problem.notFound("UNKNOWN_ADDON", "there is no add-on " + what);
        };
    }
}
