package dev.weir.platform.servicekit.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.weir.platform.kernel.Json;
import dev.weir.platform.kernel.Problem;
import jakarta.ws.rs.core.Response;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Writes problems as problem+json (RFC 9457). */
public final class ProblemResponses {
    private static final int UNPROCESSABLE_CONTENT = 422;

    /** The media type of every error. */
    public static final String MEDIA_TYPE = "application/problem+json";

    private ProblemResponses() {}

    /** The answer that tells the caller of a problem. */
    public static Response of(Problem problem) {
        Response.ResponseBuilder response =
                Response.status(problem.status()).type(MEDIA_TYPE).entity(body(problem));
        problem.headers().forEach(response::header);
        return response.build();
    }

    /** The body: type, title, status, detail, code, errors if any, and the problem's own members. */
    public static String body(Problem problem) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put(
                "type",
                "urn:weir:problem:" + problem.code().toLowerCase(Locale.ROOT).replace('_', '-'));
        members.put("title", title(problem.status()));
        members.put("status", problem.status());
        members.put("detail", problem.detail());
        members.put("code", problem.code());
        if (!problem.errors().isEmpty()) {
            members.put("errors", problem.errors());
        }
        problem.extensions().forEach(members::putIfAbsent);
        try {
            return Json.mapper().writeValueAsString(members);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a member of problem " + problem.code() + " cannot be written", e);
        }
    }

    private static String title(int status) {
        Response.Status known = Response.Status.fromStatusCode(status);
        if (known != null) {
            return known.getReasonPhrase();
        }
        // Jakarta REST does not know it; the phrase is RFC 9110's.
        return status == UNPROCESSABLE_CONTENT ? "Unprocessable Content" : "Error";
    }
}
