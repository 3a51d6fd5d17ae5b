package dev.weir.ledger.finance.rest;

import dev.weir.ledger.finance.app.Books;
import dev.weir.ledger.finance.app.Projector;
import dev.weir.ledger.finance.domain.Posting;
import dev.weir.ledger.finance.domain.RollForward;
import dev.weir.ledger.finance.persistence.PostingTable.Position;
import dev.weir.ledger.posting.app.Inputs;
import dev.weir.platform.kernel.Problem;
import dev.weir.platform.servicekit.web.Cursor;
import dev.weir.platform.servicekit.web.Page;
import dev.weir.platform.servicekit.web.PageRequest;
import dev.weir.platform.servicekit.web.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Finance postings, derived from the journal. Money in minor units of its currency. */
@Path("/v1/ledger/postings")
@RolesAllowed(Roles.FINANCE)
@RunOnVirtualThread
public class PostingResource {
    private static final Instant FAR = Instant.parse("9999-12-31T00:00:00Z");

    private final Books books;
    private final Projector projector;

    PostingResource(Books books, Projector projector) {
        this.books = books;
        this.projector = projector;
    }

    /**
     * A posting.
     *
     * @param amountMinor 0 without a currency: a memo of a quantity
     * @param quantity atoms of the unit
     */
    public record PostingResponse(
            UUID wallet,
            long seq,
            int leg,
            Instant postedAt,
            String debit,
            String credit,
            long amountMinor,
            @Nullable String currency,
            @Nullable UUID block,
            String customer,
            @Nullable String feature,
            String unit,
            long quantity) {}

    /** Deferred revenue over a span: opening + paid - recognized - breakage - refunded = closing. */
    public record RollForwardResponse(
            String currency,
            long opening,
            long paid,
            long recognized,
            Map<String, Long> recognizedByFeature,
            long breakage,
            long refunded,
            long closing) {}

    /** How many journal rows were read. */
    public record RebuildResponse(long rows) {}

    /** Postings of [from, to), oldest first. */
    @GET
    public Page<PostingResponse> list(
            @QueryParam("from") @Nullable String from,
            @QueryParam("to") @Nullable String to,
            @QueryParam("after") @Nullable String after,
            @QueryParam("limit") @Nullable Integer limit) {
        PageRequest request = PageRequest.of(limit, after);
        List<Posting> postings = books.page(
                instant("from", from, Instant.EPOCH),
                instant("to", to, FAR),
                position(request.after()),
                request.limit() + 1);
        return Page.of(postings, request, PostingResource::response, PostingResource::cursor);
    }

    @GET
    @Path("/roll-forward")
    public List<RollForwardResponse> rollForward(
            @QueryParam("from") @Nullable String from, @QueryParam("to") @Nullable String to) {
        return books.rollForward(instant("from", from, Instant.EPOCH), instant("to", to, FAR)).stream()
                .map(PostingResource::response)
                .toList();
    }

    /** Deletes all postings and makes them again; they come out the same. */
    @POST
    @Path("/rebuild")
    public RebuildResponse rebuild() {
        return new RebuildResponse(projector.rebuild());
    }

    private static PostingResponse response(Posting posting) {
        return new PostingResponse(
                posting.wallet(),
                posting.seq(),
                posting.leg(),
                posting.postedAt(),
                posting.debit().name(),
                posting.credit().name(),
                posting.amountMinor(),
                posting.currency(),
                posting.block(),
                posting.customer(),
                posting.feature(),
                posting.unit(),
                posting.quantity());
    }

    private static RollForwardResponse response(RollForward sums) {
        return new RollForwardResponse(
                sums.currency(),
                sums.opening(),
                sums.paid(),
                sums.recognized(),
                sums.byFeature(),
                sums.breakage(),
                sums.refunded(),
                sums.closing());
    }

    private static String cursor(Posting posting) {
        return Cursor.encode(
                posting.postedAt().toString(),
                posting.wallet().toString(),
                Long.toString(posting.seq()),
                Integer.toString(posting.leg()));
    }

    private static @Nullable Position position(@Nullable String after) {
        if (after == null) {
            return null;
        }
        List<String> parts = Cursor.decode(after, 4);
        try {
            return new Position(
                    Instant.parse(parts.get(0)),
                    UUID.fromString(parts.get(1)),
                    Long.parseLong(parts.get(2)),
                    Integer.parseInt(parts.get(3)));
        } catch (DateTimeParseException | IllegalArgumentException e) {
            throw Problem.badRequest("INVALID_CURSOR", "the cursor is none that this list has given")
                    .error("after", "INVALID_CURSOR", "is none that this list has given");
        }
    }

    /** An instant, or the start of a day in UTC. */
    private static Instant instant(String field, @Nullable String text, Instant otherwise) {
        if (text == null) {
            return otherwise;
        }
        try {
            return Inputs.kept(
                    field,
                    text.length() == 10
                            ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                            : Instant.parse(text));
        } catch (DateTimeParseException e) {
            throw Problem.badRequest("INVALID_VALUE", field + " is neither an instant nor a day")
                    .error(field, "INVALID_VALUE", "must be like 2026-11-01 or 2026-11-01T00:00:00Z");
        }
    }
}
