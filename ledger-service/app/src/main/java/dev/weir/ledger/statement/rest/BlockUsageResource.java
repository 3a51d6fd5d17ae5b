package dev.weir.ledger.statement.rest;

import dev.weir.ledger.posting.app.Inputs;
import dev.weir.ledger.statement.app.Statements;
import dev.weir.ledger.statement.app.Statements.BlockUsage;
import dev.weir.ledger.wallet.domain.Account;
import dev.weir.ledger.wallet.domain.JournalRow;
import dev.weir.platform.kernel.Atoms;
import dev.weir.platform.servicekit.web.Cursor;
import dev.weir.platform.servicekit.web.PageRequest;
import dev.weir.platform.servicekit.web.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Which usage a block paid for. */
@Path("/v1/customers/{customer}/blocks/{block}/usage")
@RolesAllowed({Roles.OPERATOR, Roles.FINANCE})
@RunOnVirtualThread
public class BlockUsageResource {
    private final Statements statements;

    BlockUsageResource(Statements statements) {
        this.statements = statements;
    }

    /** What a block paid for; amounts as decimals of the unit. */
    public record BlockUsageResponse(
            UUID block,
            UUID wallet,
            String unit,
            String granted,
            String consumed,
            List<UsageResponse> items,
            @Nullable String next) {}

    /** A use; negative where it was given back. */
    public record UsageResponse(
            long seq,
            String kind,
            String amount,
            String customer,
            @Nullable String feature,
            @Nullable String resource,
            @Nullable UUID reservation,
            @Nullable String eventSource,
            @Nullable String eventId,
            Instant effectiveAt,
            Instant postedAt,
            boolean late) {}

    @GET
    public BlockUsageResponse usage(
            @PathParam("customer") String customer,
            @PathParam("block") UUID block,
            @QueryParam("after") @Nullable String after,
            @QueryParam("limit") @Nullable Integer limit) {
        PageRequest page = PageRequest.of(limit, after);
        BlockUsage usage = statements.usage(Inputs.customer(customer), block, seq(page.after()), page.limit() + 1);
        int scale = usage.block().scale();
        List<JournalRow> rows = usage.rows();
        boolean more = rows.size() > page.limit();
        List<JournalRow> shown = more ? rows.subList(0, page.limit()) : rows;
        return new BlockUsageResponse(
                block,
                usage.block().wallet(),
                usage.block().unit(),
                Atoms.format(usage.block().granted(), scale),
                Atoms.format(usage.block().consumed(), scale),
                shown.stream().map(row -> response(row, scale)).toList(),
                more ? Cursor.encode(Long.toString(shown.getLast().seq())) : null);
    }

    private static UsageResponse response(JournalRow row, int scale) {
        return new UsageResponse(
                row.seq(),
                row.kind().name(),
                Atoms.format(row.from() == Account.CONSUMED ? -row.amount() : row.amount(), scale),
                row.customer(),
                row.feature(),
                row.resource(),
                row.reservation(),
                row.eventSource(),
                row.eventId(),
                row.effectiveAt(),
                row.postedAt(),
                row.late());
    }

    private static long seq(@Nullable String after) {
        if (after == null) {
            return 0;
        }
        try {
            return Long.parseLong(Cursor.decode(after));
        } catch (NumberFormatException e) {
            throw Inputs.invalid("after", "INVALID_CURSOR", "is none that this list has given");
        }
    }
}
