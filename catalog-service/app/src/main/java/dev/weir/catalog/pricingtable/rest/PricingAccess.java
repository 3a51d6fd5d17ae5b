package dev.weir.catalog.pricingtable.rest;

import dev.weir.platform.kernel.Problem;
import dev.weir.platform.servicekit.web.Roles;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.CacheControl;
import java.util.List;

/** Lets everyone read the pricing table where that is switched on, and else those who may read the catalog. */
@ApplicationScoped
class PricingAccess {

    private static final List<String> READERS =
            List.of(Roles.CATALOG_ADMIN, Roles.OPERATOR, Roles.PRODUCT, Roles.FINANCE);

    private final PricingTableConfig config;
    private final SecurityIdentity identity;

    PricingAccess(PricingTableConfig config, SecurityIdentity identity) {
        this.config = config;
        this.identity = identity;
    }

    /**
     * Refuses who may not read it.
     *
     * @throws Problem UNAUTHENTICATED or FORBIDDEN
     */
    void check() {
        if (config.open()) {
            return;
        }
        if (identity.isAnonymous()) {
            throw new Problem(
                            401,
                            "UNAUTHENTICATED",
                            "the pricing table is not open here: a valid bearer token is needed")
                    .header("WWW-Authenticate", "Bearer");
        }
        if (READERS.stream().noneMatch(identity::hasRole)) {
            throw Problem.forbidden("FORBIDDEN", "the token does not have a role that reads the catalog");
        }
    }

    /** What was open to everyone may be kept by anyone on the way. */
    CacheControl cacheControl() {
        CacheControl control = new CacheControl();
        control.setMaxAge((int) config.maxAge().toSeconds());
        control.setPrivate(!config.open());
        control.setNoTransform(false);
        if (config.open()) {
            control.getCacheExtension().put("public", "");
        }
        return control;
    }
}
