package dev.weir.ledger.verify.rest;

import dev.weir.ledger.verify.app.Verification;
import dev.weir.ledger.verify.app.Verifier;
import dev.weir.platform.servicekit.web.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;

/** Proof on demand. */
@Path("/v1/ledger/verify")
@RolesAllowed({Roles.FINANCE, Roles.PLATFORM})
@RunOnVirtualThread
public class VerifyResource {
    private final Verifier verifier;

    VerifyResource(Verifier verifier) {
        this.verifier = verifier;
    }

    /** Replays the whole journal and compares; answers 200 whether or not everything fits. */
    @POST
    public Verification verify() {
        return verifier.verify();
    }
}
