package dev.weir.gateway.customers.app;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.weir.catalog.contract.CatalogInForce;
import dev.weir.gateway.upstream.app.InternalApi;
import dev.weir.gateway.upstream.domain.Target;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;

/** The catalog in force, as this edge knows it. */
@Singleton
public class CatalogHolder {
    private static final TypeReference<CatalogInForce> CATALOG = new TypeReference<>() {};

    private final AtomicReference<Optional<CatalogInForce>> current = new AtomicReference<>(Optional.empty());
    private final VersionGate versions = new VersionGate();
    private final InternalApi api;

    CatalogHolder(InternalApi api) {
        this.api = api;
    }

    /** Empty = not known yet, or nothing was published. */
    public Optional<CatalogInForce> current() {
        return current.get();
    }

    /** Which version is held, and waiting for one. */
    public VersionGate versions() {
        return versions;
    }

    /** Takes a catalog if it is newer. */
    public void apply(CatalogInForce catalog) {
        current.updateAndGet(
                held -> held.isPresent() && held.get().version() >= catalog.version() ? held : Optional.of(catalog));
        versions.advance(catalog.version());
    }

    /** Asks the catalog service for the catalog in force. */
    public CompletableFuture<Void> load() {
        return api.get(Target.CATALOG, "/internal/v1/catalog-in-force", CATALOG)
                .thenAccept(catalog -> catalog.ifPresent(this::apply));
    }
}
