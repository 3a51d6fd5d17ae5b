package dev.weir.ledger.credit.rest;

import dev.weir.ledger.contract.BudgetState;
import dev.weir.ledger.posting.app.Inputs;
import dev.weir.ledger.posting.app.LedgerReads;
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
@Path("/internal/v1/customers/{root}/budgets")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.PLATFORM)
@RunOnVirtualThread
public class InternalBudgetResource {
    private final LedgerReads reads;

    InternalBudgetResource(LedgerReads reads) {
        this.reads = reads;
    }

    /** The budgets of the root's subscriptions whose period runs; empty for a root that has none. */
    @GET
    public List<BudgetState> budgets(@PathParam("root") String root) {
        return reads.budgets(Inputs.customer(root));
    }
}
