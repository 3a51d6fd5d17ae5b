package dev.weir.ledger.credit.rest;

import dev.weir.ledger.contract.WalletState;
import dev.weir.ledger.credit.app.Credits;
import dev.weir.ledger.posting.app.Inputs;
import dev.weir.platform.servicekit.web.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

/** For an edge that loads a customer into its cache. */
@Path("/internal/v1/customers/{root}/wallets")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.PLATFORM)
@RunOnVirtualThread
public class InternalWalletResource {
    private final Credits credits;

    InternalWalletResource(Credits credits) {
        this.credits = credits;
    }

    /** Every wallet of the root, its due periods opened first; empty for a customer that has none. */
    @GET
    public List<WalletState> wallets(@PathParam("root") String root) {
        return credits.states(Inputs.customer(root));
    }
}
