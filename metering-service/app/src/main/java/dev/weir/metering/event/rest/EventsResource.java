package dev.weir.metering.event.rest;

import dev.weir.metering.MeteringConfig;
import dev.weir.metering.event.app.IngestReport;
import dev.weir.metering.event.app.IngestService;
import dev.weir.metering.event.domain.ReadEvent;
import dev.weir.platform.kernel.Problem;
import dev.weir.platform.servicekit.web.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** Usage comes in here. */
@Path("/v1/events")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class EventsResource {

    private final IngestService ingest;
    private final MeteringConfig config;

    EventsResource(IngestService ingest, MeteringConfig config) {
        this.ingest = ingest;
        this.config = config;
    }

    /** Takes one event, a batch or lines; see the answer's items for what became of each. */
    @POST
    @Consumes({
        PostedEvents.ONE,
        PostedEvents.BATCH,
        PostedEvents.LINES,
        "application/ndjson",
        MediaType.APPLICATION_JSON
    })
    @RolesAllowed({Roles.PRODUCT, Roles.OPERATOR})
    @Operation(
            summary = "Report usage as CloudEvents 1.0",
            description =
                    "One event, an array, or newline-delimited events, in structured mode. The extension `resource` is known."
                            + " An event is identified by source and id for 35 days: the same content again is a duplicate, other"
                            + " content a conflict. A single malformed event is refused with MALFORMED_EVENT; in a batch each item"
                            + " has its own answer.")
    public IngestReport post(@HeaderParam(HttpHeaders.CONTENT_TYPE) String contentType, byte[] body) {
        PostedEvents posted =
                PostedEvents.parse(contentType, body, config.ingest().maxBatch());
        if (posted.single() && posted.items().getFirst() instanceof ReadEvent.Malformed malformed) {
            throw refused(malformed);
        }
        IngestReport report = ingest.take(posted.items());
        if (posted.single() && !report.rejected().isEmpty()) {
            IngestReport.Rejected only = report.rejected().getFirst();
            if (only.code().equals("MALFORMED_EVENT")) {
                throw Problem.badRequest("MALFORMED_EVENT", only.detail())
                        .error("data", "INVALID_VALUE", only.detail());
            }
        }
        return report;
    }

    private static Problem refused(ReadEvent.Malformed malformed) {
        Problem problem = Problem.badRequest("MALFORMED_EVENT", "the event is not well formed");
        malformed.faults().forEach(fault -> problem.error(fault.field(), fault.code(), fault.detail()));
        return problem;
    }
}
