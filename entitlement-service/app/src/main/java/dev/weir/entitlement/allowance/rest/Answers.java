package dev.weir.entitlement.allowance.rest;

import dev.weir.entitlement.allowance.domain.Allowance;
import dev.weir.entitlement.allowance.domain.CreditPromotion;
import dev.weir.entitlement.snapshot.app.Written;
import dev.weir.platform.kernel.Problem;
import dev.weir.platform.servicekit.web.Cursor;
import dev.weir.platform.servicekit.web.Page;
import dev.weir.platform.servicekit.web.PageRequest;
import jakarta.ws.rs.core.Response.Status;
import java.util.List;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** How promotions and overrides are answered alike. */
final class Answers {
    private Answers() {}

    static RestResponse<AllowanceResponse> of(Status status, Written<Allowance> written) {
        return RestResponse.ResponseBuilder.create(status, AllowanceResponse.of(written.value()))
                .header(Written.HEADER, written.snapshotVersion())
                .build();
    }

    static RestResponse<AllowanceResponse> ofCredit(Status status, Written<CreditPromotion> written) {
        return RestResponse.ResponseBuilder.create(status, AllowanceResponse.of(written.value()))
                .header(Written.HEADER, written.snapshotVersion())
                .build();
    }

    static Page<AllowanceResponse> page(PageRequest page, List<Allowance> rows) {
        return Page.of(
                rows, page, AllowanceResponse::of, row -> Cursor.encode(row.id().toString()));
    }

    static @Nullable UUID position(PageRequest page) {
        if (page.after() == null) {
            return null;
        }
        try {
            return UUID.fromString(Cursor.decode(page.after()));
        } catch (IllegalArgumentException e) {
            throw Problem.badRequest("INVALID_CURSOR", "the cursor is none that this list has given");
        }
    }

    static <T> T there(@Nullable T request) {
        if (request == null) {
            throw Problem.badRequest("MALFORMED_BODY", "a JSON object is needed");
        }
        return request;
    }
}
