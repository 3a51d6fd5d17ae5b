package dev.weir.catalog.publication.rest;

import dev.weir.catalog.contract.CatalogInForce;
import dev.weir.catalog.publication.app.PublishedCatalogs;
import dev.weir.platform.kernel.Problem;
import dev.weir.platform.servicekit.web.Page;
import dev.weir.platform.servicekit.web.PageRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Answers for the parts of the catalog in force that have no versions of their own; all are read in the same way. */
@ApplicationScoped
class PartsInForce {

    private final PublishedCatalogs catalogs;

    PartsInForce(PublishedCatalogs catalogs) {
        this.catalogs = catalogs;
    }

    /** A page of a part, by key. */
    <T> Page<T> list(
            Function<CatalogInForce, Map<String, T>> part,
            Function<T, String> key,
            @Nullable Integer limit,
            @Nullable String after) {
        return KeyedPage.of(List.copyOf(part.apply(catalogs.inForce()).values()), PageRequest.of(limit, after), key);
    }

    /**
     * One of a part.
     *
     * @param code of the problem if there is none of that key
     * @param what it is, in words
     */
    <T> T get(Function<CatalogInForce, Map<String, T>> part, String key, String code, String what) {
        T found = part.apply(catalogs.inForce()).get(key);
        if (found == null) {
            throw Problem.notFound(code, "the catalog in force has no " + what + " " + key);
        }
        return found;
    }
}
