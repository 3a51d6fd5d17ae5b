package dev.weir.metering.catalog.app;

import dev.weir.catalog.contract.AddonVersion;
import dev.weir.catalog.contract.CatalogInForce;
import dev.weir.catalog.contract.PlanVersion;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;

/** Where the catalog's read model is kept; everything in the caller's transaction. */
public interface CatalogRows {

    /** Locks the read model against every other change of it. */
    void lockForChange();

    /** Locks the read model against changes, together with others who do the same. */
    void lockForReading();

    /** Keeps a plan body. */
    void insert(PlanVersion plan);

    /** Keeps an add-on body. */
    void insert(AddonVersion addon);

    /** The plan body with that hash. */
    Optional<PlanVersion> plan(String hash);

    /** The add-on body with that hash. */
    Optional<AddonVersion> addon(String hash);

    /** Those of the hashes whose bodies are not here. */
    Set<String> missing(Collection<String> hashes);

    /** Keeps the latest catalog received. */
    void receive(CatalogInForce catalog);

    /** The latest catalog received, if it has not been applied yet. */
    Optional<CatalogInForce> unapplied();

    /** Lets the latest catalog received be the one in force. */
    void apply();

    /** The version in force; 0 = none. */
    long appliedVersion();

    /** The catalog in force. */
    Optional<CatalogInForce> applied();
}
