package dev.weir.ledger.finance.rest;

import dev.weir.ledger.finance.app.Months;
import dev.weir.ledger.finance.domain.ClosedMonth;
import dev.weir.ledger.finance.domain.PostingLine;
import dev.weir.platform.kernel.Problem;
import dev.weir.platform.servicekit.web.Caller;
import dev.weir.platform.servicekit.web.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.time.YearMonth;
import java.time.format.DateTimeParseException;
import java.util.HexFormat;
import java.util.List;

/** Months that finance has closed, and their postings as CSV. */
@Path("/v1/ledger/postings/months")
@RolesAllowed(Roles.FINANCE)
@RunOnVirtualThread
public class MonthResource {
    private final Months months;
    private final Caller caller;

    MonthResource(Months months, Caller caller) {
        this.months = months;
        this.caller = caller;
    }

    /**
     * A closed month.
     *
     * @param postings how many
     * @param sha256 of the export's lines, without its first two
     * @param seal the number of a seal that covers every journal row that they follow from
     */
    public record MonthResponse(
            String month, long postings, String sha256, long seal, Instant frozenAt, String actor) {}

    /** Every closed month. */
    public record MonthsResponse(List<MonthResponse> items) {}

    @GET
    public MonthsResponse list() {
        return new MonthsResponse(
                months.all().stream().map(MonthResource::response).toList());
    }

    /** Closes a month that is over; closing it again answers the same. */
    @POST
    @Path("/{month}/freeze")
    public MonthResponse freeze(@PathParam("month") String month) {
        return response(months.freeze(month(month), caller.name()));
    }

    /** The postings of a closed month. */
    @GET
    @Path("/{month}/export")
    @Produces("text/csv")
    public Response export(@PathParam("month") String month) {
        ClosedMonth frozen = months.find(month(month))
                .orElseThrow(() -> Problem.conflict("MONTH_OPEN", month + " has not been closed"));
        months.requireUnchanged(frozen);
        StringBuilder csv = new StringBuilder();
        csv.append("# month ")
                .append(frozen.month())
                .append(", seal ")
                .append(frozen.seal())
                .append(", postings ")
                .append(frozen.postings())
                .append(", sha256 ")
                .append(HexFormat.of().formatHex(frozen.sha256()))
                .append('\n');
        csv.append(PostingLine.HEADER).append('\n');
        months.lines(frozen.month(), csv::append);
        return Response.ok(csv.toString(), "text/csv; charset=UTF-8")
                .header("Content-Disposition", "attachment; filename=\"postings-" + frozen.month() + ".csv\"")
                .build();
    }

    private static MonthResponse response(ClosedMonth frozen) {
        return new MonthResponse(
                frozen.month().toString(),
                frozen.postings(),
                HexFormat.of().formatHex(frozen.sha256()),
                frozen.seal(),
                frozen.frozenAt(),
                frozen.actor());
    }

    private static YearMonth month(String text) {
        try {
            YearMonth month = YearMonth.parse(text);
            if (month.getYear() < 2000 || month.getYear() > 9000) {
                throw Problem.notFound("UNKNOWN_MONTH", "not a month that the ledger can have");
            }
            return month;
        } catch (DateTimeParseException e) {
            throw Problem.notFound("UNKNOWN_MONTH", "not a month like 2026-11");
        }
    }
}
