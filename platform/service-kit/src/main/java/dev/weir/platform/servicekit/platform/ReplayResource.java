package dev.weir.platform.servicekit.platform;

import dev.weir.platform.kernel.Problem;
import dev.weir.platform.servicekit.outbox.ReplayRequester;
import dev.weir.platform.servicekit.web.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jspecify.annotations.Nullable;

/** Asks a producer to send its events again. */
@Path("/v1/platform/replay")
@RolesAllowed(Roles.PLATFORM)
@RunOnVirtualThread
@Tag(name = "platform")
public class ReplayResource {

    /** Which producer, and what it shall send: what changed in [from, to), or everything. */
    public record ReplayRequest(
            @NotBlank String producer,
            @Nullable Instant from,
            @Nullable Instant to) {}

    private final ReplayRequester requester;

    ReplayResource(ReplayRequester requester) {
        this.requester = requester;
    }

    /** Asks; the events follow. */
    @POST
    @ResponseStatus(202)
    public void ask(@Valid @NotNull ReplayRequest request) {
        if (request.from() != null && request.to() != null && !request.from().isBefore(request.to())) {
            throw Problem.badRequest("INVALID_VALUE", "from must be before to")
                    .error("from", "INVALID_VALUE", "must be before to");
        }
        requester.ask(request.producer(), request.from(), request.to());
    }
}
