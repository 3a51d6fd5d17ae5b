package dev.weir.gateway.check.rest;

import dev.weir.platform.kernel.Problem;
import io.smallrye.common.annotation.NonBlocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/** What an answer costs when nothing is decided: the yardstick of the benchmark. Off unless switched on. */
@Path("/v1/bench/constant")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class BenchResource {
    // Of the size of a check's answer for a METERED feature.
    private static final byte[] CONSTANT = """
            {"allowed":true,"reason":null,"feature":"api-calls","type":"METERED","limit":{"kind":"HARD","amount":"10000",\
            "unlimited":false},"usage":{"used":"0","held":"0","remaining":"10000"},"resetAt":"2026-12-24T00:00:00Z",\
            "wallets":[],"snapshotVersion":2,"asOf":"2026-11-24T17:45:12.123456Z","stale":false}""".getBytes(StandardCharsets.UTF_8);

    private final boolean enabled;

    BenchResource(@ConfigProperty(name = "weir.bench.enabled", defaultValue = "false") boolean enabled) {
        this.enabled = enabled;
    }

    /** Takes what a check takes and answers always the same. */
    @POST
    @NonBlocking
    @Operation(hidden = true)
    public CompletionStage<byte[]> constant(@Nullable CheckBody body) {
        if (!enabled || body == null) {
            throw Problem.notFound("NOT_FOUND", "there is nothing at this path");
        }
        return CompletableFuture.completedFuture(CONSTANT);
    }
}
