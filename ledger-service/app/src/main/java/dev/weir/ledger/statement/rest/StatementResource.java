package dev.weir.ledger.statement.rest;

import dev.weir.ledger.posting.app.Inputs;
import dev.weir.ledger.statement.app.Statements;
import dev.weir.platform.kernel.Problem;
import dev.weir.platform.servicekit.web.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;

/** A wallet over a span of time. */
@Path("/v1/customers/{customer}/wallets/{unit}/statement")
@RolesAllowed({Roles.OPERATOR, Roles.FINANCE})
@RunOnVirtualThread
public class StatementResource {
    private static final int MOST = 50_000;
    private static final int MOST_ON_PAPER = 5_000;

    private final Statements statements;

    StatementResource(Statements statements) {
        this.statements = statements;
    }

    /** The statement over [from, to), days or instants, as json, csv or pdf. */
    @GET
    @Produces({MediaType.APPLICATION_JSON, "text/csv", "application/pdf"})
    @APIResponse(
            responseCode = "200",
            description = "the statement",
            content = {
                @Content(
                        mediaType = MediaType.APPLICATION_JSON,
                        schema = @Schema(implementation = StatementResponse.class)),
                @Content(mediaType = "text/csv"),
                @Content(mediaType = "application/pdf")
            })
    public Response statement(
            @PathParam("customer") String customer,
            @PathParam("unit") String unit,
            @QueryParam("resource") @Nullable String resource,
            @QueryParam("from") @Nullable String from,
            @QueryParam("to") @Nullable String to,
            @QueryParam("format") @DefaultValue("json") String format) {
        Instant start = StatementConvert.instant("from", from);
        Instant end = StatementConvert.instant("to", to);
        if (!start.isBefore(end)) {
            throw Inputs.invalid("to", "INVALID_VALUE", "must be after from");
        }
        return switch (format) {
            case "json" ->
                Response.ok(read(customer, unit, resource, start, end, MOST), MediaType.APPLICATION_JSON)
                        .build();
            case "csv" ->
                file(
                        StatementCsv.write(read(customer, unit, resource, start, end, MOST)),
                        "text/csv; charset=UTF-8",
                        "csv");
            case "pdf" ->
                file(
                        StatementPdf.write(read(customer, unit, resource, start, end, MOST_ON_PAPER)),
                        "application/pdf",
                        "pdf");
            default ->
                throw Problem.badRequest("INVALID_VALUE", "format must be json, csv or pdf")
                        .error("format", "INVALID_VALUE", "must be json, csv or pdf");
        };
    }

    private StatementResponse read(
            String customer, String unit, @Nullable String resource, Instant from, Instant to, int most) {
        return StatementConvert.response(
                statements.statement(Inputs.customer(customer), unit, resource, from, to, most));
    }

    private static Response file(Object body, String type, String extension) {
        return Response.ok(body, type)
                .header("Content-Disposition", "attachment; filename=\"statement." + extension + "\"")
                .build();
    }
}
