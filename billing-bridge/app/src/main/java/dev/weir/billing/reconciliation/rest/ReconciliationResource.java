package dev.weir.billing.reconciliation.rest;

import dev.weir.billing.reconciliation.app.Reconciliation;
import dev.weir.billing.reconciliation.domain.ReconciliationRow;
import dev.weir.platform.kernel.Problem;
import dev.weir.platform.servicekit.web.DatabaseClock;
import dev.weir.platform.servicekit.web.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The three-way report, as JSON and CSV, and how far it has come. Spans default to the last 35 days. */
@Path("/v1/reconciliation")
@RunOnVirtualThread
@RolesAllowed(Roles.FINANCE)
public class ReconciliationResource {
    private static final Instant END_OF_TIME = Instant.parse("9999-01-01T00:00:00Z");
    private static final Duration DEFAULT_SPAN = Duration.ofDays(35);

    private final Reconciliation reconciliation;
    private final DatabaseClock clock;

    @Inject
    public ReconciliationResource(Reconciliation reconciliation, DatabaseClock clock) {
        this.reconciliation = reconciliation;
        this.clock = clock;
    }

    /** The report. */
    @GET
    @Path("/report")
    @Produces(MediaType.APPLICATION_JSON)
    public ReportResponse report(
            @QueryParam("from") @Nullable String from,
            @QueryParam("to") @Nullable String to,
            @QueryParam("customer") @Nullable String customer) {
        Instant end = to == null ? clock.now() : instant("to", to);
        Instant start = from == null ? end.minus(DEFAULT_SPAN) : instant("from", from);
        return ReportResponse.of(
                start,
                end,
                rows(start, end, customer),
                reconciliation.amounts(start, end).stream()
                        .filter(amount -> customer == null || customer.equals(amount.customer()))
                        .toList());
    }

    /** The report's rows as CSV. */
    @GET
    @Path("/report.csv")
    @Produces("text/csv")
    public String csv(
            @QueryParam("from") @Nullable String from,
            @QueryParam("to") @Nullable String to,
            @QueryParam("customer") @Nullable String customer) {
        return ReportCsv.write(report(from, to, customer));
    }

    /** How far everything has come. */
    @GET
    @Path("/status")
    @Produces(MediaType.APPLICATION_JSON)
    public Reconciliation.Progress status(
            @QueryParam("from") @Nullable String from, @QueryParam("to") @Nullable String to) {
        Instant end = to == null ? clock.now() : instant("to", to);
        return reconciliation.progress(from == null ? end.minus(DEFAULT_SPAN) : instant("from", from), end);
    }

    private List<ReconciliationRow> rows(Instant from, Instant to, @Nullable String customer) {
        return reconciliation.rows(from, to).stream()
                .filter(row -> customer == null || customer.equals(row.customer()))
                .toList();
    }

    private static Instant instant(String name, String text) {
        try {
            Instant instant = Instant.parse(text);
            if (!instant.isBefore(Instant.EPOCH) && instant.isBefore(END_OF_TIME)) {
                return instant;
            }
        } catch (DateTimeParseException malformed) {
            throw Problem.badRequest("INVALID_VALUE", name + " is not an RFC 3339 instant: " + text)
                    .error(name, "INVALID_VALUE", "not an RFC 3339 instant");
        }
        throw Problem.badRequest("INVALID_VALUE", name + " must be in the years 1970 to 9998")
                .error(name, "INVALID_VALUE", "must be in the years 1970 to 9998");
    }
}
