package dev.weir.ledger.seal.rest;

import dev.weir.ledger.seal.app.Seals;
import dev.weir.ledger.seal.domain.Seal;
import dev.weir.platform.servicekit.web.PageRequest;
import dev.weir.platform.servicekit.web.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Seals for whoever keeps them elsewhere, and proofs that rows are under them. */
@Path("/v1/ledger")
@RolesAllowed({Roles.FINANCE, Roles.PLATFORM})
@RunOnVirtualThread
public class SealResource {
    private final Seals seals;

    SealResource(Seals seals) {
        this.seals = seals;
    }

    /** A key that signs seals: X.509, base64. */
    public record KeyResponse(String keyId, String algorithm, String publicKey) {}

    /** Seals after a number, oldest first, one JSON object a line: made to be appended to a file outside the database. */
    @GET
    @Path("/seals")
    @Produces("application/x-ndjson")
    public String export(
            @QueryParam("after") @DefaultValue("0") long after, @QueryParam("limit") @Nullable Integer limit) {
        StringBuilder lines = new StringBuilder();
        for (Seal seal : seals.after(after, PageRequest.of(limit, null).limit())) {
            lines.append(SealConvert.line(seal)).append('\n');
        }
        return lines.toString();
    }

    @GET
    @Path("/seals/keys")
    public List<KeyResponse> keys() {
        return seals.keys().stream()
                .map(key ->
                        new KeyResponse(key.id(), "Ed25519", Base64.getEncoder().encodeToString(key.key())))
                .toList();
    }

    /** The way from a row to a signed seal. */
    @GET
    @Path("/proofs/{wallet}/{seq}")
    public ProofResponse proof(@PathParam("wallet") UUID wallet, @PathParam("seq") long seq) {
        return SealConvert.proof(seals.proof(wallet, seq));
    }
}
